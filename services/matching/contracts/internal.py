"""What one document of matching tells another: not in the public catalogue."""

from dataclasses import dataclass
from typing import ClassVar

from shared.kernel.events import Event
from shared.messaging.log import Topic

INTERNAL = Topic("mentoring.internal.matching.v1", tier="private")


@dataclass(frozen=True, kw_only=True)
class InternalEvent(Event):
    """For matching itself."""

    topic: ClassVar[str] = INTERNAL.name
    public: ClassVar[bool] = False


@dataclass(frozen=True, kw_only=True)
class MatchingRunQueued(InternalEvent):
    """A run waits for the solver: its programme is being matched from now on."""

    type: ClassVar[str] = "mentoring.matching-run-queued.v1"
    key_field: ClassVar[str] = "run_id"

    run_id: str
    programme_id: str


@dataclass(frozen=True, kw_only=True)
class ProposalSwapped(InternalEvent):
    """A coordinator gave a mentee of a run another mentor: the two are locked, the one before is not any more."""

    type: ClassVar[str] = "mentoring.proposal-swapped.v1"
    key_field: ClassVar[str] = "run_id"

    run_id: str
    programme_id: str
    mentor_id: str
    mentee_id: str
    instead_of: str
    swapped_by: str


@dataclass(frozen=True, kw_only=True)
class CoupleExcluded(InternalEvent):
    """A coordinator keeps two people apart: a mentee who asks that mentor goes on to the next."""

    type: ClassVar[str] = "mentoring.couple-excluded.v1"
    key_field: ClassVar[str] = "ruling_id"

    ruling_id: str
    programme_id: str
    mentor_id: str
    mentee_id: str


@dataclass(frozen=True, kw_only=True)
class ProfileChanged(InternalEvent):
    """The Ideal Mentor Profile of a programme is another now: its mentors' applications are scored anew."""

    type: ClassVar[str] = "mentoring.profile-changed.v1"
    key_field: ClassVar[str] = "programme_id"

    programme_id: str
    number: int


@dataclass(frozen=True, kw_only=True)
class GapsChanged(InternalEvent):
    """The gaps of an approved application are others now: its participant is to learn of them."""

    type: ClassVar[str] = "mentoring.gaps-changed.v1"
    key_field: ClassVar[str] = "application_id"

    application_id: str


@dataclass(frozen=True, kw_only=True)
class PersonRenamed(InternalEvent):
    """The directory calls somebody by another name of its own, under which HR may have told of them. `said` names the
    details that it changed with it."""

    type: ClassVar[str] = "mentoring.person-renamed.v1"
    key_field: ClassVar[str] = "person_id"

    person_id: str
    said: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ApplicationApproved(InternalEvent):
    """An application was approved: its participant is made of it."""

    type: ClassVar[str] = "mentoring.application-approved.v1"
    key_field: ClassVar[str] = "application_id"

    application_id: str
    programme_id: str


@dataclass(frozen=True, kw_only=True)
class CircleSeatEvent(InternalEvent):
    """What a circle takes note of."""

    key_field: ClassVar[str] = "seat_id"

    seat_id: str
    circle_id: str


@dataclass(frozen=True, kw_only=True)
class CircleSeatTaken(CircleSeatEvent):
    """Somebody sits in a circle from now on: the circle takes note of it."""

    type: ClassVar[str] = "mentoring.circle-seat-taken.v1"


@dataclass(frozen=True, kw_only=True)
class CircleSeatReleased(CircleSeatEvent):
    """Somebody does not sit in a circle any more: the circle takes note of it."""

    type: ClassVar[str] = "mentoring.circle-seat-released.v1"
