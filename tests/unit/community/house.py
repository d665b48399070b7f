"""The whole service on the embedded engines, with a clock that stands until it is moved."""

from datetime import timedelta
from functools import partial
from pathlib import Path

from services.community import bootstrap
from services.community.contracts.catalogue import TOPICS as OWN
from services.community.contracts.training import TrainingEvent
from services.community.domain.assignment import Assignment
from services.community.entrypoints.events import HANDLERS, KEEP, TOPICS
from services.community.settings import Settings
from services.matching.contracts.people import PersonEvent, PersonState
from shared.kernel.clock import SettableClock
from shared.messaging.log import Topic
from shared.runtime.backbone import Backbone
from shared.runtime.engines import open_store
from shared.runtime.worker import Worker
from tests.unit.surveys.builders import MONDAY
from tests.unit.surveys.world import World


class CommunityHouse:
    """`pass_days` lets time pass and settles."""

    def __init__(self, folder: Path) -> None:
        self.clock = SettableClock(MONDAY)
        self.world = World(folder, self.clock, OWN + tuple(Topic(name) for name in TOPICS))
        store = open_store(f"sqlite:{folder}?synchronous=NORMAL&min_free=0", "community")
        self.backbone = Backbone("community", store, self.world.log, self.clock)
        self.settings = Settings()
        self.community = bootstrap.build(self.settings, self.backbone)
        self.worker = self.a_worker()

    def a_worker(self) -> Worker:
        handlers = {name: partial(handler, self.community) for name, handler in HANDLERS.items()}
        keep = {topic: partial(one, self.community) for topic, one in KEEP.items()}
        return Worker(self.backbone, handlers, TOPICS, bootstrap.ticking(self.community), keep)

    def settle(self) -> None:
        self.worker.settle()
        self.backbone.positions.keep(self.worker.consumer.subscription, at_once=True)
        assert not [parked.error for parked in self.worker.dead_letters.waiting()]

    def pass_days(self, days: float) -> None:
        self.clock.set(self.clock.now() + timedelta(days=days))
        self.settle()

    def create_pair(self, pair: str = "1") -> None:
        self.world.open_programme()
        self.world.create_pair(pair)
        self.settle()

    def person(self, kind: type[PersonEvent], person_id: str, state: PersonState) -> None:
        self.world.tell(kind(person_id=person_id, state=state, name="A", email="a@example.org", language="en",
                             time_zone="Europe/Berlin", department="Sales", location="Kiel"))
        self.settle()

    def assignment(self, person_id: str) -> Assignment:
        [found] = self.community.training.store.each({"person_id": person_id})
        return found

    def told(self) -> list[tuple[str, str]]:
        return [(event.type.removeprefix("mentoring.training-").removesuffix(".v1"), event.key)
                for event in self.world.heard(TrainingEvent.topic)]

    def close(self) -> None:
        self.worker.stop()
        self.backbone.close()
        self.world.log.close()
