"""Several mentors a mentee, against a linear programme."""

import numpy as np
import pytest

from services.matching.engine.solve import solve
from services.matching.engine.verify import verify
from tests.unit.matching.engine.instances import a_random_instance_of_several, an_instance
from tests.unit.matching.engine.oracles import best_of_several


@pytest.mark.parametrize("fifty", range(4))
def test_nothing_is_worth_more_when_mentees_may_have_several(fifty: int) -> None:
    for seed in range(50 * fifty, 50 * fifty + 50):
        problem = a_random_instance_of_several(seed).problem

        solution = solve(problem)

        certificate = verify(problem, solution)
        assert certificate.valid, (seed, certificate)
        assert certificate.value == (best_of_several(problem) if len(problem.score) else 0), seed


def test_everyones_first_comes_before_anyones_second() -> None:
    problem = an_instance([1, 1], [{0: 9000, 1: 9000}, {0: 1}], wants=[2, 1]).problem

    assert solve(problem).pairs == [(0, 1), (1, 0)]


def test_nobody_has_one_mentor_twice() -> None:
    problem = an_instance([4, 1, 1], [{0: 9000, 1: 1, 2: 1}, {0: 9000, 1: 2, 2: 1}], wants=[2, 2]).problem

    assert solve(problem).pairs == [(0, 0), (0, 2), (1, 0), (1, 1)]


def test_bids_leave_little_to_search_for() -> None:
    dice = np.random.default_rng(1)
    rows = [{int(mentor): int(dice.integers(9000)) for mentor in dice.permutation(100)[:30]} for _ in range(200)]
    problem = an_instance([5] * 100, rows, wants=[3] * 200).problem

    stats = solve(problem).stats

    assert 500 <= stats["bids"] <= 15 * 500
    assert stats["looked"] <= 4 * len(problem.score)
