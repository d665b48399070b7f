"""Who asks to take part in which programme: on the topic of participants, with the id of the participant-to-be."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from services.matching.contracts.participants import PARTICIPANTS, Role
from shared.kernel.events import Event
from shared.messaging.log import Topic

OFFERS = Topic("mentoring.offers.v1", tier="private")


class ApplicationState(StrEnum):
    """Nobody hears of a draft; from the approval on the participant's own events tell how it goes. Whoever is nominated
    has not been told so."""

    NOMINATED = "nominated"
    INVITED = "invited"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    WAITING = "waiting"
    DECLINED = "declined"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class ApplicationEvent(Event):
    """The whole public state of an application after the event. Answers and reasons stay where they are."""

    topic: ClassVar[str] = PARTICIPANTS.name
    key_field: ClassVar[str] = "application_id"

    application_id: str
    programme_id: str
    person_id: str
    role: Role
    state: ApplicationState


@dataclass(frozen=True, kw_only=True)
class ApplicantNominated(ApplicationEvent):
    """A coordinator has somebody in mind, who has not asked for it and is not told yet."""

    type: ClassVar[str] = "mentoring.applicant-nominated.v1"


@dataclass(frozen=True, kw_only=True)
class ApplicantInvited(ApplicationEvent):
    """Somebody is asked to apply. `campaign_code` stands in the link that they are sent; None: no campaign asks."""

    type: ClassVar[str] = "mentoring.applicant-invited.v1"

    campaign_code: str | None = None


@dataclass(frozen=True, kw_only=True)
class InvitationReminderDue(ApplicationEvent):
    """Invited by a campaign and silent so far: time for the one reminder, with a code of its own."""

    type: ClassVar[str] = "mentoring.invitation-reminder-due.v1"

    campaign_code: str | None = None


@dataclass(frozen=True, kw_only=True)
class MentorInvited(ApplicationEvent):
    """An offer: a mentee whose mentoring came to its planned end is asked to become a mentor, in this programme or in
    another. To whom it is made says something of what they answered, so its topic is for Ithaca alone."""

    topic: ClassVar[str] = OFFERS.name
    type: ClassVar[str] = "mentoring.mentor-invited.v1"


@dataclass(frozen=True, kw_only=True)
class ApplicationSubmitted(ApplicationEvent):
    """Somebody asks to take part. `campaign_code` stood in the link that brought them, if any did."""

    type: ClassVar[str] = "mentoring.application-submitted.v1"

    campaign_code: str | None = None


@dataclass(frozen=True, kw_only=True)
class ParticipantWaitlisted(ApplicationEvent):
    """Put on the waiting list."""

    type: ClassVar[str] = "mentoring.participant-waitlisted.v1"


@dataclass(frozen=True, kw_only=True)
class ApplicationDeclined(ApplicationEvent):
    """Not this time; never why."""

    type: ClassVar[str] = "mentoring.application-declined.v1"


@dataclass(frozen=True, kw_only=True)
class ApplicationWithdrawn(ApplicationEvent):
    """The person does not want to take part any more, or left the organisation."""

    type: ClassVar[str] = "mentoring.application-withdrawn.v1"
