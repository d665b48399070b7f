"""Keys whose events wait behind one that could not be handled."""

import base64
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import DomainError, Unavailable
from shared.kernel.events import Sequence
from shared.kernel.ids import derived_id
from shared.messaging.envelope import Received, Unreadable

MOST_WAITING = 5_000
"""Events of one key that are kept here before the log has to keep them."""


class UnreadableStays(DomainError):
    """An unreadable event cannot be replayed."""

    code = "event-unreadable"


@dataclass(frozen=True, kw_only=True)
class ParkedEvent:
    """An event as it came, whole: key, value, place, and how often it was tried."""

    id: str
    source: str
    sequence: str
    type: str
    time: str
    data: dict[str, Any] | None
    partition: int
    offset: int
    causation_id: str | None = None
    correlation_id: str | None = None
    traceparent: str | None = None
    raw: str | None = None
    """What could not be read, in base 64; None for an event that could."""
    raw_headers: tuple[tuple[str, str], ...] = ()
    """The names of its headers, and their values in base 64."""


@dataclass(kw_only=True)
class ParkedKey(Aggregate):
    """One key of one topic for one consumer group; `refused`: one event alone, which nothing waits behind.

    `retry_until` is set while the reason may pass by itself (something that comes first is not there yet); without it
    the key waits for a human. `since` is set as long as something waits.
    """

    shape = 2

    group: str
    topic: str
    key: str
    waiting: list[ParkedEvent] = field(default_factory=list)
    error: str = ""
    attempts: int = 0
    since: datetime | None = None
    retry_at: datetime | None = None
    retry_until: datetime | None = None
    refused: bool = False

    def join(self, event: ParkedEvent) -> bool:
        """Waits behind what waits; False when nothing does any more."""
        if not self.waiting:
            return False
        if len(self.waiting) >= MOST_WAITING:
            raise Unavailable(f"{MOST_WAITING} events of one key are parked: replay or discard them")
        if all(one.id != event.id for one in self.waiting):
            self.waiting.append(event)
        return True

    def park(self, event: ParkedEvent, error: str, at: datetime, wait: timedelta | None = None) -> None:
        """This event could not be handled; for so long the reason may pass by itself, and it is tried again at once."""
        if not self.join(event):
            self.waiting, self.since = [event], at
        self.error, self.attempts = error, self.attempts + 1
        if wait:
            self.retry(at, self.retry_until or at + wait)

    def retry(self, at: datetime | None, until: datetime | None) -> None:
        """When it is tried again by itself; None: a human decides."""
        self.retry_at, self.retry_until = at, until

    def is_first(self, event_id: str) -> bool:
        """Whether the others wait behind this event."""
        return bool(self.waiting) and self.waiting[0].id == event_id

    def put_off(self, event_id: str, at: datetime | None) -> None:
        """This event failed again: it is tried at that time (None: a human decides), if it still holds up the key."""
        if self.is_first(event_id):
            self.retry(at, self.retry_until if at else None)

    def release(self, event_id: str) -> None:
        """This event is handled or given up."""
        self.waiting = [one for one in self.waiting if one.id != event_id]
        if not self.waiting:
            self.error, self.attempts, self.since = "", 0, None
            self.retry(None, None)


def with_refused(old: dict[str, Any]) -> dict[str, Any]:
    """Nothing was refused before a key said so."""
    return {"refused": False, **old}


def parked_id(group: str, topic: str, key: str, *refused: str) -> str:
    """The id of a group's parked key, or of one event of it that was refused."""
    return derived_id("parked", group, topic, key, *refused)


def parked_event(event: Received) -> ParkedEvent:
    """The event in the form that is stored."""
    return ParkedEvent(
        id=event.id, source=event.source, sequence=str(event.sequence), type=event.type, time=event.time,
        data=event.data, partition=event.partition, offset=event.offset, causation_id=event.causation_id,
        correlation_id=event.correlation_id, traceparent=event.traceparent)


def unreadable_event(record: Unreadable) -> ParkedEvent:
    """The record whole, so that nothing is lost."""
    return ParkedEvent(
        id=f"{record.topic}:{record.partition}:{record.offset}", source="", sequence="000000.000000000000",
        type="unreadable", time="", data=None, partition=record.partition, offset=record.offset,
        raw=_text(record.value), raw_headers=tuple((name, _text(value)) for name, value in record.headers))


def _text(value: bytes | None) -> str:
    return base64.b64encode(value or b"").decode()


def received(parked: ParkedKey, event: ParkedEvent) -> Received:
    """The event as the consumer saw it. Raises UnreadableStays."""
    if event.raw is not None:
        raise UnreadableStays(f"event {event.id} cannot be read: discard it")
    return Received(
        id=event.id, source=event.source, sequence=Sequence.parse(event.sequence), type=event.type, topic=parked.topic,
        key=parked.key, time=event.time, data=event.data, partition=event.partition, offset=event.offset,
        causation_id=event.causation_id, correlation_id=event.correlation_id, traceparent=event.traceparent)
