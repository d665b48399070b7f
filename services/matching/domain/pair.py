"""A mentor and a mentee, from the proposal to the farewell."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from services.matching.contracts.closings import ClosingReasonGiven
from services.matching.contracts.pairs import (
    CloseReason,
    PairActivated,
    PairClosed,
    PairCreated,
    PairEvent,
    PairState,
    RematchRequested,
)
from services.matching.contracts.programmes import Gate
from services.matching.domain.asked import OPEN as OPEN
from services.matching.domain.asked import AlreadyDecided as AlreadyDecided
from services.matching.domain.history import about
from services.matching.domain.parting import (
    DeclineNeedsReason,
    NeedsReason,
    NotTheirReason,
    PairNotBegun,
    Parting,
    Refusal,
)
from services.matching.domain.prepared import Prepared
from services.matching.domain.proposal import DecidedBy
from services.matching.domain.seats import Seats, belong, released
from services.matching.domain.under_way import LIVE

GONE = (CloseReason.MENTOR_LEFT, CloseReason.MENTEE_LEFT)
"""Reasons that follow from the directory alone."""


@dataclass(kw_only=True)
class Pair(Prepared):
    """Seats are unique over all pairs (`domain/seats.py`). `decided_by`: what put them together in the run `run_id`.
    `parting` is for coordinators alone, `refusal` for whoever said no, `one_question` (of a flash pair) for the two."""

    shape: ClassVar[int] = 2

    programme_id: str
    mentor_seat: str
    mentee_seat: str
    couple: str
    organisation_seat: str
    run_id: str | None = None
    decided_by: DecidedBy | None = None
    succeeds: str | None = None
    reason: CloseReason | None = None
    left_id: str | None = None
    rematch: bool = False
    parting: Parting | None = None
    refusal: Refusal | None = None
    one_question: str = ""

    @property
    def seated(self) -> bool:
        """Whether it holds what it must, or nothing where it must not."""
        held = Seats(self.mentor_seat, self.mentee_seat, self.couple, self.organisation_seat)
        if self.live:
            return belong(held, self.programme_id, self.mentor_id, self.mentee_id)
        return held == released(self.id)

    @property
    def may_complete(self) -> bool:
        """Whether the two may say themselves that it is complete: they have begun, and its last weeks have."""
        return self.last_weeks and self.state in (PairState.CLOSING, PairState.PAUSED)

    def agree(self, by: str, seats: Seats, at: datetime) -> None:
        """A party says yes for itself, a coordinator for both."""
        if by in (self.mentor_id, self.mentee_id):
            self.accept(by, seats, at)
        else:
            self.publish(seats, at)

    def publish(self, seats: Seats, at: datetime) -> None:
        """The coordinator decides for both."""
        self._require(*OPEN)
        self._create(seats, at, None)

    def agree_terms(self, by: str, ends_on: str, at: datetime) -> None:
        """The two wrote down how they meet, and until when, which may be left open."""
        self.agreed_end = ends_on
        self.meet(Gate.AGREEMENT, by, at)

    def close(self, reason: CloseReason, by: str | None, at: datetime, left_id: str | None = None,
              **why: bool) -> None:
        """Ends it and frees the seats; `why` goes with its event. A proposal can be declined, and nothing else. Raises
        PairNotBegun."""
        self._require(*OPEN, *LIVE)
        if (reason is CloseReason.DECLINED) != (self.state in OPEN):
            raise AlreadyDecided(f"pair {self.id} is {self.state}: it cannot end as {reason}")
        if reason is CloseReason.COMPLETED and not self.begun:
            raise PairNotBegun(f"pair {self.id} never began")
        waiting = () if self.live else tuple(one for one in self.accepted_by if one not in (by, left_id))
        self.reason, self.left_id, self.state = reason, left_id, PairState.CLOSED
        self._hold(released(self.id))
        self.clear_timer("last-weeks")
        self._tell(PairClosed, at, by, waiting_ids=waiting, **why)

    def end(self, reason: CloseReason, parting: Parting | None, by: str, at: datetime) -> None:
        """Somebody ends it and may say why; one of the two declines by `refuse`. That somebody has left is for the
        directory to say, and before the last weeks a coordinator says that it is complete. Raises DeclineNeedsReason,
        NotTheirReason."""
        party = by in (self.mentor_id, self.mentee_id)
        if self.state in OPEN and party:
            raise DeclineNeedsReason("say why you decline: nobody reads it as yours")
        if self.live and (reason in GONE or (reason is CloseReason.COMPLETED and party and not self.may_complete)):
            raise NotTheirReason(f"it is not for you to say that it ends as {reason}")
        self.close(reason, by, at)
        self._say(parting, at)

    def refuse(self, refusal: Refusal, at: datetime) -> None:
        """One of the two says no to the proposal."""
        self.require_party(refusal.by)
        self._require(*OPEN)
        self.refusal = refusal
        self.close(CloseReason.DECLINED, refusal.by, at)

    def someone_left(self, person_id: str, at: datetime) -> None:
        """Whoever leaves ends their pairs, and of a proposal nothing comes; a pair that has ended stays as it is."""
        if self.state is not PairState.CLOSED:
            gone = CloseReason.MENTOR_LEFT if person_id == self.mentor_id else CloseReason.MENTEE_LEFT
            self.close(CloseReason.DECLINED if self.state in OPEN else gone, None, at, left_id=person_id)

    def fall_through(self, at: datetime) -> None:
        """Nothing can come of the proposal any more; a pair that is under way or has ended stays as it is."""
        if self.state in OPEN:
            self.close(CloseReason.DECLINED, None, at)

    def complete(self, at: datetime) -> None:
        """The programme is over; a pair that has ended stays as it is."""
        if self.state is not PairState.CLOSED:
            self.close(self.natural_end, None, at, with_programme=True)

    def conclude(self, at: datetime) -> None:
        """All that the two came together for is done; a pair that has ended stays as it is."""
        if self.live:
            self.close(self.natural_end, None, at)

    def ask_for_rematch(self, by: str, parting: Parting | None, at: datetime) -> None:
        """Another mentor, please: a live pair ends with it, for a reason that stays between whoever says it and the
        coordinators. Once a pair, and not for a mentee who left. Raises NeedsReason."""
        if self.rematch or self.left_id == self.mentee_id or self.state in OPEN:
            raise AlreadyDecided(f"pair {self.id} is {self.state} and cannot be followed by another")
        if self.live and parting is None:
            raise NeedsReason("say why the pair ends: only coordinators read it")
        if self.live:
            self.close(CloseReason.ENDED_EARLY, by, at, rematch_asked=True)
        self._say(parting, at)
        self.rematch = True
        self._tell(RematchRequested, at, by)

    def _say(self, parting: Parting | None, at: datetime) -> None:
        if parting:
            self.parting = parting
            self.record(ClosingReasonGiven(pair_id=self.id, programme_id=self.programme_id, reason=parting.reason), at)

    def forget(self, person_id: str) -> None:
        """What was said about somebody who is erased, or by them."""
        self.parting = self.parting and self.parting.without(person_id)
        if person_id in (self.mentor_id, self.mentee_id):
            self.one_question, self.refusal = "", self.refusal and self.refusal.without(person_id)

    def release(self) -> None:
        """What is not under way holds no seat."""
        if not self.live:
            self._hold(released(self.id))

    def _create(self, seats: Seats, at: datetime, by: str | None) -> None:
        self._hold(seats)
        self._move(PairState.AWAITING_TRAINING, PairCreated, at, by)
        self._activate_when_ready(at)

    def _activate_when_ready(self, at: datetime) -> None:
        if not self._missing:
            self._move(PairState.ACTIVE, PairActivated, at, None)
            self._pause_for_leave(at)
            self._close_in_time(at)

    def _hold(self, seats: Seats) -> None:
        self.mentor_seat, self.mentee_seat, self.couple = seats.mentor, seats.mentee, seats.couple
        self.organisation_seat = seats.organisation

    def _require(self, *states: PairState) -> None:
        if self.state not in states:
            raise AlreadyDecided(f"pair {self.id} is {self.state}")

    def _move(self, state: PairState, event: type[PairEvent], at: datetime, by: str | None) -> None:
        self.state = state
        self._tell(event, at, by)

    def _tell(self, event: type[PairEvent], at: datetime, by: str | None, **more: Any) -> None:
        self.history.append(about(event, at, by, self.reason, more.get("gate"), more.get("because")))
        self.record(
            event(
                pair_id=self.id,
                programme_id=self.programme_id,
                mentor_id=self.mentor_id,
                mentee_id=self.mentee_id,
                parties=self.parties,
                state=self.state,
                run_id=self.run_id,
                succeeds=self.succeeds,
                reason=self.reason,
                left_id=self.left_id,
                **more,
            ),
            at,
        )
