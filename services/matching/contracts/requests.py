"""A mentee asks mentors of their choice, one after the other: asked, answered, silent, settled."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from shared.kernel.events import Event
from shared.messaging.log import Topic

REQUESTS = Topic("mentoring.requests.v1")


class RequestState(StrEnum):
    """Where a request stands: somebody is asked, said yes, nobody is left to ask, or it is not needed any more."""

    OPEN = "open"
    ACCEPTED = "accepted"
    EXHAUSTED = "exhausted"
    WITHDRAWN = "withdrawn"


class WithdrawnBecause(StrEnum):
    """Why a mentor is not asked any more."""

    BY_MENTEE = "by-mentee"
    PAIRED = "paired"
    NOT_AVAILABLE = "not-available"
    MENTEE_AWAY = "mentee-away"
    PROGRAMME_ENDED = "programme-ended"
    REQUESTS_ENDED = "requests-ended"


@dataclass(frozen=True, kw_only=True)
class RequestEvent(Event):
    """`mentor_id` is whom it is about, `rank` their place in the mentee's list from 1, `state` the request's after it.

    Neither reasons nor texts are told.
    """

    topic: ClassVar[str] = REQUESTS.name
    key_field: ClassVar[str] = "request_id"

    request_id: str
    programme_id: str
    mentee_id: str
    mentor_id: str
    rank: int
    state: RequestState


@dataclass(frozen=True, kw_only=True)
class PairRequested(RequestEvent):
    """The mentor is asked, and may answer until `answer_by`."""

    type: ClassVar[str] = "mentoring.pair-requested.v1"

    answer_by: datetime


@dataclass(frozen=True, kw_only=True)
class RequestReminderDue(RequestEvent):
    """The mentor has not answered so far: time for a reminder. They may answer until `answer_by`."""

    type: ClassVar[str] = "mentoring.request-reminder-due.v1"

    answer_by: datetime


@dataclass(frozen=True, kw_only=True)
class RequestQuestionAsked(RequestEvent):
    """The mentor wants to know more; the mentee may reply until `answer_by`."""

    type: ClassVar[str] = "mentoring.request-question-asked.v1"

    answer_by: datetime


@dataclass(frozen=True, kw_only=True)
class RequestQuestionAnswered(RequestEvent):
    """The mentee replied; the mentor may answer until `answer_by`."""

    type: ClassVar[str] = "mentoring.request-question-answered.v1"

    answer_by: datetime


@dataclass(frozen=True, kw_only=True)
class RequestAccepted(RequestEvent):
    """The mentor said yes: the two are the pair `pair_id`."""

    type: ClassVar[str] = "mentoring.request-accepted.v1"

    pair_id: str


@dataclass(frozen=True, kw_only=True)
class RequestDeclined(RequestEvent):
    """The mentor said no; the next one is asked unless the state says that there is none. `because` says why nobody is
    to be asked any more for this mentee."""

    type: ClassVar[str] = "mentoring.request-declined.v1"

    because: WithdrawnBecause | None = None


@dataclass(frozen=True, kw_only=True)
class RequestExpired(RequestEvent):
    """No answer in time; the next one is asked unless the state says that there is none."""

    type: ClassVar[str] = "mentoring.request-expired.v1"


@dataclass(frozen=True, kw_only=True)
class RequestWithdrawn(RequestEvent):
    """The mentor need not answer any more. While the state is open, the next one is asked."""

    type: ClassVar[str] = "mentoring.request-withdrawn.v1"

    because: WithdrawnBecause
