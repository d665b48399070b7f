"""The pool solver against brute force over all pairs."""

from dataclasses import replace

import numpy as np
import pytest

from services.matching.engine.part import taken
from services.matching.engine.pool import Pool
from services.matching.engine.scoring import STRIP
from services.matching.engine.solve_pool import solve_pool
from services.matching.engine.terms import pair_scores
from tests.unit.matching.pool import dense, truth
from tests.unit.matching.pool.builders import a_pool, with_locks
from tests.unit.matching.pool.threads import require_same_for_one_and_two


@pytest.mark.slow
@pytest.mark.feature("C5")
@pytest.mark.parametrize("hundred", range(6))
def test_no_matching_of_all_allowed_pairs_is_better(hundred: int) -> None:
    for seed in range(100 * hundred, 100 * hundred + 100):
        pool = a_pool(seed)
        pool = with_locks(pool, seed) if seed % 3 == 0 else pool

        solution = solve_pool(pool, k=1 + seed % 5, threads=1 + seed % 2, seed=seed)

        truth.require_best(pool, solution)


def test_the_score_may_come_first() -> None:
    for seed in range(100):
        pool = a_pool(seed)
        scores = dense.table(pool)

        solution = solve_pool(pool, k=2, objective="score")

        assert solution.total_score == dense.best(pool, scores, 0)[1], seed
        assert dense.flaws(pool, scores, solution, 0) == [], seed


def test_scores_of_single_pairs_are_those_of_the_table() -> None:
    for seed in range(60):
        pool = a_pool(seed)
        scores = dense.table(pool)

        mentee, mentor = np.indices(scores.shape).reshape(2, -1)

        found = pair_scores(pool, mentee, mentor).reshape(scores.shape)
        assert np.array_equal(np.where(found < 0, dense.OUT, found), scores), seed


@pytest.mark.slow
def test_more_mentors_than_a_strip_holds_are_all_looked_at() -> None:
    for seed in range(12):
        pool = a_pool(seed, most_mentees=40, most_mentors=8 * STRIP, seats=1)

        solution = solve_pool(pool, k=3, seed=seed)

        truth.require_best(pool, solution)


def test_one_and_two_threads_give_the_same_bytes() -> None:
    for seed in range(20):
        require_same_for_one_and_two(seed)


def test_the_order_in_which_people_are_given_changes_nothing() -> None:
    for seed in range(20):
        pool = keyed(a_pool(seed), seed)
        rows, columns = (np.random.default_rng(seed).permutation(size) for size in (pool.n_mentees, pool.n_mentors))

        straight, mixed = solve_pool(pool, k=3, seed=5), solve_pool(reordered(pool, rows, columns), k=3, seed=5)

        assert {(rows[mentee], columns[mentor]) for mentee, mentor in mixed.pairs} == set(straight.pairs), seed


def test_another_seed_lets_others_win_a_tie() -> None:
    pool = Pool(20, np.array([10], dtype=np.int32))

    winners = {tuple(solve_pool(pool, seed=seed).mentor_of) for seed in range(8)}

    assert len(winners) == 8


def keyed(pool: Pool, seed: int) -> Pool:
    dice = np.random.default_rng(seed)
    keys = [dice.integers(0, 2**63, size).astype(np.uint64) for size in (pool.n_mentees, pool.n_mentors)]
    return replace(pool, mentee_key=keys[0], mentor_key=keys[1])


def reordered(pool: Pool, rows: np.ndarray, columns: np.ndarray) -> Pool:
    """The same people, each at another place."""
    assert pool.mentee_key is not None
    assert pool.mentor_key is not None
    return replace(taken(pool, rows, columns), mentee_key=pool.mentee_key[rows], mentor_key=pool.mentor_key[columns])
