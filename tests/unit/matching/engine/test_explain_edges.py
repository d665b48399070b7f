"""Each figure of an explanation can be computed again."""

import pytest

from services.matching.engine.explain_edges import recommend, what_changed, why_not
from services.matching.engine.refused import Refused
from services.matching.engine.solve import solve
from tests.unit.matching.engine.instances import a_random_instance, an_instance


def test_what_a_pair_would_cost_is_never_less_than_its_reduced_cost() -> None:
    for seed in range(20):
        problem = a_random_instance(seed, most_mentees=8, most_mentors=5).problem
        solution = solve(problem)

        for mentee, mentor in zip(problem.mentee.tolist(), problem.mentor.tolist(), strict=True):
            if problem.capacity[mentor] > 0:
                found = why_not(problem, solution, mentee, mentor)
                assert found.loss >= found.reduced_cost >= 0
                assert found.loss == 0 or (mentee, mentor) not in solution.pairs


def test_the_cost_of_a_pair_is_exact() -> None:
    problem = an_instance([1, 1], [{0: 9, 1: 5}, {0: 8, 1: 1}]).problem

    assert why_not(problem, solve(problem), 0, 0).loss == 13 - 10


def test_a_pair_that_is_not_allowed_has_no_cost() -> None:
    problem = an_instance([1, 1], [{0: 9}]).problem

    with pytest.raises(Refused, match="mentee 0 may not sit with mentor 1"):
        why_not(problem, solve(problem), 0, 1)


def test_mentors_are_recommended_by_score_less_price() -> None:
    problem = an_instance([1, 1], [{0: 9, 1: 5}, {0: 8, 1: 1}]).problem
    solution = solve(problem)

    best = recommend(problem, solution, 0, 1)

    assert best == [(1, 5 - int(solution.prices[1]))]


def test_who_moved_is_told() -> None:
    before = solve(an_instance([1, 1], [{0: 9}, {1: 8}]).problem)
    after = solve(an_instance([1, 1], [{0: 9}, {}]).problem)

    assert what_changed(before, after) == [(1, 1, -1)]
