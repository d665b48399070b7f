"""What must hold of every solution of edges, judged by the certificate and by others' solvers."""

from collections.abc import Callable, Sequence

from services.matching.engine.problem import Problem
from services.matching.engine.solution import Solution
from services.matching.engine.verify import verify
from tests.unit.matching.engine.oracles import best_value

Oracle = Callable[[Problem], int]
"""The worth of the best matching, of scores and worths together."""


def require_best(problem: Problem, solution: Solution, oracles: Sequence[Oracle] = (best_value,)) -> None:
    """Raises AssertionError unless the certificate holds, and every oracle comes to the same worth."""
    certificate = verify(problem, solution)
    assert certificate.valid, certificate
    assert solution.optimal
    assert [oracle(problem) for oracle in oracles] == [certificate.value] * len(oracles)
