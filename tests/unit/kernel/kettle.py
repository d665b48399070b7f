"""A small aggregate that exists for these tests only."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from shared.kernel.aggregate import Aggregate
from shared.kernel.events import Event, Sequence

START = datetime(2027, 1, 11, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class KettleBoiled(Event):
    """The water is ready."""

    type: ClassVar[str] = "kitchen.kettle-boiled.v1"
    topic: ClassVar[str] = "kitchen.kettles.v1"
    key_field: ClassVar[str] = "kettle_id"

    kettle_id: str


@dataclass(kw_only=True)
class Kettle(Aggregate):
    """Boils, whistles, and boils again until it is taken off."""

    rung: list[tuple[str, datetime]] = field(default_factory=list)

    def on_boiling(self, now: datetime) -> None:
        self.rung.append(("boiling", now))
        self.record(KettleBoiled(kettle_id=self.id), now)

    def on_whistle_again(self, now: datetime) -> None:
        self.rung.append(("whistle-again", now))
        self.set_timer("whistle-again", now + HOUR)

    def on_taken_off(self, now: datetime) -> None:
        self.rung.append(("taken-off", now))
        self.clear_timer("boiling")


@dataclass(frozen=True)
class Happening:
    """An event as a cause."""

    sequence: Sequence
    id: str = "event-1"
    source: str = "/kitchen/kettles/k2"
    topic: str = "kitchen.kettles.v1"
    correlation_id: str | None = None
