"""Events of check-ins: asked, reminded, answered, missed, excused. Keyed by the pair, so a pair's come in order."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from services.surveys.contracts.relationships import Relationship
from shared.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class CheckInEvent(Event):
    """What every event of a check-in tells: one side of a pair, or member of a circle, in one period, counted from 1.

    `pair_id` is the id of what `relationship` says.
    """

    topic: ClassVar[str] = "mentoring.check-ins.v1"
    key_field: ClassVar[str] = "pair_id"

    check_in_id: str
    journey_id: str
    pair_id: str
    programme_id: str
    person_id: str
    role: str
    period: int
    relationship: Relationship = Relationship.PAIR


@dataclass(frozen=True, kw_only=True)
class CheckInOpened(CheckInEvent):
    """The person may answer now, until `closes_at`. No deadline runs before a message about it was sent."""

    type: ClassVar[str] = "mentoring.check-in-opened.v1"

    closes_at: datetime
    attempt: int = 0


@dataclass(frozen=True, kw_only=True)
class CheckInReminderDue(CheckInEvent):
    """Sent and silent so far: time for a reminder, with a link of its own. One comes by itself (`attempt` 1); others a
    coordinator asks for who sees that it is overdue (`attempt` 3)."""

    type: ClassVar[str] = "mentoring.check-in-reminder-due.v1"

    closes_at: datetime
    attempt: int = 1


@dataclass(frozen=True, kw_only=True)
class CheckInAnswered(CheckInEvent):
    """The person answered, once for this period; changes of the answer are not told."""

    type: ClassVar[str] = "mentoring.check-in-answered.v1"


@dataclass(frozen=True, kw_only=True)
class CheckInMissed(CheckInEvent):
    """Sent, delivered, and not answered by the deadline; `in_a_row` counts this side's misses since its last answer.

    It may still be answered until `closes_at`, by a link of its own (`attempt` 2).
    """

    type: ClassVar[str] = "mentoring.check-in-missed.v1"

    in_a_row: int
    closes_at: datetime
    attempt: int = 2


@dataclass(frozen=True, kw_only=True)
class CheckInExcused(CheckInEvent):
    """Does not count: `reason` is not-sent, undeliverable, away (on leave or left), paused, closed, or left (the
    circle)."""

    type: ClassVar[str] = "mentoring.check-in-excused.v1"

    reason: str
