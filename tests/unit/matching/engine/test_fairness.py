"""Objectives about the worst off, against trying every threshold with SciPy."""

from collections.abc import Callable

import numpy as np
import pytest

from services.matching.engine.fairness import posed, regret
from services.matching.engine.refused import Refused
from services.matching.engine.solve import solve
from services.matching.engine.verify import verify
from tests.unit.matching.engine.instances import (
    Instance,
    a_random_instance,
    a_random_instance_of_several,
    an_instance,
)
from tests.unit.matching.engine.oracles import best_of_several, best_value, most_pairs


@pytest.mark.parametrize("objective", ["maximin", "minimax-regret"])
def test_the_threshold_is_the_best_at_which_as_many_are_seated(objective: str) -> None:
    for seed in range(60):
        problem = a_random_instance(seed, most_mentees=10, most_mentors=7).problem

        solution = solve(problem, objective=objective)

        loss = regret(problem) if objective == "minimax-regret" else problem.highest - problem.score
        most = most_pairs(problem, loss >= 0)
        best = min((value for value in np.unique(loss) if most_pairs(problem, loss <= value) == most), default=0)
        assert solution.threshold == (best if objective == "minimax-regret" else problem.highest - best), seed
        assert solution.matched == most
        certificate = verify(problem, solution)
        assert certificate.valid, certificate
        assert certificate.value == best_value(posed(problem, objective, solution.threshold))


def test_squares_of_regret_are_least() -> None:
    for seed in range(60):
        problem = a_random_instance(seed).problem

        solution = solve(problem, objective="least-squares-regret")

        assert verify(problem, solution).valid
        assert verify(problem, solution).value == best_value(posed(problem, "least-squares-regret", None))
        assert solution.matched == most_pairs(problem, problem.score >= 0)


def test_fairness_is_for_one_mentor_a_mentee() -> None:
    problem = an_instance([1, 1], [{0: 5, 1: 5}], wants=[2]).problem

    with pytest.raises(Refused, match="one mentor a mentee"):
        solve(problem, objective="maximin")


def test_an_unknown_objective_is_refused() -> None:
    with pytest.raises(Refused, match="no objective is called luck"):
        solve(an_instance([1], [{0: 5}]).problem, objective="luck")


@pytest.mark.parametrize("random", [a_random_instance, a_random_instance_of_several])
def test_the_sum_alone_counts_where_the_score_comes_first(random: Callable[[int], Instance]) -> None:
    for seed in range(60):
        problem = random(seed).problem

        solution = solve(problem, objective="score")

        alone = posed(problem, "score", None)
        assert verify(problem, solution).valid
        assert verify(problem, solution).value == (best_of_several(alone) if len(problem.score) else 0)


def test_nobody_regrets_a_mentor_without_a_seat() -> None:
    problem = an_instance([0, 1], [{0: 9000, 1: 5}]).problem

    assert solve(problem, objective="minimax-regret").threshold == 0
