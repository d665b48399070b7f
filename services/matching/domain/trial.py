"""A trial of other rules: the same people are matched by the present rules and by those, and nothing comes of it."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from services.matching.domain.attempts import LEASE, InAttempts
from shared.kernel.ids import derived_id

ATTEMPTS = 2
KEPT = timedelta(days=1)
"""What was found: people come and go meanwhile."""
RULES_KEPT = timedelta(days=30)
"""What was entered, from then on."""


class TrialState(StrEnum):
    """Where a trial stands."""

    WAITING = "waiting"
    SOLVED = "solved"
    FAILED = "failed"
    OUTDATED = "outdated"
    OVER = "over"


@dataclass(frozen=True, kw_only=True)
class Matched:
    """Figures of one matching; `best` is the highest score a pair can have by its rules."""

    matched: int
    unmatched: int
    total: int
    best: int


@dataclass(frozen=True, kw_only=True)
class Weak:
    """One of the weakest pairs by the tried rules. `before`: whether the present rules put the two together as well."""

    mentor_id: str
    mentee_id: str
    score: int
    before: bool


@dataclass(frozen=True, kw_only=True)
class Free:
    """Whom a run would take now: mentees who have room for a mentor, and mentors with so many free seats together."""

    mentees: int = 0
    mentors: int = 0
    seats: int = 0

    @property
    def anybody(self) -> bool:
        """Whether there is a pair to be made."""
        return self.mentees > 0 and self.mentors > 0


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What the tried rules change for those who are `free`, or, where a run would find nobody to put together, for
    everybody who takes part. `moved`: mentees who would have other mentors than by the present rules."""

    now: Matched
    tried: Matched
    moved: int
    weakest: tuple[Weak, ...] = ()
    free: Free = field(default_factory=Free)

    @property
    def as_if_unpaired(self) -> bool:
        """Whether everybody is counted, as if nobody had a partner."""
        return not self.free.anybody


def turn_of(programme_id: str, by: str) -> str:
    """Of somebody who tries rules of a programme."""
    return derived_id("trial", programme_id, by)


@dataclass(kw_only=True)
class Trial(InAttempts):
    """A job. A day after it was asked for what it found is deleted, and later the rules that were tried. `why` is the
    code of what kept it from being solved. `turn` is the same for all of one person in a programme: of those that wait
    the newest is solved."""

    programme_id: str
    rules: dict[str, Any]
    created_at: datetime
    turn: str = ""
    state: TrialState = TrialState.WAITING
    difference: Difference | None = None
    why: str = ""

    @classmethod
    def begin(cls, id: str, programme_id: str, rules: dict[str, Any], by: str, at: datetime) -> "Trial":
        trial = cls(id=id, programme_id=programme_id, rules=rules, created_at=at, turn=turn_of(programme_id, by))
        trial.set_timer("solve", at)
        trial.set_timer("forget", at + KEPT)
        return trial

    @property
    def being_solved(self) -> bool:
        return self.state is TrialState.WAITING

    def on_solve(self, now: datetime) -> None:
        """One attempt; the timer stands for the next, should this one die."""
        if self.attempts >= ATTEMPTS:
            return self._end(TrialState.FAILED, why="gave-up")
        self.attempts += 1
        return self.set_timer("solve", now + LEASE)

    def on_forget(self, now: datetime) -> None:
        """The rules stay, to be tried again."""
        self.difference = None
        self._end(TrialState.OUTDATED, why="outdated")
        self.set_timer("delete", now + RULES_KEPT)

    def on_delete(self, now: datetime) -> None:
        """That is next; the timer stands in case it fails."""
        self._end(TrialState.OVER)
        self.set_timer("delete", now + LEASE)

    def conclude(self, holder: str, difference: Difference) -> None:
        self.require_held(holder)
        self.difference = difference
        self._end(TrialState.SOLVED)

    def give_up(self, holder: str, why: str) -> None:
        self.require_held(holder)
        self._end(TrialState.FAILED, why)

    def make_way(self) -> None:
        """To a newer one; what is solved stays."""
        if self.state is TrialState.WAITING:
            self._end(TrialState.FAILED, why="superseded")

    def _end(self, state: TrialState, why: str = "") -> None:
        self.state, self.why = state, why or self.why
        self.clear_timer("solve")

    def forget(self, person_id: str) -> None:
        """Pairs with somebody who is erased are not named."""
        if self.difference:
            left = tuple(one for one in self.difference.weakest if person_id not in (one.mentor_id, one.mentee_id))
            self.difference = replace(self.difference, weakest=left)
