"""Mentors who are asked to go on when a programme is over for them, and what they answer."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from shared.kernel.events import Event
from shared.messaging.log import Topic

RENEWALS = Topic("mentoring.renewals.v1")


class RenewalAnswer(StrEnum):
    """Whether a mentor goes on."""

    STAY = "stay"
    PAUSE = "pause"
    LEAVE = "leave"


@dataclass(frozen=True, kw_only=True)
class RenewalEvent(Event):
    """Of one mentor of one programme. `application_id` is the key of the participant."""

    topic: ClassVar[str] = RENEWALS.name
    key_field: ClassVar[str] = "application_id"

    application_id: str
    programme_id: str
    person_id: str


@dataclass(frozen=True, kw_only=True)
class RenewalAsked(RenewalEvent):
    """The last pair of the mentor is complete: will they go on?"""

    type: ClassVar[str] = "mentoring.renewal-asked.v1"


@dataclass(frozen=True, kw_only=True)
class RenewalAnswered(RenewalEvent):
    """The mentor has decided. `capacity`: with room for so many mentees; None unless they stay. What moves or hinders
    them is in no event."""

    type: ClassVar[str] = "mentoring.renewal-answered.v1"

    decided: RenewalAnswer
    capacity: int | None = None
