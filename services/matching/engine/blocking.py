"""Blocking pairs of any assignment, also one made by hand; shares nothing with what makes stable ones."""

import numpy as np

from services.matching.engine.arrays import Ints, Longs
from services.matching.engine.checks import Given, of_length, require_inside
from services.matching.engine.problem import Problem


def blocking_pairs(problem: Problem, mentor_of: Given, *, band: int = 1, mentor_score: Given | None = None
                   ) -> list[tuple[int, int]]:
    """(mentee, mentor), sorted: both would be better off together. `mentor_of` (n), -1 for none.

    A mentee is better off at a higher score, a mentor with a free seat or with somebody of a higher band than the one
    worth least who sits there. A seat of a pair that is no edge is worth less than any.
    """
    sits = of_length("mentor_of", mentor_of, problem.n_mentees)
    require_inside("mentor_of", sits, problem.n_mentors, lowest=-1)
    liking = problem.score if mentor_score is None else of_length("mentor_score", mentor_score, len(problem.score))
    rank = liking.astype(np.int64) // band
    seated = sits[problem.mentee] == problem.mentor
    own = np.full(problem.n_mentees, -1, np.int64)
    own[problem.mentee[seated]] = problem.score[seated]
    least = _least_wanted(problem, np.asarray(sits), rank, seated)
    blocks = ~seated & (problem.score > own[problem.mentee]) & (rank > least[problem.mentor])
    blocks &= (problem.wants[problem.mentee] > 0) & (problem.capacity[problem.mentor] > 0)
    return list(zip(problem.mentee[blocks].tolist(), problem.mentor[blocks].tolist(), strict=True))


def _least_wanted(problem: Problem, sits: Ints, rank: Longs, seated: Ints) -> Longs:
    """By mentor: the lowest rank that sits there; below all where a seat is free or taken by somebody not allowed."""
    taken = np.bincount(sits[sits >= 0], minlength=problem.n_mentors)
    known = np.bincount(problem.mentor[seated], minlength=problem.n_mentors)
    least = np.full(problem.n_mentors, 2**62, np.int64)
    np.minimum.at(least, problem.mentor[seated], rank[seated])
    least[(taken < problem.capacity) | (known < taken)] = -1
    return least
