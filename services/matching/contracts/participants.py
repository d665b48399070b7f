"""Who takes part in which programme, in which role."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from shared.kernel.events import Event
from shared.messaging.log import Topic

PARTICIPANTS = Topic("mentoring.participants.v1", compacted=True)


class Role(StrEnum):
    """One side of a pair."""

    MENTOR = "mentor"
    MENTEE = "mentee"


class ParticipantState(StrEnum):
    """Whether a participant may be matched."""

    ACTIVE = "active"
    PAUSED = "paused"
    LEFT = "left"


@dataclass(frozen=True)
class GapTraining:
    """The code of a gap, and of the module of training that closes it."""

    gap: str
    module: str


@dataclass(frozen=True, kw_only=True)
class ParticipantEvent(Event):
    """The whole public state of a participant after the event.

    `capacity` is how many pairs at once, `gaps` are codes of what the Ideal Mentor Profile misses, and `training` is
    what closes each of them, and what helps a mentee who becomes a mentor. Neither tells a score.
    """

    topic: ClassVar[str] = PARTICIPANTS.name
    key_field: ClassVar[str] = "application_id"

    application_id: str
    programme_id: str
    person_id: str
    role: Role
    state: ParticipantState
    capacity: int
    gaps: tuple[str, ...] = ()
    training: tuple[GapTraining, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ParticipantApproved(ParticipantEvent):
    """An application was approved, or an approved one has another capacity or other gaps now. `by_application`: just
    now, of somebody who asked to take part and did not come by a file."""

    type: ClassVar[str] = "mentoring.participant-approved.v1"

    by_application: bool = False


@dataclass(frozen=True, kw_only=True)
class ParticipantPaused(ParticipantEvent):
    """Takes a break: no new pairs."""

    type: ClassVar[str] = "mentoring.participant-paused.v1"


@dataclass(frozen=True, kw_only=True)
class ParticipantResumed(ParticipantEvent):
    """Is back from a break."""

    type: ClassVar[str] = "mentoring.participant-resumed.v1"


@dataclass(frozen=True, kw_only=True)
class ParticipantLeft(ParticipantEvent):
    """Takes part no more."""

    type: ClassVar[str] = "mentoring.participant-left.v1"
