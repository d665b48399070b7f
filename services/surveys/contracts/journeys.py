"""Events of journeys: what a pair agreed on and came to, that a flash pair is done, and that one ended well."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from services.surveys.contracts.relationships import Relationship
from shared.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class AgreementTermsSet(Event):
    """The pair wrote down how often it meets and until when; comes again when the terms are changed.

    `set_by` is the person who wrote them, `meetings_every_days` the rhythm in days, `ends_on` an ISO date.
    """

    type: ClassVar[str] = "mentoring.agreement-terms-set.v1"
    topic: ClassVar[str] = "mentoring.journeys.v1"
    key_field: ClassVar[str] = "pair_id"

    journey_id: str
    pair_id: str
    programme_id: str
    set_by: str
    meetings_every_days: int
    ends_on: str | None = None
    relationship: Relationship = Relationship.PAIR


class ConcludedBecause(StrEnum):
    """Both answered the one check-in, or the days for it are over."""

    ANSWERED = "answered"
    TIME_OVER = "time-over"


@dataclass(frozen=True, kw_only=True)
class JourneyConcluded(Event):
    """A flash pair has done what it was for: whoever keeps pairs closes it."""

    type: ClassVar[str] = "mentoring.journey-concluded.v1"
    topic: ClassVar[str] = "mentoring.journeys.v1"
    key_field: ClassVar[str] = "pair_id"

    journey_id: str
    pair_id: str
    programme_id: str
    because: ConcludedBecause


@dataclass(frozen=True, kw_only=True)
class JourneyPraised(Event):
    """The pair came to its planned end, and its mentee `person_id` is to be offered to become a mentor: by default, who
    had rated it four or five of five. That it is told says so, so its topic is for Ithaca alone."""

    type: ClassVar[str] = "mentoring.journey-praised.v1"
    topic: ClassVar[str] = "mentoring.praises.v1"
    key_field: ClassVar[str] = "pair_id"

    journey_id: str
    pair_id: str
    programme_id: str
    person_id: str
    relationship: Relationship = Relationship.PAIR


class Milestone(StrEnum):
    """What a pair or a circle comes to once."""

    FIRST_SESSION = "first-session"


@dataclass(frozen=True)
class Traveller:
    """One of those who came there, in their role."""

    person_id: str
    role: str


@dataclass(frozen=True, kw_only=True)
class MilestoneReached(Event):
    """The pair, or the circle, came to a milestone; the time is when one of them said so first."""

    type: ClassVar[str] = "mentoring.milestone-reached.v1"
    topic: ClassVar[str] = "mentoring.journeys.v1"
    key_field: ClassVar[str] = "pair_id"

    journey_id: str
    pair_id: str
    programme_id: str
    milestone: Milestone
    parties: tuple[Traveller, ...] = ()
    relationship: Relationship = Relationship.PAIR
