"""A change becomes an event, the event an effect, a timer the next event: on the embedded engines, in one thread."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from shared.kernel.errors import NotFound, Unavailable
from shared.kernel.ids import derived_id
from shared.messaging.envelope import Received
from tests.unit.messaging.harbour import BOATS, START, Boat, BoatLeft, Harbour


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
