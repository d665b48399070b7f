"""CloudEvents 1.0 as Ithaca sends and receives them."""

from dataclasses import dataclass
from typing import Any

from shared.kernel.events import Sequence

MAX_EVENT_BYTES = 900_000
"""Largest JSON body of an event: below the 1 MiB that clients and brokers take with headers."""


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """An event that waits to be published.

    `source` is a URI path (`/matching/pairs/<id>`), `time` RFC 3339, `data` JSON; `data` None is a tombstone.
    """

    id: str
    source: str
    sequence: Sequence
    type: str
    topic: str
    key: str
    time: str
    data: dict[str, Any] | None
    causation_id: str | None = None
    correlation_id: str | None = None
    traceparent: str | None = None


@dataclass(frozen=True, kw_only=True)
class Received(Outgoing):
    """An event as a consumer sees it: it is the cause of what is done about it."""

    partition: int = 0
    offset: int = 0


@dataclass(frozen=True, kw_only=True)
class Unreadable:
    """A record that is no event of ours: kept whole, so that nothing is lost."""

    topic: str
    key: str
    partition: int
    offset: int
    error: str
    value: bytes
    headers: tuple[tuple[str, bytes], ...]
