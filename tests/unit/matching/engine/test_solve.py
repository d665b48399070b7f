"""The solver against SciPy, with the certificate checked each time."""

import pytest

from services.matching.engine.solve import solve
from tests.unit.matching.engine.instances import a_random_instance, an_instance
from tests.unit.matching.engine.starts import solved_from_any
from tests.unit.matching.engine.truth import require_best


@pytest.mark.feature("C5")
@pytest.mark.parametrize("hundred", range(10))
def test_no_matching_is_worth_more(hundred: int) -> None:
    for seed in range(100 * hundred, 100 * hundred + 100):
        problem = a_random_instance(seed).problem

        require_best(problem, solved_from_any(seed, problem))


def test_participation_comes_before_the_sum() -> None:
    problem = an_instance([1, 1], [{0: 9000, 1: 1}, {0: 9000}]).problem

    assert solve(problem).pairs == [(0, 1), (1, 0)]
