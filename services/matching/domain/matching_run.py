"""One solving of a programme, from the queue to the last published pair."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from services.matching.contracts.internal import MatchingRunQueued, ProposalSwapped
from services.matching.contracts.matching_runs import (
    MatchingRunEvent,
    MatchingRunProposed,
    MatchingRunPublished,
    RunState,
)
from services.matching.domain.found import Found
from services.matching.domain.matchmaking.aim import Aim
from services.matching.domain.matchmaking.changes import Changes
from services.matching.domain.proposal import Proposal
from services.matching.domain.quality import Quality
from services.matching.domain.swap import MOST_MOVES, Move, placed
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import WrongState

ATTEMPTS = 3
LEASE = timedelta(minutes=2)
"""A solver that is silent for so long is taken for dead; its progress renews the lease."""
SHOWN = (RunState.PROPOSED, RunState.RELEASING, RunState.PUBLISHING, RunState.PUBLISHED)
"""States of a run whose answer counts."""


class TooLate(WrongState):
    """Publishing has begun, or the run was never about to."""

    code = "too-late"


class TooManySwaps(WrongState):
    """A run takes no more changes by hand: another one keeps what was locked by them."""

    code = "too-many-swaps"


class Cancelled(WrongState):
    """Somebody stopped the run while it was solved."""

    code = "run-cancelled"


@dataclass(frozen=True)
class Progress:
    """What the solver does, and the part of the whole that is done (0 … 1)."""

    phase: str = "queued"
    part: float = 0.0


@dataclass(frozen=True)
class Refused:
    """A proposal that could not become a pair any more."""

    proposal_id: str
    code: str


@dataclass(kw_only=True)
class MatchingRun(Aggregate):
    """`mentee_id` is set when it is for one person alone, who had the pair `succeeds`. A job: `solve`, `release` and
    `publish` are its timers; `holder` names the attempt that may write. `moves`: what was swapped by hand, by proposal.
    `objective`: what it is solved for; `why`: code of what kept it from being solved. `measured`: how good it is,
    `edited` after the swaps."""

    programme_id: str
    mentee_id: str | None = None
    succeeds: str | None = None
    objective: Aim = Aim.PARTICIPATION
    state: RunState = RunState.QUEUED
    attempts: int = 0
    holder: str = ""
    progress: Progress = field(default_factory=Progress)
    found: Found | None = None
    release_at: datetime | None = None
    cursor: str | None = None
    published: int = 0
    refused: list[Refused] = field(default_factory=list)
    created_at: datetime | None = None
    moves: dict[str, Move] = field(default_factory=dict)
    why: str = ""
    measured: Quality | None = None
    edited: Quality | None = None

    @property
    def matched(self) -> int:
        """Pairs that would be published now."""
        return self.found.matched - len(self.left_alone) if self.found else 0

    @property
    def unmatched(self) -> int:
        """Mentees without a mentor, as it stands now."""
        return self.found.unmatched + len(self.left_alone) if self.found else 0

    def mentor_of(self, proposal: Proposal) -> str:
        """Whom the mentee has by now; empty: nobody."""
        return placed(proposal, self.moves.get(proposal.id)).mentor_id

    @property
    def left_alone(self) -> dict[str, str]:
        """Mentees by proposal who have nobody since a swap."""
        return {name: move.mentee_id for name, move in self.moves.items() if not move.mentor_id}

    @property
    def swaps(self) -> int:
        """Mentees to whom coordinators gave another mentor."""
        return sum(move.chosen for move in self.moves.values())

    @property
    def changes(self) -> Changes | None:
        """Since the last proposal, as the run found them; of whom a swap moved since nothing is told."""
        moved = {move.mentee_id for move in self.moves.values()}
        found = self.found.changes if self.found else None
        return found and replace(found, told=tuple(one for one in found.told if one.mentee_id not in moved))

    def queue(self, at: datetime) -> None:
        self.created_at = at
        self.set_timer("solve", at)
        self.record(MatchingRunQueued(run_id=self.id, programme_id=self.programme_id), at)

    def take(self, holder: str, now: datetime) -> None:
        """Rings what is due; an attempt at solving belongs to `holder` from then on."""
        attempts = self.attempts
        self.tick(now)
        if self.attempts > attempts:
            self.holder = holder

    def on_solve(self, now: datetime) -> None:
        if self.attempts >= ATTEMPTS:
            self.state = RunState.FAILED
            return
        self.state, self.attempts = RunState.SOLVING, self.attempts + 1
        self.set_timer("solve", now + LEASE)

    def advance(self, holder: str, progress: Progress, now: datetime) -> None:
        """Progress of this attempt. Raises Cancelled when it should stop."""
        self.require_held(holder)
        self.progress = progress
        self.set_timer("solve", now + LEASE)

    def require_held(self, holder: str) -> None:
        """Raises Cancelled for an attempt that was stopped or taken over."""
        if self.state is not RunState.SOLVING or self.holder != holder:
            raise Cancelled(f"run {self.id} is {self.state}, or solved by another worker")

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
        if self.state not in (RunState.QUEUED, RunState.SOLVING, RunState.PROPOSED):
            raise TooLate(f"run {self.id} is {self.state}")
        self.clear_timer("solve")
        self.state = RunState.DISCARDED if self.state is RunState.PROPOSED else RunState.CANCELLED

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

    @property
    def names_people(self) -> bool:
        """Beside its proposals, which are documents of their own."""
        return bool(self.moves or (self.found and self.found.names_people))

    def forget(self, person_id: str) -> None:
        """Whoever was moved to somebody who is erased has nobody; what else names them goes. Figures stay."""
        self.moves = {name: replace(move, mentor_id="") if move.mentor_id == person_id else move
                      for name, move in self.moves.items() if move.mentee_id != person_id}
        if self.found:
            self.found = self.found.without(person_id)

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
