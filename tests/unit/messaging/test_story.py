"""A change becomes an event, the event an effect, a timer the next event: on the embedded engines, in one thread."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

import pytest

from shared.kernel.aggregate import Aggregate
from shared.kernel.clock import SettableClock
from shared.kernel.errors import NotFound, Unavailable
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
    """A producer and a consumer of boats, on one folder."""

    def __init__(self, folder: Path) -> None:
        self.clock = SettableClock(START)
        self.log = open_log(f"embedded:{folder}")
        self.log.create_topics([BOATS])
        self.port = Backbone("port", open_store(f"sqlite:{folder}", "port"), self.log, self.clock)
        self.tower = Backbone("tower", open_store(f"sqlite:{folder}", "tower"), self.log, self.clock)
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


@pytest.fixture
def harbour(tmp_path: Path) -> Iterator[Harbour]:
    harbour = Harbour(tmp_path)
    yield harbour
    harbour.close()


def test_a_change_has_its_effect_once_however_often_the_event_comes(harbour: Harbour) -> None:
    harbour.boats.add(Boat(id="argo"))
    harbour.boats.change("argo", lambda boat: boat.leave(5, START))

    harbour.settle()
    harbour.log.publish([event for event in harbour.log.read([BOATS.name]) if isinstance(event, Received)])
    harbour.settle()

    sighting = harbour.sightings.get(derived_id("sighting", "argo"))
    assert (sighting.crew, sighting.times) == (5, 1)


def test_a_timer_rings_once_when_its_time_has_come(harbour: Harbour) -> None:
    harbour.boats.add(Boat(id="argo"))
    harbour.boats.change("argo", lambda boat: boat.leave(5, START))
    harbour.settle()

    harbour.clock.set(START + timedelta(days=1))
    harbour.settle()

    assert harbour.sightings.get(derived_id("sighting", "argo")).times == 2


def test_an_event_that_cannot_be_handled_parks_its_key_until_it_is_replayed(harbour: Harbour) -> None:
    harbour.boats.add(Boat(id="argo"))
    harbour.boats.change("argo", lambda boat: boat.leave(5, START))
    harbour.broken.append(RuntimeError("a bug"))
    harbour.settle()
    harbour.broken.clear()
    harbour.boats.change("argo", lambda boat: boat.leave(6, START))
    harbour.settle()
    letters = harbour.workers[1].dead_letters
    [parked] = letters.waiting()
    assert [event.type for event in parked.waiting] == [BoatLeft.type, BoatLeft.type]

    letters.replay(parked.id)
    harbour.boats.change("argo", lambda boat: boat.leave(7, START))
    harbour.settle()

    sighting = harbour.sightings.get(derived_id("sighting", "argo"))
    assert (sighting.crew, sighting.times) == (7, 3)
    assert not list(letters.waiting())


def test_a_missing_prerequisite_is_waited_for(harbour: Harbour) -> None:
    harbour.boats.add(Boat(id="argo"))
    harbour.boats.change("argo", lambda boat: boat.leave(5, START))
    harbour.broken.append(NotFound("the harbour book"))
    harbour.settle()
    assert list(harbour.workers[1].dead_letters.waiting())

    harbour.broken.clear()
    harbour.settle()

    assert harbour.sightings.get(derived_id("sighting", "argo")).times == 1
    assert not list(harbour.workers[1].dead_letters.waiting())


def test_a_failure_that_passes_is_retried_in_place(harbour: Harbour) -> None:
    harbour.boats.add(Boat(id="argo"))
    harbour.boats.change("argo", lambda boat: boat.leave(5, START))
    harbour.broken.append(Unavailable("the store"))
    harbour.settle()
    assert not list(harbour.workers[1].dead_letters.waiting())
    harbour.broken.clear()

    consumer = harbour.workers[1].consumer
    while not consumer.step(0.05):
        pass

    assert harbour.sightings.get(derived_id("sighting", "argo")).times == 1
