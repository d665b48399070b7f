"""The whole service on the embedded engines, with a clock that stands until it is moved."""

from datetime import timedelta
from functools import partial
from pathlib import Path

from services.notifications import bootstrap
from services.notifications.application.mailbox import SentMail
from services.notifications.contracts.catalogue import TOPICS as OWN
from services.notifications.contracts.messages import MessageSent
from services.notifications.domain.message import Message
from services.notifications.entrypoints.events import HANDLERS, TOPICS
from services.notifications.settings import Settings
from shared.kernel.clock import SettableClock
from shared.kernel.events import Event
from shared.messaging.envelope import Received
from shared.messaging.log import Topic
from shared.runtime.backbone import Backbone
from shared.runtime.engines import open_store
from shared.runtime.worker import Worker
from tests.unit.notifications.builders import MONDAY, SETTINGS, a_pair, a_person, a_programme
from tests.unit.surveys.world import World

FOREIGN = tuple(Topic(name) for name in TOPICS if name not in {topic.name for topic in OWN})


class NotificationsHouse:
    """`tell` lets something happen elsewhere; `mails` are those in the mailbox, in the order they were sent."""

    def __init__(self, folder: Path, settings: Settings = SETTINGS) -> None:
        self.clock = SettableClock(MONDAY)
        self.world = World(folder, self.clock, OWN + FOREIGN)
        store = open_store(f"sqlite:{folder}?synchronous=NORMAL&min_free=0", "notifications")
        self.backbone = Backbone("notifications", store, self.world.log, self.clock)
        self.settings = settings
        self.notifications = bootstrap.build(settings, self.backbone)
        self.worker = self.a_worker()

    def a_worker(self) -> Worker:
        handlers = {name: partial(handler, self.notifications) for name, handler in HANDLERS.items()}
        return Worker(self.backbone, handlers, TOPICS, bootstrap.ticking(self.notifications))

    def tell(self, *events: Event) -> None:
        for event in events:
            self.world.tell(event)
        self.worker.settle()

    def know_everybody(self) -> None:
        self.tell(*(a_person(name) for name in ("mentor", "mentee", "coordinator")), a_programme())

    def begin_pair(self) -> None:
        """Everybody is known, the two are introduced, and their mails are out."""
        self.know_everybody()
        self.tell(a_pair())
        self.wait_for_training()

    def wait_for_training(self) -> None:
        """As long as an introduction waits for one."""
        self.wait(timedelta(minutes=11))

    def wait(self, how_long: timedelta) -> None:
        self.clock.set(self.clock.now() + how_long)
        self.worker.settle()

    def mails(self, template: str = "") -> list[SentMail]:
        assert self.notifications.mailbox
        wanted = [one for one in self.messages() if template in ("", one.template)]
        store = self.notifications.mailbox.store
        return [store.get(one.id) for one in wanted if store.exists(one.id)]

    def messages(self, template: str = "") -> list[Message]:
        found = self.notifications.messages.store.each({})
        return sorted((one for one in found if template in ("", one.template)),
                      key=lambda one: (one.sent_at or one.queued_at, one.recipient))

    def told(self, kind: type[Event] = MessageSent) -> list[Received]:
        return [event for event in self.world.heard(kind.topic) if event.type == kind.type]

    def parked(self) -> list[str]:
        return [one.error for one in self.worker.dead_letters.waiting()]

    def close(self) -> None:
        self.worker.stop()
        self.backbone.close()
        self.world.log.close()
