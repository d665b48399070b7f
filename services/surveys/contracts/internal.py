"""Events that surveys sends to itself: a clock that rings in one document asks another to act."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from services.surveys.contracts.relationships import Relationship
from shared.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class InternalEvent(Event):
    """One side of a journey in one period."""

    topic: ClassVar[str] = "mentoring.internal.surveys.v1"
    key_field: ClassVar[str] = "journey_id"
    public: ClassVar[bool] = False

    journey_id: str
    pair_id: str
    programme_id: str
    person_id: str
    role: str
    period: int
    relationship: Relationship = Relationship.PAIR


@dataclass(frozen=True, kw_only=True)
class CheckInDue(InternalEvent):
    """The journey's clock reached a period: its check-in is to be planned, to open at `opens_at` and close at
    `closes_at`; a period that was over before the clock could ring is planned and excused at once."""

    type: ClassVar[str] = "mentoring.check-in-due.v1"

    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, kw_only=True)
class CheckInLapsed(InternalEvent):
    """The deadline passed in silence: the journey counts it and tells the world."""

    type: ClassVar[str] = "mentoring.check-in-lapsed.v1"

    check_in_id: str
    closes_at: datetime


@dataclass(frozen=True, kw_only=True)
class MeetingTold(InternalEvent):
    """Somebody said in a check-in that the two have met."""

    type: ClassVar[str] = "mentoring.meeting-told.v1"

    check_in_id: str


@dataclass(frozen=True, kw_only=True)
class ReminderAsked(InternalEvent):
    """A coordinator wants whoever is overdue to be reminded now: the check-in does it or, when it was answered in
    between, another with which they are overdue."""

    type: ClassVar[str] = "mentoring.check-in-reminder-asked.v1"

    check_in_id: str
