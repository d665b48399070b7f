"""Solvers on one and the same graph."""

from collections.abc import Callable
from time import process_time

import numpy as np

from services.matching.engine.candidates import candidates
from services.matching.engine.crew import Crew
from services.matching.engine.people import people_of
from services.matching.engine.pool import Pool
from services.matching.engine.problem import problem_of
from services.matching.engine.solution import Solution
from services.matching.engine.solve import solve_edges
from services.matching.engine.verify import verify
from services.matching.engine.watch import Watch
from tests.bench.engine import flow, scipys
from tests.bench.engine.flow import Answer
from tests.bench.engine.graph import Graph
from tests.bench.engine.instances import Shape, pool
from tests.bench.engine.turns import taken

SPARSE_TO = 10_000
"""Mentees: beyond, SciPy's sparse solver takes minutes and is never the best."""


def against_best(size: int, k: int, seats: float = 1.05) -> Callable[[int], tuple[float, float]]:
    """The better of OR-Tools' flow and SciPy's sparse solver."""
    def measure(seed: int) -> tuple[float, float]:
        graph = best(pool(Shape.of(size, seats), seed), k)
        peers = [lambda: flow.solve(graph), *([lambda: scipys.sparse(graph)] if size <= SPARSE_TO else [])]
        ours, *theirs = taken([lambda: solve_edges(*graph), *peers], clock=process_time)
        require_equal(graph, ours.answer, [one.answer for one in theirs])
        return 1 / ours.seconds, 1 / min(one.seconds for one in theirs)
    return measure


def several(mentees: int, mentors: int, k: int, wants: int = 3) -> Callable[[int], tuple[float, float]]:
    """Up to three mentors a mentee; seats for all of them but a tenth."""
    def measure(seed: int) -> tuple[float, float]:
        graph = shared_out(best(pool(Shape(mentees, mentors), seed), k), wants)
        each = np.full(mentees, wants)
        ours, theirs = taken([lambda: solve_edges(*graph, mentee_capacity=each), lambda: flow.solve(graph, wants)],
                             clock=process_time)
        require_equal(graph, ours.answer, [theirs.answer], each)
        return 1 / ours.seconds, 1 / theirs.seconds
    return measure


def shared_out(graph: Graph, wants: int) -> Graph:
    """The same pairs, with nine seats for every ten that are wanted."""
    seats = round(0.9 * wants * graph.n_mentees)
    each, rest = divmod(seats, len(graph.capacity))
    return graph._replace(capacity=(each + (np.arange(len(graph.capacity)) < rest)).astype(np.int32))


def best(people: Pool, k: int) -> Graph:
    """The k best mentors of each mentee and every wish: what a run begins with."""
    found = candidates(people_of(people), k, Crew(2, Watch()))
    assert found is not None
    return Graph(people.n_mentees, people.capacity, found.edges.mentee(), found.edges.mentor, found.edges.score)


def require_equal(graph: Graph, ours: object, theirs: list[object], wants: np.ndarray | None = None) -> None:
    """The same count and sum, and a certificate that holds."""
    assert isinstance(ours, Solution)
    assert all(Answer(len(ours.seats_mentee), ours.total_score) == one for one in theirs), (ours, theirs)
    certificate = verify(problem_of(*graph, mentee_capacity=wants), ours)
    assert certificate.valid, certificate
