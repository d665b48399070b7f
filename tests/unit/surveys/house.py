"""The whole service on the embedded engines, with a clock that stands until it is moved."""

from datetime import timedelta
from functools import partial
from pathlib import Path

from services.notifications.contracts.messages import MessageFailed, MessageSent, MessageSuppressed
from services.surveys import bootstrap
from services.surveys.contracts.catalogue import TOPICS as OWN
from services.surveys.contracts.check_ins import CheckInEvent
from services.surveys.domain.check_in import CheckIn, CheckInState
from services.surveys.entrypoints.events import HANDLERS, TOPICS
from services.surveys.settings import Settings
from shared.kernel.clock import SettableClock
from shared.messaging.log import Topic
from shared.runtime.backbone import Backbone
from shared.runtime.engines import open_store
from shared.runtime.worker import Worker
from tests.unit.surveys.builders import MONDAY
from tests.unit.surveys.world import World

FOREIGN = tuple(Topic(name) for name in TOPICS if name not in {topic.name for topic in OWN})


class SurveysHouse:
    """`pass_days` lets time pass in steps of an hour and settles after each."""

    def __init__(self, folder: Path) -> None:
        self.clock = SettableClock(MONDAY)
        self.world = World(folder, self.clock, OWN + FOREIGN)
        store = open_store(f"sqlite:{folder}?synchronous=NORMAL&min_free=0", "surveys")
        self.backbone = Backbone("surveys", store, self.world.log, self.clock)
        self.settings = Settings()
        self.surveys = bootstrap.build(self.settings, self.backbone)
        self.worker = self.a_worker()

    def a_worker(self) -> Worker:
        handlers = {name: partial(handler, self.surveys) for name, handler in HANDLERS.items()}
        return Worker(self.backbone, handlers, TOPICS, bootstrap.ticking(self.surveys))

    def settle(self) -> None:
        self.worker.settle()
        self.backbone.positions.keep(self.worker.consumer.subscription, at_once=True)
        assert not [parked.error for parked in self.worker.dead_letters.waiting()]

    def pass_days(self, days: float, step: timedelta = timedelta(hours=6)) -> None:
        end = self.clock.now() + timedelta(days=days)
        while self.clock.now() < end:
            self.clock.set(min(end, self.clock.now() + step))
            self.settle()

    def start_pair(self, pair: str = "1") -> None:
        self.world.open_programme()
        self.world.create_pair(pair)
        self.world.activate_pair(pair)
        self.settle()

    def check_ins(self, **where: object) -> list[CheckIn]:
        return sorted(self.surveys.check_ins.store.each(where), key=lambda one: (one.period, one.person_id))

    def open_one(self, person_id: str) -> CheckIn:
        return self.check_ins(person_id=person_id, state=CheckInState.OPEN)[-1]

    def send_all(self) -> None:
        """The mails about everything that is open leave now."""
        for check_in in self.check_ins(state=CheckInState.OPEN):
            self.world.tell(MessageSent(**about(check_in, "check-in")))
        self.settle()

    def bounce(self, check_in: CheckIn, person_id: str | None = None) -> None:
        fields = about(check_in, "bounce") | ({"person_id": person_id} if person_id else {})
        self.world.tell(MessageFailed(**fields, permanent=True, reason="recipient-refused"))
        self.settle()

    def suppress(self, check_in: CheckIn, why: str) -> None:
        self.world.tell(MessageSuppressed(**about(check_in, "suppressed"), why=why))
        self.settle()

    def told(self, pair_id: str = "pair-1") -> list[str]:
        """What was published about check-ins of the pair, in order."""
        return [event.type.removeprefix("mentoring.").removesuffix(".v1")
                for event in self.world.heard(CheckInEvent.topic) if event.key == pair_id]

    def close(self) -> None:
        self.worker.stop()
        self.backbone.close()
        self.world.log.close()


def about(check_in: CheckIn, template: str) -> dict[str, str]:
    return {"message_id": f"{template} {check_in.id}", "person_id": check_in.person_id, "template": template,
            "about": check_in.id, "about_kind": "check-in", "cause_id": "cause", "programme_id": check_in.programme_id}
