"""What every aggregate is made of: identity, version, recorded events, timers and the memory of handled events."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, NamedTuple

from shared.kernel.events import NOTHING_YET, Cause, Event, Sequence


class Answer(NamedTuple):
    """What a command with an idempotency key was answered, kept in the document that it changed."""

    caller: str
    key: str
    request: str
    status: int
    body: Any


class Recorded(NamedTuple):
    """An event that leaves with the next save."""

    event: Event
    at: datetime


@dataclass(kw_only=True)
class Aggregate:
    """One document: state, version, timers, outgoing events and the memory of handled ones change together.

    Bookkeeping below `id` belongs to the repository; rules use `record`, `set_timer`, `clear_timer` and `tick`.
    """

    shape: ClassVar[int] = 1
    """Number of the stored form; raise it together with an upcaster."""

    id: str
    version: int = 0
    sequence: Sequence = NOTHING_YET
    timers: dict[str, datetime] = field(default_factory=dict)
    applied: dict[str, Sequence] = field(default_factory=dict)
    answered: list[Answer] = field(default_factory=list)
    recorded: list[Recorded] = field(default_factory=list, init=False, repr=False, compare=False)

    def record(self, event: Event, at: datetime) -> None:
        """The fact leaves when, and only when, the change is saved."""
        self.recorded.append(Recorded(event, at))

    @property
    def due_at(self) -> datetime | None:
        """The earliest timer; None when nothing is planned."""
        return min(self.timers.values(), default=None)

    def is_due(self, name: str, now: datetime) -> bool:
        """Whether the named timer is set and its time has come; another worker may have rung it just now."""
        return name in self.timers and self.timers[name] <= now

    def set_timer(self, name: str, at: datetime) -> None:
        """Plans the named timer; planning it again moves it."""
        self.timers[name] = at

    def clear_timer(self, name: str) -> None:
        """Takes the timer back; none there is no error."""
        self.timers.pop(name, None)

    def tick(self, now: datetime) -> None:
        """Rings every timer that is due, earliest first, by calling `on_<name>(now)`.

        A timer is cleared before it rings and may be set anew by what it rings. Ringing when nothing is due does
        nothing, so two workers may tick at once: one wins the save, the other finds nothing due.
        """
        due = sorted((at, name) for name, at in self.timers.items() if at <= now)
        for _, name in due:
            if self.is_due(name, now):
                del self.timers[name]
                getattr(self, "on_" + name.replace("-", "_"))(now)

    def has_applied(self, cause: Cause) -> bool:
        """Whether this event, or a later one of its source on its topic, has had its effect here."""
        return self.applied.get(memory_key(cause), NOTHING_YET) >= cause.sequence

    def remember(self, cause: Cause) -> None:
        """Called by the repository with the save that carries the effect."""
        self.applied[memory_key(cause)] = cause.sequence


def memory_key(cause: Cause) -> str:
    """An aggregate may send to several topics, each with its own order: memory is per topic and source."""
    return f"{cause.topic} {cause.source}"
