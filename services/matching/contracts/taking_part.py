"""What whoever takes part is told beside how it stands: the topic of participants keeps their state alone."""

from dataclasses import dataclass
from typing import ClassVar

from services.matching.contracts.participants import Role
from shared.kernel.events import Event
from shared.messaging.log import Topic

TAKING_PART = Topic("mentoring.taking-part.v1", tier="coordinator")


@dataclass(frozen=True, kw_only=True)
class TakingPartEvent(Event):
    """Of one participation. `application_id` is the key of the participant."""

    topic: ClassVar[str] = TAKING_PART.name
    key_field: ClassVar[str] = "application_id"

    application_id: str
    programme_id: str
    person_id: str
    role: Role


@dataclass(frozen=True, kw_only=True)
class ConfirmationReminderDue(TakingPartEvent):
    """Approved, and has not said yes once more: by the clock, or because a coordinator will not wait longer."""

    type: ClassVar[str] = "mentoring.confirmation-reminder-due.v1"


@dataclass(frozen=True, kw_only=True)
class ParticipantConfirmed(TakingPartEvent):
    """They said yes once more to what was approved."""

    type: ClassVar[str] = "mentoring.participant-confirmed.v1"


@dataclass(frozen=True, kw_only=True)
class ParticipantRemoved(TakingPartEvent):
    """A coordinator ended it; never why. `participant-left` tells how it stands."""

    type: ClassVar[str] = "mentoring.participant-removed.v1"
