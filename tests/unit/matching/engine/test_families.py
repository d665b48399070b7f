"""Families of problems that solvers fear: the best comes out, and in time."""

import time

import pytest

from services.matching.engine.solve import solve
from tests.unit.matching.engine.families import FAMILIES, of_family
from tests.unit.matching.engine.truth import require_best

CAP = 5.0
"""Seconds of this process's own: a machine that is busy with others takes none of them away."""


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    solve(of_family("superstar", 12, 0).problem)
    solve(of_family("over_subscribed", 12, 0).problem)


@pytest.mark.parametrize("name", FAMILIES)
def test_no_family_is_too_hard(name: str) -> None:
    for seed, size in enumerate((12, 60, 200)):
        problem = of_family(name, size, seed).problem

        begun = time.process_time()
        solution = solve(problem)

        assert time.process_time() - begun < CAP
        require_best(problem, solution)


def test_everybody_gives_up_the_highest_score_for_one_more() -> None:
    solution = solve(of_family("chain", 200, 0).problem)

    assert (solution.matched, solution.total_score) == (200, 0)
