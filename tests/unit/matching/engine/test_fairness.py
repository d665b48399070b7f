"""Objectives about the worst off, against trying every threshold with SciPy."""

import numpy as np
import pytest

from services.matching.engine.fairness import posed, regret
from services.matching.engine.refused import Refused
from services.matching.engine.solve import solve
from services.matching.engine.verify import verify
from tests.unit.matching.engine.instances import a_random_instance, an_instance
from tests.unit.matching.engine.oracles import best_value, most_pairs


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
        asked = posed(problem, objective, solution.threshold)
        certificate = verify(asked, solution)
        assert certificate.valid
        assert certificate.value == best_value(asked)


def test_squares_of_regret_are_least() -> None:
    for seed in range(60):
        problem = a_random_instance(seed).problem

        solution = solve(problem, objective="least-squares-regret")

        asked = posed(problem, "least-squares-regret", None)
        assert verify(asked, solution).valid
        assert verify(asked, solution).value == best_value(asked)
        assert solution.matched == most_pairs(problem, problem.score >= 0)


def test_fairness_is_for_one_mentor_a_mentee() -> None:
    problem = an_instance([1, 1], [{0: 5, 1: 5}], wants=[2]).problem

    with pytest.raises(Refused, match="one mentor a mentee"):
        solve(problem, objective="maximin")


def test_an_unknown_objective_is_refused() -> None:
    with pytest.raises(Refused, match="no objective is called luck"):
        solve(an_instance([1], [{0: 5}]).problem, objective="luck")
