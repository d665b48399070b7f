"""Who sits first, and how many bids it takes: starts that leave little to the exact finish."""

import numpy as np

from services.matching.engine.arrays import state_of
from services.matching.engine.auction import steps_of
from services.matching.engine.greedy import seat_greedily
from services.matching.engine.problem import Problem
from services.matching.engine.run import Run
from services.matching.engine.solve import solve
from services.matching.engine.watch import UNWATCHED
from tests.unit.matching.engine.instances import an_instance
from tests.unit.matching.engine.truth import require_best


def test_whom_many_want_is_left_for_those_who_have_nobody_else() -> None:
    problem = an_instance([1, 1], [{0: 9000, 1: 1}, {0: 9000}]).problem
    state = state_of(problem.n_mentees, problem.capacity)

    seat_greedily(problem.graph, state)

    assert state.mentor_of.tolist() == [1, 0]


def test_phases_with_smaller_and_smaller_steps_take_fewer_bids_than_one_with_the_last() -> None:
    problem = a_large_programme()

    steps = steps_of(problem)

    assert len(steps) > 1
    assert bids(problem, steps) < 0.8 * bids(problem, steps[-1:])


def test_bids_that_come_to_no_end_are_given_up_for_a_count() -> None:
    rows = [{0: 9_000 - mentee, 1: 9_000 - 2 * mentee} for mentee in range(10)]
    problem = an_instance([2, 2] + [1] * 8, rows).problem

    assert bids(problem, steps_of(problem)) < 12 * 10
    require_best(problem, solve(problem))


def bids(problem: Problem, steps: list[int]) -> int:
    return Run.of(problem, UNWATCHED).start(steps)


def a_large_programme() -> Problem:
    """As many seats as mentees, 5,000 of each, and a few more."""
    dice = np.random.default_rng(1)
    rows = [{int(mentor): int(dice.integers(9_000)) for mentor in dice.integers(0, 2_500, 20)} for _ in range(5_000)]
    return an_instance([2] * 2_500 + [50], [{**row, 2_500: 0} for row in rows]).problem
