"""A mentor and a mentee, from the proposal to the farewell."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from services.matching.contracts.participants import Role
from services.matching.contracts.programmes import Gate
from shared.kernel.events import Event
from shared.messaging.log import Topic

PAIRS = Topic("mentoring.pairs.v1", compacted=True)


class PairState(StrEnum):
    """Where a pair stands."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    AWAITING_TRAINING = "awaiting-training"
    ACTIVE = "active"
    PAUSED = "paused"
    CLOSING = "closing"
    CLOSED = "closed"


class CloseReason(StrEnum):
    """Why a pair ended."""

    COMPLETED = "completed"
    ENDED_EARLY = "ended-early"
    MENTOR_LEFT = "mentor-left"
    MENTEE_LEFT = "mentee-left"
    DECLINED = "declined"


@dataclass(frozen=True)
class Party:
    """One person of a pair, in their role."""

    person_id: str
    role: Role


@dataclass(frozen=True, kw_only=True)
class PairEvent(Event):
    """The whole public state of a pair after the event.

    `run_id` is the matching run that proposed it, `succeeds` the pair it follows after a rematch, `left_id` who left
    the organisation, where that ended it: a proposal is `declined` then.
    """

    topic: ClassVar[str] = PAIRS.name
    key_field: ClassVar[str] = "pair_id"

    pair_id: str
    programme_id: str
    mentor_id: str
    mentee_id: str
    parties: tuple[Party, ...]
    state: PairState
    run_id: str | None = None
    succeeds: str | None = None
    reason: CloseReason | None = None
    left_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class PairProposed(PairEvent):
    """A coordinator put two people together and asks both."""

    type: ClassVar[str] = "mentoring.pair-proposed.v1"


@dataclass(frozen=True, kw_only=True)
class PairAccepted(PairEvent):
    """One of the two said yes."""

    type: ClassVar[str] = "mentoring.pair-accepted.v1"

    accepted_by: str


@dataclass(frozen=True, kw_only=True)
class PairReminderDue(PairEvent):
    """A coordinator will not wait longer: `silent_ids` have not said yes or, of a pair that is agreed, not done what
    comes before its start."""

    type: ClassVar[str] = "mentoring.pair-reminder-due.v1"

    silent_ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PairCreated(PairEvent):
    """Both agreed, or the coordinator published it; gates may still be open."""

    type: ClassVar[str] = "mentoring.pair-created.v1"


class WaiverReason(StrEnum):
    """Why a pair may start without something that its programme asks for."""

    DONE_BEFORE = "done-before"
    DONE_OTHERWISE = "done-otherwise"
    NOT_NEEDED = "not-needed"


@dataclass(frozen=True, kw_only=True)
class PairGateWaived(PairEvent):
    """A coordinator lets the pair start without this gate."""

    type: ClassVar[str] = "mentoring.pair-gate-waived.v1"

    gate: Gate
    because: WaiverReason


@dataclass(frozen=True, kw_only=True)
class PairActivated(PairEvent):
    """All gates of the programme are met or waived: they may start."""

    type: ClassVar[str] = "mentoring.pair-activated.v1"


@dataclass(frozen=True, kw_only=True)
class PairPaused(PairEvent):
    """They take a break."""

    type: ClassVar[str] = "mentoring.pair-paused.v1"


@dataclass(frozen=True, kw_only=True)
class PairResumed(PairEvent):
    """They go on after a break, or longer than they were to."""

    type: ClassVar[str] = "mentoring.pair-resumed.v1"


@dataclass(frozen=True, kw_only=True)
class PairClosing(PairEvent):
    """Its last weeks have begun: the two meet as before, and prepare their farewell. It is told again when a pair goes
    on that paused meanwhile."""

    type: ClassVar[str] = "mentoring.pair-closing.v1"


@dataclass(frozen=True, kw_only=True)
class PairClosed(PairEvent):
    """It is over, and the seats are free. `waiting_ids`: of a proposal that came to nothing, who had said yes and did
    not end it. `rematch_asked`: it ends because another mentor is asked for. `with_programme`: because its programme
    is over."""

    type: ClassVar[str] = "mentoring.pair-closed.v1"

    waiting_ids: tuple[str, ...] = ()
    rematch_asked: bool = False
    with_programme: bool = False


@dataclass(frozen=True, kw_only=True)
class RematchRequested(PairEvent):
    """The mentee of a closed pair asks for another mentor."""

    type: ClassVar[str] = "mentoring.rematch-requested.v1"
