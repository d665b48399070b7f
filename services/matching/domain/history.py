"""What happened to a pair, for its timeline."""

from dataclasses import dataclass
from datetime import datetime

from services.matching.contracts.pairs import CloseReason, PairEvent


@dataclass(frozen=True)
class Happened:
    """`kind` is the event's name without prefix and version; `by` whoever did it, None for the system."""

    at: datetime
    kind: str
    by: str | None = None
    reason: CloseReason | None = None


def about(event: type[PairEvent], at: datetime, by: str | None, reason: CloseReason | None) -> Happened:
    """The entry for an event."""
    return Happened(at, event.type.split(".")[1], by, reason)
