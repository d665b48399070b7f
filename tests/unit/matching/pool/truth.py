"""What must hold of every solution of a pool, judged by brute force."""

import numpy as np

from services.matching.engine.pool import Pool
from services.matching.engine.solution import Solution
from tests.unit.matching.pool import dense


def require_best(pool: Pool, solution: Solution) -> None:
    """Raises AssertionError unless count and sum are the best of all pairs, and the certificate holds for all."""
    scores = dense.table(pool)
    assert of_free(pool, scores, solution) == dense.participation(pool, scores)
    assert dense.flaws(pool, scores, solution, seat_worth(pool, scores)) == []
    assert solution.optimal


def seat_worth(pool: Pool, scores: np.ndarray) -> int:
    """As the specification has it, over those who are free and have room."""
    free, left = dense.free(pool, scores)
    seats = min(int((pool.locks < 0).sum()), int(np.minimum(left, (pool.locks < 0).sum()).sum()))
    return seats * max(int(free[:, left > 0].max(initial=0)), 0) + 1


def of_free(pool: Pool, scores: np.ndarray, solution: Solution) -> tuple[int, int]:
    """(pairs, score) without the locked ones."""
    locked = np.flatnonzero(pool.locks >= 0)
    return (solution.matched - len(locked), solution.total_score - int(scores[locked, pool.locks[locked]].sum()))
