"""Scores and bars of all pairs at once: the same as `rules` says of each pair, to the unit."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from services.matching.domain.matchmaking.arrays import Counts, Longs, Mask
from services.matching.domain.matchmaking.bars import bars
from services.matching.domain.matchmaking.points import points
from services.matching.domain.matchmaking.problem import Problem, Progress


@dataclass(frozen=True)
class Grid:
    """`scores` in milli-points; `barred` 0 where a pair is allowed, else 1 + the place of the first rule against it.

    `removed_by_mentee[r, i]` is how many mentors rule r removes for mentee i, alone or with others; likewise by mentor.
    """

    rules: tuple[str, ...]
    scores: Counts
    barred: npt.NDArray[np.uint8]
    removed_by_mentee: Longs
    removed_by_mentor: Longs

    @property
    def allowed(self) -> Mask:
        mask: Mask = self.barred == 0
        return mask


def grid_of(problem: Problem, progress: Progress) -> Grid:
    """Judges everybody with everybody."""
    rulebook = problem.rulebook
    steps = len(rulebook.every_hard_rule) + len(rulebook.terms) + len(rulebook.every_wish)
    barred = np.zeros((len(problem.mentees), len(problem.mentors)), dtype=np.uint8)
    by_mentee, by_mentor = [], []
    for place, rule in enumerate(rulebook.every_hard_rule):
        progress("scoring", place / steps)
        mask = bars(rule, problem)
        by_mentee.append(mask.sum(axis=1, dtype=np.int64))
        by_mentor.append(mask.sum(axis=0, dtype=np.int64))
        barred[mask & (barred == 0)] = place + 1
    names = tuple(rule.name for rule in rulebook.every_hard_rule)
    return Grid(names, _scores(problem, progress, steps), barred, np.array(by_mentee), np.array(by_mentor))


def _scores(problem: Problem, progress: Progress, steps: int) -> Counts:
    total = np.zeros((len(problem.mentees), len(problem.mentors)), dtype=np.int32)
    parts = (*problem.rulebook.terms, *problem.rulebook.every_wish)
    for place, part in enumerate(parts, start=steps - len(parts)):
        progress("scoring", place / steps)
        total += points(part, problem)
    return total
