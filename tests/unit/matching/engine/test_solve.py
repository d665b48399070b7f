"""The solver against SciPy, with the certificate checked each time."""

import pytest

from services.matching.engine.solve import solve
from services.matching.engine.verify import verify
from tests.unit.matching.engine.instances import a_random_instance, an_instance, random_prices
from tests.unit.matching.engine.oracles import best_value


@pytest.mark.feature("C5")
@pytest.mark.parametrize("hundred", range(10))
def test_no_matching_is_worth_more(hundred: int) -> None:
    for seed in range(100 * hundred, 100 * hundred + 100):
        problem = a_random_instance(seed).problem

        solution = solve(problem, start_prices=random_prices(seed, problem) if seed % 2 else None)

        certificate = verify(problem, solution)
        assert certificate.valid, (seed, certificate)
        assert certificate.value == solution.total_score + problem.worth * solution.matched == best_value(problem), seed


def test_participation_comes_before_the_sum() -> None:
    problem = an_instance([1, 1], [{0: 9000, 1: 1}, {0: 9000}]).problem

    assert solve(problem).pairs == [(0, 1), (1, 0)]
