"""What is said about pools is true over all their pairs."""

from dataclasses import replace

import numpy as np
import pytest

from services.matching.engine.pool import Pool, Removal
from services.matching.engine.pool_explain import Offer, recommend, why, why_not
from services.matching.engine.refused import Refused
from services.matching.engine.solve_pool import solve_pool
from services.matching.engine.witness import why_unmatched
from tests.unit.matching.pool import dense
from tests.unit.matching.pool.builders import a_pool, with_locks


def crowded(seed: int) -> Pool:
    """More people than seats, some of them locked."""
    return with_locks(a_pool(seed, seats=1), seed)


@pytest.mark.feature("C8")
def test_the_terms_of_a_pair_add_up_to_its_score() -> None:
    for seed in range(20):
        pool = a_pool(seed)
        scores = dense.table(pool)
        for mentee, mentor in np.argwhere(scores >= 0)[:20].tolist():
            assert sum(why(pool, mentee, mentor).values()) == scores[mentee, mentor]


def test_a_removed_pair_has_no_terms_but_rules() -> None:
    pool = Pool(1, np.array([1]), removals=(Removal("line-manager", np.array([0]), np.array([0])),))
    solution = solve_pool(pool)

    with pytest.raises(Refused, match="line-manager removes mentee 0 and mentor 0"):
        why(pool, 0, 0)
    assert why_not(pool, solution, 0, 0).rules == ("line-manager",)


@pytest.mark.slow
def test_people_stay_alone_where_they_share_too_few_seats() -> None:
    told = 0
    for seed in range(80):
        pool = crowded(seed)
        scores, left = dense.free(pool, dense.table(pool))
        solution = solve_pool(pool, k=2)
        for mentee in np.flatnonzero(solution.mentor_of < 0).tolist():
            witness = why_unmatched(pool, solution, mentee)

            open_to = np.flatnonzero((scores[list(witness.mentees)] >= 0).any(axis=0) & (left > 0))
            assert mentee in witness.mentees
            assert witness.mentors == tuple(open_to.tolist())
            assert witness.seats == left[open_to].sum() < len(witness.mentees)
            assert witness.short
            told += 1
    assert told > 100


def test_a_seat_left_vacant_for_the_score_is_no_want_of_seats() -> None:
    pool = Pool(1, np.array([1]))
    nobody = replace(solve_pool(pool), mentor_of=np.array([-1], dtype=np.int32))

    assert not why_unmatched(pool, nobody, 0).short


def test_nobody_is_told_why_alone_who_is_not() -> None:
    pool = Pool(1, np.array([1]))

    with pytest.raises(Refused, match="mentee 0 has mentor 0"):
        why_unmatched(pool, solve_pool(pool), 0)


@pytest.mark.slow
def test_what_another_pair_would_cost_is_exact_and_never_less_than_the_prices_say() -> None:
    asked = 0
    for seed in range(40):
        pool = a_pool(seed)
        scores = dense.table(pool)
        most, best = dense.participation(pool, scores)
        solution = solve_pool(pool, k=2)
        for mentee, mentor in np.argwhere((scores >= 0) & (pool.capacity > 0))[::7].tolist():
            told = why_not(pool, solution, mentee, mentor, k=2)

            locked = np.full(pool.n_mentees, -1)
            locked[mentee] = mentor
            others, total = dense.participation(replace(pool, locked=locked), scores)
            assert (told.fewer, told.less) == (most - others - 1, best - total - scores[mentee, mentor]), seed
            worth = min(len(scores), int(pool.capacity.sum())) * int(scores[:, pool.capacity > 0].max()) + 1
            assert 0 <= told.at_least <= worth * told.fewer + told.less
            asked += 1
    assert asked > 100


@pytest.mark.feature("C11")
def test_mentors_are_recommended_by_score_less_price() -> None:
    for seed in range(40):
        pool = crowded(seed)
        scores, left = dense.free(pool, dense.table(pool))
        solution = solve_pool(pool)
        for mentee in np.flatnonzero(pool.locks < 0).tolist():
            offers = recommend(pool, solution, mentee, 3)

            open_to = [mentor for mentor in range(pool.n_mentors) if left[mentor] > 0 and scores[mentee, mentor] >= 0]
            worth = sorted((scores[mentee, one] - solution.prices[one] for one in open_to), reverse=True)[:3]
            assert [offer.score - offer.price for offer in offers] == worth
            assert all(offer == Offer(offer.mentor, scores[mentee, offer.mentor], solution.prices[offer.mentor])
                       for offer in offers)
