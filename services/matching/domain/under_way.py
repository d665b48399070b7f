"""The part of a pair that says how it goes on: its breaks, and its last weeks."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime

from services.matching.contracts.pairs import CloseReason, PairClosing, PairEvent, PairPaused, PairResumed, PairState
from shared.kernel.aggregate import Aggregate

LIVE = (PairState.AWAITING_TRAINING, PairState.ACTIVE, PairState.PAUSED, PairState.CLOSING)
MEETING = (PairState.ACTIVE, PairState.CLOSING)
"""The two meet: in its last weeks a pair goes on as before."""


@dataclass(kw_only=True)
class UnderWay(Aggregate, ABC):
    """The pair pauses for those who are `away` on leave, but not for whom somebody had it go on `through_leave`, until
    they are back. `agreed_end` is an ISO date that the two wrote down.
    `last_weeks`: they have begun. A pair that pauses then, or has not started, is closing as soon as it goes on or
    starts."""

    state: PairState
    away: tuple[str, ...] = ()
    through_leave: tuple[str, ...] = ()
    agreed_end: str = ""
    last_weeks: bool = False

    @property
    def live(self) -> bool:
        return self.state in LIVE

    @property
    def begun(self) -> bool:
        """Whether the two are under way: all that comes before is done."""
        return self.live and self.state is not PairState.AWAITING_TRAINING

    @property
    def natural_end(self) -> CloseReason:
        """How it ends with its programme: what never began is not complete."""
        if not self.live:
            return CloseReason.DECLINED
        return CloseReason.COMPLETED if self.begun else CloseReason.ENDED_EARLY

    def pause(self, by: str, at: datetime) -> None:
        self._require(*MEETING)
        self._move(PairState.PAUSED, PairPaused, at, by)

    def resume(self, by: str, at: datetime, absent: tuple[str, ...] = ()) -> None:
        """It goes on through the leaves of those of its two who are `absent` now."""
        self._require(PairState.PAUSED)
        self.away, self.through_leave = (), tuple(dict.fromkeys((*self.through_leave, *self.away, *absent)))
        self._go_on(at, by)

    def be_away(self, person_id: str, away: bool, at: datetime) -> None:
        """A leave pauses the pair until nobody is away any more; a break that the two took themselves goes on."""
        if not self.misses(person_id, away):
            return
        waits = bool(self.away)
        self.away = (*self.away, person_id) if away else _without(person_id, self.away)
        self.through_leave = _without(person_id, self.through_leave)
        if away or waits:
            self._pause_for_leave(at)

    def misses(self, person_id: str, away: bool) -> bool:
        """Whether it would change something that somebody is on leave, or is not."""
        heard = person_id in (*self.away, *self.through_leave)
        own_break = self.state is PairState.PAUSED and not self.away
        return self.state is not PairState.CLOSED and heard is not away and not (away and own_break)

    def close_from(self, moment: datetime | None, at: datetime) -> None:
        """Its last weeks begin at this moment, or have begun; None: it has none. Where its end was moved on, it goes on
        as before."""
        if not self.live:
            return
        self.last_weeks = moment is not None and moment <= at
        self.clear_timer("last-weeks")
        if moment and self.agreed_end and not self.last_weeks:
            self.set_timer("last-weeks", moment)
        if self.state is PairState.CLOSING and not self.last_weeks:
            self._go_on(at, None)
        self._close_in_time(at)

    def _close_in_time(self, at: datetime) -> None:
        if self.last_weeks and self.state is PairState.ACTIVE:
            self._move(PairState.CLOSING, PairClosing, at, None)

    def _pause_for_leave(self, at: datetime) -> None:
        if self.away and self.state in MEETING:
            self._move(PairState.PAUSED, PairPaused, at, None)
        elif not self.away and self.state is PairState.PAUSED:
            self._go_on(at, None)

    def _go_on(self, at: datetime, by: str | None) -> None:
        self._move(PairState.ACTIVE, PairResumed, at, by)
        self._close_in_time(at)

    @abstractmethod
    def _require(self, *states: PairState) -> None: ...

    @abstractmethod
    def _move(self, state: PairState, event: type[PairEvent], at: datetime, by: str | None) -> None: ...


def _without(person_id: str, some: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one for one in some if one != person_id)
