"""The certificate, checked in one pass by code that shares nothing with the solver."""

from dataclasses import dataclass

import numpy as np

from services.matching.engine.problem import Problem
from services.matching.engine.solution import Solution


@dataclass(frozen=True)
class Certificate:
    """`value` of the matching and the `bound` that none exceeds, with worths; `broken` names what does not hold."""

    value: int
    bound: int
    broken: tuple[str, ...]

    @property
    def valid(self) -> bool:
        """The matching is allowed, and no other is worth more."""
        return not self.broken and self.value == self.bound


def verify(problem: Problem, solution: Solution) -> Certificate:
    """Weak duality: no matching is worth more than what its seats and mentees are charged, whatever the prices."""
    n, m = problem.n_mentees, problem.n_mentors
    p, u = solution.prices.astype(np.int64), solution.utilities.astype(np.int64)
    edge = problem.mentee.astype(np.int64) * max(m, 1) + problem.mentor
    seats = solution.seats_mentee.astype(np.int64) * max(m, 1) + solution.seats_mentor
    at = np.minimum(np.searchsorted(edge, seats), max(len(edge) - 1, 0))
    known = len(edge) > 0 and bool((edge[at] == seats).all()) if len(seats) else True
    taken, had = np.bincount(solution.seats_mentor, minlength=m), np.bincount(solution.seats_mentee, minlength=n)
    worths = np.concatenate([[0], np.cumsum(problem.worths)])
    held = np.isin(edge, seats, assume_unique=True)
    gain = problem.score.astype(np.int64) - p[problem.mentor] - u[problem.mentee]
    most = np.minimum(problem.wants, len(problem.worths))
    # what a mentee is charged for k seats at u each, the best k of those they may have: worths fall, so the best k is
    # where B_k + u turns negative
    ladder = (problem.worths[None, :] + u[:, None]) * (np.arange(len(problem.worths))[None, :] < most[:, None])
    broken = {
        "a pair is not an edge": not known,
        "a pair sits twice": len(np.unique(seats)) < len(seats),
        "a mentor has too many": bool((taken > problem.capacity).any()),
        "a mentee has too many": bool((had > most).any()),
        "a price is negative": bool((p < 0).any()),
        "a priced seat is vacant": bool(((p > 0) & (taken < problem.capacity)).any()),
        "an outsider would gain": bool((gain[~held] > 0).any()),
        "a pair would rather part": bool((gain[held] < 0).any()),
    }
    bound = np.maximum(ladder, 0).sum() + (problem.capacity * p).sum() + gain[held].sum()
    value = (problem.score[held].sum(dtype=np.int64) if known else 0) + worths[np.minimum(had, len(worths) - 1)].sum()
    return Certificate(int(value), int(bound), tuple(name for name, is_so in broken.items() if is_so))
