"""Fairness on pools against brute force over all pairs: the same number of pairs, the level, then the sum."""

from collections.abc import Callable, Iterable

import numpy as np
import pytest

from services.matching.engine.pool import Bonus, Pool
from services.matching.engine.refused import Refused
from services.matching.engine.solve_pool import solve_pool
from tests.unit.matching.pool import dense
from tests.unit.matching.pool.builders import a_pool

Keeps = Callable[[int], np.ndarray]


def fairest(pool: Pool, scores: np.ndarray, levels: Iterable[int], keeps: Keeps) -> tuple[int, tuple[int, int]]:
    """The first level at which all are seated who can be, and (pairs, sum) there."""
    most, _ = dense.participation(pool, scores)
    for level in levels:
        found = dense.participation(pool, np.where(keeps(level), scores, dense.OUT))
        if found[0] == most:
            return level, found
    raise AssertionError("no level seats all who can be")


def regrets(scores: np.ndarray) -> np.ndarray:
    return scores.max(axis=1, keepdims=True, initial=0) - scores


def roomy(pool: Pool) -> bool:
    """Somebody can be matched: without, there is no level."""
    return dense.participation(pool, dense.table(pool))[0] > 0


POOLS = [seed for seed in range(150) if roomy(a_pool(seed))]


def without_the_closed(pool: Pool, scores: np.ndarray) -> np.ndarray:
    """Nobody regrets a mentor who has no seat."""
    return np.where(pool.capacity > 0, scores, dense.OUT)


@pytest.mark.slow
def test_the_worst_off_are_as_well_off_as_can_be() -> None:
    for seed in POOLS:
        pool = a_pool(seed)
        scores = dense.table(pool)
        levels = sorted({int(one) for one in scores[scores >= 0]}, reverse=True)

        solution = solve_pool(pool, k=1 + seed % 3, objective="maximin")

        level, found = fairest(pool, scores, levels, lambda level, scores=scores: scores >= level)
        assert (solution.threshold, (solution.matched, solution.total_score)) == (level, found), seed
        assert solution.optimal


@pytest.mark.slow
def test_nobody_regrets_more_than_need_be() -> None:
    for seed in POOLS:
        pool = a_pool(seed)
        scores = without_the_closed(pool, dense.table(pool))
        regret = regrets(scores)
        levels = sorted({int(one) for one in regret[scores >= 0]})

        solution = solve_pool(pool, k=1 + seed % 3, objective="minimax-regret")

        level, found = fairest(pool, scores, levels, lambda level, regret=regret: regret <= level)
        assert (solution.threshold, (solution.matched, solution.total_score)) == (level, found), seed


@pytest.mark.slow
def test_the_squares_of_regrets_add_up_to_the_least() -> None:
    for seed in POOLS:
        pool = a_pool(seed)
        scores = without_the_closed(pool, dense.table(pool))
        worth = np.where(scores >= 0, int(scores.max()) ** 2 - regrets(scores) ** 2, dense.OUT)

        solution = solve_pool(pool, k=1 + seed % 3, objective="least-squares-regret")

        found = (solution.matched, int(sum(worth[pair] for pair in solution.pairs)))
        assert found == dense.participation(pool, worth), seed


def test_squares_of_very_wide_scores_are_refused() -> None:
    once = np.array([0], dtype=np.int32)
    pool = Pool(1, once + 1, bonuses=(Bonus("wish", once, once, once + 50_000),))

    with pytest.raises(Refused, match="least squares take 46340 at most"):
        solve_pool(pool, objective="least-squares-regret")
