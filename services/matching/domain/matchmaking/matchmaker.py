"""From rows to pairs with reasons, and everyone who stays without one with the cause."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from services.matching.domain.matchmaking.scoring import Mask, Matrix, Problem, Reason

Progress = Callable[[str, float], None]
"""(phase, part done 0 … 1); raises to stop the solver."""


class Solver(Protocol):
    """The port of an exact solver."""

    def solve(self, scores: Matrix, allowed: Mask, capacities: list[int], progress: Progress) -> list[int]:
        """For each mentee the column of the mentor, −1 for none: as many pairs as possible, of those the greatest sum
        of scores. `scores` (mentees × mentors, int64, ≥ 0), `allowed` likewise, `capacities` by mentor."""


@dataclass(frozen=True)
class Match:
    """A pair of rows."""

    mentee: int
    mentor: int
    score: int
    reasons: tuple[Reason, ...]
    broken_wishes: tuple[str, ...]


@dataclass(frozen=True)
class Unmatched:
    """`code` is rule (all mentors are barred, mostly by `rule`), no-seats or over-demanded."""

    mentee: int
    code: str
    rule: str | None
    broken_wishes: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """The same problem gives the same outcome."""

    matches: tuple[Match, ...]
    unmatched: tuple[Unmatched, ...]

    @property
    def total(self) -> int:
        return sum(match.score for match in self.matches)


def _unseen(_phase: str, _part: float) -> None:
    """Nobody watches."""


def match(problem: Problem, solver: Solver, progress: Progress = _unseen) -> Outcome:
    """Scores, solves and explains."""
    progress("scoring", 0.0)
    scores, allowed = problem.scores, problem.allowed
    progress("solving", 0.2)
    chosen = solver.solve(scores, allowed, problem.capacities, progress)
    progress("explaining", 0.9)
    matches = tuple(_match(problem, mentee, mentor) for mentee, mentor in enumerate(chosen) if mentor >= 0)
    unmatched = tuple(_unmatched(problem, mentee) for mentee, mentor in enumerate(chosen) if mentor < 0)
    progress("done", 1.0)
    return Outcome(matches, unmatched)


def _match(problem: Problem, mentee: int, mentor: int) -> Match:
    return Match(mentee, mentor, int(problem.scores[mentee, mentor]), tuple(problem.reasons(mentee, mentor)),
                 tuple(problem.broken_wishes(mentee, mentor)))


def _unmatched(problem: Problem, mentee: int) -> Unmatched:
    wishes = tuple(problem.broken_wishes(mentee, None))
    if problem.allowed[mentee].any():
        seats = np.array(problem.capacities)[problem.allowed[mentee]].sum()
        return Unmatched(mentee, "over-demanded" if seats else "no-seats", None, wishes)
    barred = [(int(mask[mentee].sum()), name) for name, mask in problem.bars]
    worst = max(barred, key=lambda one: one[0], default=(0, None))
    return Unmatched(mentee, "rule" if worst[0] else "no-seats", worst[1] if worst[0] else None, wishes)
