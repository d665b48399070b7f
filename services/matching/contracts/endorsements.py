"""Who is asked to endorse an application: for those who look after programmes."""

from dataclasses import dataclass
from typing import ClassVar

from services.matching.contracts.participants import Role
from shared.kernel.events import Event
from shared.messaging.log import Topic

ENDORSEMENTS = Topic("mentoring.endorsements.v1", tier="coordinator")


@dataclass(frozen=True, kw_only=True)
class EndorsementEvent(Event):
    """Of the application of `person_id`, about whom `endorser_id` is asked. What was answered is in no event."""

    topic: ClassVar[str] = ENDORSEMENTS.name
    key_field: ClassVar[str] = "application_id"

    application_id: str
    programme_id: str
    person_id: str
    role: Role
    endorser_id: str


@dataclass(frozen=True, kw_only=True)
class EndorsementAsked(EndorsementEvent):
    """A coordinator asks the line manager, or somebody whom they name."""

    type: ClassVar[str] = "mentoring.endorsement-asked.v1"


@dataclass(frozen=True, kw_only=True)
class EndorsementReminderDue(EndorsementEvent):
    """Silent so far: time for the one reminder."""

    type: ClassVar[str] = "mentoring.endorsement-reminder-due.v1"


@dataclass(frozen=True, kw_only=True)
class EndorsementAnswered(EndorsementEvent):
    """They have answered; never how."""

    type: ClassVar[str] = "mentoring.endorsement-answered.v1"


@dataclass(frozen=True, kw_only=True)
class EndorsementRevoked(EndorsementEvent):
    """Nobody needs the answer any more: the application was withdrawn or decided, or whoever was asked has left."""

    type: ClassVar[str] = "mentoring.endorsement-revoked.v1"
