"""A producer of boats and a tower that sights them: the smallest two services, on the embedded engines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

from shared.kernel.aggregate import Aggregate
from shared.kernel.clock import SettableClock
from shared.kernel.events import Event
from shared.kernel.ids import derived_id
from shared.messaging.clock_loop import Ticking
from shared.messaging.envelope import Received
from shared.messaging.log import Topic
from shared.runtime.backbone import Backbone
from shared.runtime.engines import open_log, open_store
from shared.runtime.worker import Worker

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
BOATS = Topic("boats.v1", compacted=True)


@dataclass(frozen=True, kw_only=True)
class BoatLeft(Event):
    type: ClassVar[str] = "boat-left.v1"
    topic: ClassVar[str] = BOATS.name
    key_field: ClassVar[str] = "boat_id"
    boat_id: str
    crew: int


@dataclass(kw_only=True)
class Boat(Aggregate):
    crew: int = 0

    def leave(self, crew: int, at: datetime) -> None:
        self.crew = crew
        self.record(BoatLeft(boat_id=self.id, crew=crew), at)
        self.set_timer("news", at + timedelta(days=1))

    def on_news(self, now: datetime) -> None:
        self.leave(self.crew + 1, now)


@dataclass(kw_only=True)
class Sighting(Aggregate):
    crew: int
    times: int = 1

    def again(self, crew: int) -> None:
        self.crew, self.times = crew, self.times + 1


class Harbour:
    """A producer and a consumer of boats, on one folder; `events_url` names another log than the one in the folder,
    `foreign` what the tower takes for foreign."""

    def __init__(self, folder: Path, events_url: str = "", foreign: Sequence[str] = ()) -> None:
        self.clock = SettableClock(START)
        self.log = open_log(events_url or f"embedded:{folder}")
        self.log.create_topics([BOATS])
        self.port = Backbone("port", open_store(f"sqlite:{folder}", "port"), self.log, self.clock)
        self.tower = Backbone("tower", open_store(f"sqlite:{folder}", "tower"), self.log, self.clock, foreign=foreign)
        self.boats = self.port.repository(Boat, "boats")
        self.sightings = self.tower.repository(Sighting, "sightings")
        self.broken: list[Exception] = []
        self.workers = [Worker(self.port, {}, (), [Ticking(self.boats)]),
                        Worker(self.tower, {BoatLeft.type: self.on_boat_left}, (BOATS.name,), [])]

    def on_boat_left(self, event: Received) -> None:
        if self.broken:
            raise self.broken[0]
        assert event.data is not None
        crew, sighting = event.data["crew"], derived_id("sighting", event.key)
        if self.sightings.exists(sighting):
            self.sightings.change(sighting, lambda one: one.again(crew), cause=event)
        else:
            self.sightings.add(Sighting(id=sighting, crew=crew), cause=event)

    def settle(self) -> None:
        while sum(worker.settle() for worker in self.workers):
            pass

    def close(self) -> None:
        for worker in self.workers:
            worker.stop()
            worker.backbone.close()
        self.log.close()
