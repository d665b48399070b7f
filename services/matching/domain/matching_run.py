"""One solving of a programme, from the queue to the last published pair."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.matching.contracts.internal import MatchingRunQueued, ProposalSwapped
from services.matching.contracts.matching_runs import (
    MatchingRunEvent,
    MatchingRunProposed,
    MatchingRunPublished,
    RunState,
)
from services.matching.domain.attempts import LEASE, InAttempts, Progress
from services.matching.domain.found import Found
from services.matching.domain.matchmaking.aim import Aim
from services.matching.domain.quality import Quality
from services.matching.domain.run_outcome import Outcome, Refused
from services.matching.domain.swap import MOST_MOVES, Move
from shared.kernel.errors import WrongState

ATTEMPTS = 3
SHOWN = (RunState.PROPOSED, RunState.RELEASING, RunState.PUBLISHING, RunState.PUBLISHED)
"""States of a run whose answer counts."""
UNPUBLISHED = (RunState.QUEUED, RunState.SOLVING, RunState.PROPOSED)
"""States of a run that can be cancelled."""


class TooLate(WrongState):
    """Publishing has begun, or the run was never about to."""

    code = "too-late"


class TooManySwaps(WrongState):
    """A run takes no more changes by hand: another one keeps what was locked by them."""

    code = "too-many-swaps"


@dataclass(kw_only=True)
class MatchingRun(InAttempts, Outcome):
    """`mentee_id` is set when it is for one person alone, who had the pair `succeeds`. A job: `solve`, `release` and
    `publish` are its timers. `objective`: what it is solved for; `why`: code of what kept it from being solved, or had
    it set aside. `measured`: how good it is, `edited` after the swaps."""

    programme_id: str
    mentee_id: str | None = None
    succeeds: str | None = None
    objective: Aim = Aim.PARTICIPATION
    state: RunState = RunState.QUEUED
    release_at: datetime | None = None
    cursor: str | None = None
    published: int = 0
    created_at: datetime | None = None
    why: str = ""
    measured: Quality | None = None
    edited: Quality | None = None

    @property
    def shown_batch(self) -> str:
        """The batch that may be looked at; none while it is solved."""
        return self.holder if self.found else ""

    def queue(self, at: datetime) -> None:
        self.created_at = at
        self.set_timer("solve", at)
        self.record(MatchingRunQueued(run_id=self.id, programme_id=self.programme_id), at)

    @property
    def being_solved(self) -> bool:
        return self.state is RunState.SOLVING

    def on_solve(self, now: datetime) -> None:
        if self.attempts >= ATTEMPTS:
            self.state = RunState.FAILED
            return
        self.state, self.attempts = RunState.SOLVING, self.attempts + 1
        self.set_timer("solve", now + LEASE)

    def propose(self, holder: str, found: Found, at: datetime, measured: Quality | None = None) -> None:
        self.require_held(holder)
        self.clear_timer("solve")
        self.measured, self.edited = measured, None
        self.state, self.found, self.progress = RunState.PROPOSED, found, Progress("done", 1.0)
        self._tell(MatchingRunProposed, found.matched, at)

    def give_up(self, holder: str, why: str) -> None:
        """The input cannot be solved: trying again would not help."""
        self.require_held(holder)
        self.clear_timer("solve")
        self.state, self.why = RunState.FAILED, why

    def cancel(self) -> None:
        """Takes effect on a solver within a second; a proposed run is discarded."""
        if self.state not in UNPUBLISHED:
            raise TooLate(f"run {self.id} is {self.state}")
        self.clear_timer("solve")
        self.state = RunState.DISCARDED if self.state is RunState.PROPOSED else RunState.CANCELLED

    def set_aside(self, why: str) -> None:
        """A proposal that nobody needs any more."""
        if self.state is RunState.PROPOSED:
            self.cancel()
            self.why = why

    def end(self) -> None:
        """Its programme matches nobody any more: of what is not published nothing will be."""
        if self.state is RunState.RELEASING:
            self.undo()
        if self.state in UNPUBLISHED:
            self.cancel()

    def swap(self, moves: dict[str, Move], instead_of: str, by: str, at: datetime) -> None:
        """One mentee is given the mentor `chosen`, and whoever has to makes way. Raises TooManySwaps."""
        if self.state is not RunState.PROPOSED:
            raise WrongState(f"run {self.id} is {self.state}: only proposed runs are changed by hand")
        if len(self.moves | moves) > MOST_MOVES:
            raise TooManySwaps(f"{MOST_MOVES} pairs of this run were swapped: run again, what was chosen is locked")
        self.moves = self.moves | moves
        for move in moves.values():
            if move.chosen:
                self.record(ProposalSwapped(run_id=self.id, programme_id=self.programme_id, mentor_id=move.mentor_id,
                                            mentee_id=move.mentee_id, instead_of=instead_of, swapped_by=by), at)

    def publish(self, undo_minutes: int, at: datetime) -> None:
        """Pairs are made when the time for undoing is over; until then nobody hears of it."""
        if self.state is not RunState.PROPOSED:
            raise WrongState(f"run {self.id} is {self.state}: only proposed runs can be published")
        self.state, self.release_at = RunState.RELEASING, at + timedelta(minutes=undo_minutes)
        self.set_timer("release", self.release_at)

    def undo(self) -> None:
        """Back to the proposal, as long as no pair was made."""
        if self.state is not RunState.RELEASING:
            raise TooLate(f"run {self.id} is {self.state}: there is nothing to undo, or it is too late")
        self.state, self.release_at = RunState.PROPOSED, None
        self.clear_timer("release")

    def release(self, at: datetime) -> None:
        """No second thoughts: it leaves before the time is over, and can be taken back no more. Raises TooLate."""
        if self.state is not RunState.RELEASING:
            raise TooLate(f"run {self.id} is {self.state}: nothing waits to be released")
        self.release_at = at
        self.clear_timer("release")
        self.on_release(at)

    def on_release(self, now: datetime) -> None:
        self.state = RunState.PUBLISHING
        self.set_timer("publish", now)

    def on_publish(self, now: datetime) -> None:
        """The next rows; the timer stands until they are done, so that a crash repeats them."""
        self.set_timer("publish", now)

    def move_on(self, before: str | None, after: str | None, made: int, refused: list[Refused], at: datetime) -> None:
        """The rows behind `before` are done, up to `after` (None: all). Repeats of the same rows change nothing."""
        if self.state is not RunState.PUBLISHING or self.cursor != before:
            return
        self.cursor, self.published = after, self.published + made
        self.refused += refused
        if after is None:
            self.clear_timer("publish")
            self.state = RunState.PUBLISHED
            self._tell(MatchingRunPublished, self.published, at)

    def _tell(self, event: type[MatchingRunEvent], pairs: int, at: datetime) -> None:
        self.record(event(run_id=self.id, programme_id=self.programme_id, state=self.state, pairs=pairs,
                          unmatched=self.unmatched), at)
