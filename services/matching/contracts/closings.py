"""Why pairs end, by a code, for coordinators."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from shared.kernel.events import Event
from shared.messaging.log import Topic

CLOSINGS = Topic("mentoring.closings.v1", tier="coordinator")


class PartingReason(StrEnum):
    """What did not go well, or what has changed."""

    NO_FIT = "no-fit"
    NO_TIME = "no-time"
    NO_CONTACT = "no-contact"
    OTHER_GOALS = "other-goals"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class ClosingReasonGiven(Event):
    """Somebody who ended a pair said why. Who it was and what they wrote is not told."""

    topic: ClassVar[str] = CLOSINGS.name
    key_field: ClassVar[str] = "pair_id"
    type: ClassVar[str] = "mentoring.closing-reason-given.v1"

    pair_id: str
    programme_id: str
    reason: PartingReason
