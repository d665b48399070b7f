"""The independent checker: over all allowed pairs of a pool, block by block, with scores from the dense product."""

import numpy as np

from services.matching.engine.pool import Pool
from services.matching.engine.solution import Solution
from tests.bench.engine import product


def require_proven(pool: Pool, solution: Solution) -> None:
    """Raises AssertionError where one condition of the certificate does not hold; else nothing is better (duality).

    For pools without locks in which most pairs count first.
    """
    prices, utilities, mentor_of = solution.prices, solution.utilities, solution.mentor_of
    highest, total = 0, 0
    for first, scores in product.blocks(pool):
        rows = slice(first, first + len(scores))
        allowed = scores >= 0
        assert not (allowed & (scores - prices > utilities[rows, None])).any(), "an outsider would gain"
        seated = np.flatnonzero(mentor_of[rows] >= 0)
        at_seat = scores[seated, mentor_of[rows][seated]].astype(np.int64)
        assert (at_seat >= 0).all(), "a pair is not allowed"
        assert (at_seat - prices[mentor_of[rows][seated]] == utilities[rows][seated]).all(), "a pair off its price"
        highest, total = max(highest, int(scores.max(initial=0))), total + int(at_seat.sum())
    taken = np.bincount(mentor_of[mentor_of >= 0], minlength=pool.n_mentors)
    worth = min(pool.n_mentees, int(pool.capacity.sum())) * highest + 1
    assert (taken <= pool.capacity).all(), "too many seats"
    assert (prices >= 0).all(), "a price below 0"
    assert (taken[prices > 0] == pool.capacity[prices > 0]).all(), "a price without need"
    assert (utilities[mentor_of < 0] == -worth).all(), "somebody alone at a utility"
    assert (utilities >= -worth).all(), "a utility too low"
    assert (solution.matched, solution.total_score) == (int(taken.sum()), total), "wrong figures"
