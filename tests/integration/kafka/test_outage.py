"""The event log is away for an hour, as the clocks of domain and relay have it; the broker is a real one, killed."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from shared.kernel.clock import SystemClock
from shared.kernel.errors import Unavailable
from shared.kernel.ids import derived_id, new_id
from shared.messaging.envelope import Received
from shared.runtime.metrics import WorkerMetrics
from tests.engines.kafka_server import KafkaServer
from tests.unit.messaging.harbour import BOATS, Boat, Harbour

HOUR = timedelta(hours=1)
FIVE_MINUTES = timedelta(minutes=5)


class Ahead:
    """The machine's clock, so much later."""

    by = timedelta(0)

    def now(self) -> datetime:
        return SystemClock().now() + self.by


class Sea:
    """A harbour at work on Kafka, with a fleet of its own."""

    def __init__(self, folder: Path, kafka: KafkaServer) -> None:
        self.harbour, self.ahead = Harbour(folder, kafka.url), Ahead()
        self.fleet = [f"{new_id()}-{number}" for number in range(5)]
        for worker in self.harbour.workers:
            worker.relay.clock = self.ahead
            worker.start()

    def sail(self, crew: int) -> None:
        """Every boat leaves, which is accepted whatever the log does."""
        self.harbour.clock.set(self.ahead.now())
        for name in self.fleet:
            self.harbour.boats.change(name, lambda boat: boat.leave(crew, self.harbour.clock.now()))

    def later(self, by: timedelta) -> None:
        self.ahead.by += by

    def seen(self) -> list[tuple[int, int]]:
        """Crew and times of every boat that was sighted."""
        found = self.harbour.sightings.get_many([derived_id("sighting", name) for name in self.fleet])
        return [(one.crew, one.times) for one in found]

    def numbers(self, boat: str) -> list[int]:
        """The numbers of its events on the log, each where it came first."""
        on_log = [event for event in self.harbour.log.read([BOATS.name]) if isinstance(event, Received)]
        return list(dict.fromkeys(event.sequence.number for event in on_log if event.key == boat))

    def measured(self) -> dict[str, float]:
        return {metric.name: metric.samples[0].value for metric in WorkerMetrics(self.harbour.workers[0]).collect()
                if metric.name.startswith("outbox")}


@pytest.fixture
def sea(tmp_path: Path, kafka: KafkaServer) -> Iterator[Sea]:
    sea = Sea(tmp_path, kafka)
    yield sea
    sea.harbour.close()


def until(happened: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.slow
def test_an_hour_without_kafka_loses_doubles_and_reorders_nothing(sea: Sea, kafka: KafkaServer) -> None:
    for name in sea.fleet:
        sea.harbour.boats.add(Boat(id=name))
    sea.sail(1)
    until(lambda: sea.seen() == [(1, 1)] * 5)

    kafka.kill9()
    for crew in range(2, 14):
        sea.later(FIVE_MINUTES)
        sea.sail(crew)
    away = sea.measured()
    with pytest.raises(Unavailable):
        sea.harbour.workers[0].ready()
    assert all(worker.alive() for worker in sea.harbour.workers)
    kafka.start()

    until(lambda: sea.seen() == [(13, 13)] * 5)
    assert (away["outbox_depth"], away["outbox_alarm"]) == (60, 1)
    assert away["outbox_oldest_seconds"] > 3_000
    assert {tuple(sea.numbers(name)) for name in sea.fleet} == {tuple(range(1, 14))}
    assert sea.measured() == {"outbox_depth": 0, "outbox_oldest_seconds": 0, "outbox_alarm": 0}


@pytest.mark.slow
def test_a_broker_that_stands_still_for_an_hour_is_an_outage_too(sea: Sea, kafka: KafkaServer) -> None:
    for name in sea.fleet:
        sea.harbour.boats.add(Boat(id=name))
    sea.sail(1)
    until(lambda: sea.seen() == [(1, 1)] * 5)

    kafka.pause()
    sea.sail(2)
    sea.later(HOUR)
    sea.sail(3)
    kafka.resume()

    until(lambda: sea.seen() == [(3, 3)] * 5)
    assert {tuple(sea.numbers(name)) for name in sea.fleet} == {(1, 2, 3)}


@pytest.mark.slow
def test_while_the_log_is_away_it_is_not_asked_in_a_hurry(sea: Sea, kafka: KafkaServer) -> None:
    sea.harbour.boats.add(Boat(id=sea.fleet[0]))
    kafka.kill9()
    try:
        relay = sea.harbour.workers[0].relay
        sea.harbour.boats.change(sea.fleet[0], lambda boat: boat.leave(1, sea.ahead.now()))
        until(lambda: relay.refused >= 5)
        before, began = relay.refused, time.monotonic()
        until(lambda: relay.refused >= before + 2)

        assert time.monotonic() - began > 1
    finally:
        kafka.start()
