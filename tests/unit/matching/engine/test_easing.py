"""A price that is too high falls where it stands, without a search."""

import numpy as np
import pytest

from services.matching.engine.solve import solve
from tests.unit.matching.engine.instances import an_instance
from tests.unit.matching.engine.truth import require_best


@pytest.mark.feature("C5")
def test_a_price_falls_until_who_sits_there_is_content() -> None:
    problem = an_instance([1, 1], [{0: 7, 1: 4}]).problem

    solution = solve(problem, start_prices=np.array([5, 0]), start_mentor_of=np.array([0], np.int32))

    require_best(problem, solution)
    assert (solution.mentor_of.tolist(), solution.stats["looked"]) == ([0], 0)


@pytest.mark.feature("C5")
def test_a_price_falls_no_further_than_nobody_else_wants_the_seat() -> None:
    problem = an_instance([1, 1, 1], [{0: 9, 1: 8}, {0: 7, 2: 2}]).problem

    solution = solve(problem, start_prices=np.array([9, 0, 0]), start_mentor_of=np.array([0, 2], np.int32))

    require_best(problem, solution)
    assert solution.mentor_of.tolist() == [1, 0]
