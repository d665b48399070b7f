"""People who join and leave a matching that is kept the best, against solving anew by OR-Tools' flow."""

import time
from collections.abc import Callable
from statistics import median

import numpy as np

from services.matching.engine.assignment import Assignment
from tests.bench.engine import flow
from tests.bench.engine.flow import Answer
from tests.bench.engine.graph import Graph
from tests.bench.engine.graphs import best
from tests.bench.engine.instances import Shape, pool
from tests.bench.engine.turns import once

TURNS = 3
MOVES = 100


def against_solving(size: int, k: int) -> Callable[[int], tuple[float, float]]:
    """Processor seconds of a join or leave, the median of all; the same count and sum after each turn."""
    def measure(seed: int) -> tuple[float, float]:
        graph = best(pool(Shape.of(size), seed), k)
        kept, drawn = Assignment(*graph), np.random.default_rng(seed).permutation(size)
        ours: list[float] = []
        theirs: list[float] = []
        for turn in range(TURNS):
            ours += moved(kept, graph, drawn[turn * MOVES:(turn + 1) * MOVES])
            solution, problem = kept.solution(), kept.problem()
            now = Graph(problem.n_mentees, problem.capacity, problem.mentee, problem.mentor, problem.score)
            seconds, answer = once(lambda now=now: flow.solve(now), clock=time.process_time)
            assert Answer(solution.matched, solution.total_score) == answer
            theirs.append(seconds)
        assert kept.certificate().valid
        return 1 / median(ours), 1 / median(theirs)
    return measure


def moved(kept: Assignment, graph: Graph, mentees: np.ndarray) -> list[float]:
    """All leave, one after the other; half of them come back as somebody new."""
    rows = np.searchsorted(graph.mentee, np.arange(graph.n_mentees + 1))
    spent = []
    for place, mentee in enumerate(mentees.tolist()):
        spent.append(_seconds(lambda mentee=mentee: kept.leave(mentee)))
        if place % 2:
            row = slice(rows[mentee], rows[mentee + 1])
            spent.append(_seconds(lambda row=row: kept.join(graph.mentor[row], graph.score[row])))
    return spent


def _seconds(change: Callable[[], object]) -> float:
    begun = time.process_time()
    change()
    return time.process_time() - begun
