"""One or two mentors and several mentees, from the first thought to the farewell."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from services.matching.contracts.pairs import Party
from services.matching.contracts.participants import Role
from shared.kernel.events import Event
from shared.messaging.log import Topic

CIRCLES = Topic("mentoring.circles.v1", compacted=True)
CIRCLE_SEATS = Topic("mentoring.circle-seats.v1", tier="coordinator")


class CircleState(StrEnum):
    """Where a circle stands."""

    FORMING = "forming"
    ACTIVE = "active"
    CLOSING = "closing"
    CLOSED = "closed"


class CircleCloseReason(StrEnum):
    """Why a circle ended."""

    COMPLETED = "completed"
    ENDED_EARLY = "ended-early"
    TOO_FEW = "too-few"


@dataclass(frozen=True, kw_only=True)
class CircleEvent(Event):
    """The whole public state of a circle after the event.

    `parties` are all who sit in it; `joined_ids` and `left_ids` are people whom this event brought or took away.
    """

    topic: ClassVar[str] = CIRCLES.name
    key_field: ClassVar[str] = "circle_id"

    circle_id: str
    programme_id: str
    parties: tuple[Party, ...]
    state: CircleState
    min_mentees: int
    max_mentees: int
    joined_ids: tuple[str, ...] = ()
    left_ids: tuple[str, ...] = ()
    reason: CircleCloseReason | None = None


@dataclass(frozen=True, kw_only=True)
class CircleFormed(CircleEvent):
    """A coordinator put one or two mentors before a circle that looks for mentees. They are told of when they hold
    their seats, as everybody who joins."""

    type: ClassVar[str] = "mentoring.circle-formed.v1"


@dataclass(frozen=True, kw_only=True)
class CircleChanged(CircleEvent):
    """Somebody joined or left; with mentees enough it is active from then on, and stays so. Or its end was moved on,
    and its last weeks are to come again."""

    type: ClassVar[str] = "mentoring.circle-changed.v1"


@dataclass(frozen=True, kw_only=True)
class CircleClosing(CircleEvent):
    """The last weeks have begun, with those of its programme: it goes on as before, and prepares its farewell."""

    type: ClassVar[str] = "mentoring.circle-closing.v1"


@dataclass(frozen=True, kw_only=True)
class CircleClosed(CircleEvent):
    """It is over, and the seats are free. `parties` are those who sat in it at the end; it is told again when somebody
    took a seat in that moment."""

    type: ClassVar[str] = "mentoring.circle-closed.v1"


class SeatLostBecause(StrEnum):
    """Why somebody sits in a circle no more who did not leave it of their own accord."""

    BY_COORDINATOR = "by-coordinator"
    BARRED_BY_RULE = "barred-by-rule"
    NO_FREE_SEAT = "no-free-seat"
    TAKES_PART_NO_MORE = "takes-part-no-more"


@dataclass(frozen=True, kw_only=True)
class CircleSeatLost(Event):
    """Somebody sits in a circle no more, who did not leave it themselves and whose circle goes on. They may have sat
    there for so short a time that no event of the circle names them."""

    topic: ClassVar[str] = CIRCLE_SEATS.name
    key_field: ClassVar[str] = "seat_id"
    type: ClassVar[str] = "mentoring.circle-seat-lost.v1"

    seat_id: str
    circle_id: str
    programme_id: str
    person_id: str
    role: Role
    because: SeatLostBecause
