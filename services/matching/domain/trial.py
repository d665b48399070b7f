"""A trial of other rules: everybody is matched by the present rules and by those, and nothing comes of it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from shared.kernel.aggregate import Aggregate

ATTEMPTS = 2
LEASE = timedelta(minutes=10)
"""An attempt that says nothing for so long is taken for dead."""
KEPT = timedelta(days=1)


class TrialState(StrEnum):
    """Where a trial stands."""

    WAITING = "waiting"
    SOLVED = "solved"
    FAILED = "failed"
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
class Difference:
    """What the tried rules change. `moved`: mentees who would have other mentors than by the present rules."""

    now: Matched
    tried: Matched
    moved: int
    weakest: tuple[Weak, ...] = ()


@dataclass(kw_only=True)
class Trial(Aggregate):
    """A job, deleted a day after it was asked for. `why` is the code of what kept it from being solved."""

    programme_id: str
    rules: dict[str, Any]
    created_at: datetime
    state: TrialState = TrialState.WAITING
    attempts: int = 0
    difference: Difference | None = None
    why: str = ""

    @classmethod
    def begin(cls, id: str, programme_id: str, rules: dict[str, Any], at: datetime) -> "Trial":
        trial = cls(id=id, programme_id=programme_id, rules=rules, created_at=at)
        trial.set_timer("solve", at)
        trial.set_timer("forget", at + KEPT)
        return trial

    def on_solve(self, now: datetime) -> None:
        """One attempt; the timer stands for the next, should this one die."""
        if self.attempts >= ATTEMPTS:
            return self.give_up("gave-up")
        self.attempts += 1
        return self.set_timer("solve", now + LEASE)

    def on_forget(self, now: datetime) -> None:
        """It is deleted next; the timer stands in case that fails."""
        self.state = TrialState.OVER
        self.clear_timer("solve")
        self.set_timer("forget", now + LEASE)

    def conclude(self, difference: Difference) -> None:
        """A second answer changes nothing."""
        if self.state is TrialState.WAITING:
            self.state, self.difference = TrialState.SOLVED, difference
            self.clear_timer("solve")

    def give_up(self, why: str) -> None:
        if self.state is TrialState.WAITING:
            self.state, self.why = TrialState.FAILED, why
            self.clear_timer("solve")

    def forget(self, person_id: str) -> None:
        """Pairs with somebody who is erased are not named."""
        if self.difference:
            left = tuple(one for one in self.difference.weakest if person_id not in (one.mentor_id, one.mentee_id))
            self.difference = replace(self.difference, weakest=left)
