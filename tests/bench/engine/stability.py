"""Stable matchings on one graph against the `matching` package's hospitals and residents."""

import sys
from collections.abc import Callable
from time import process_time

import numpy as np

from services.matching.engine.problem import problem_of
from services.matching.engine.stable import Stable, stable
from tests.bench.engine.graph import Graph
from tests.bench.engine.graphs import best
from tests.bench.engine.instances import Shape, pool
from tests.bench.engine.turns import taken

Lists = dict[int, list[int]]


def against_matching(size: int, k: int) -> Callable[[int], tuple[float, float]]:
    """Ties fall to the lower number on both sides, so that both must find the same pairs."""
    def measure(seed: int) -> tuple[float, float]:
        graph = best(pool(Shape.of(size), seed), k)
        settled(best(pool(Shape.of(200), seed), k))  # compiled before it is timed
        ours, theirs = taken([lambda: settled(graph), lambda: hospitals(graph)], clock=process_time)
        assert isinstance(ours.answer, Stable)
        seated = np.flatnonzero(ours.answer.mentor_of >= 0)
        assert dict(zip(seated.tolist(), ours.answer.mentor_of[seated].tolist(), strict=True)) == theirs.answer
        return 1 / ours.seconds, 1 / theirs.seconds
    return measure


def settled(graph: Graph) -> Stable:
    """Mentors rank by score, then by number: no two alike."""
    strict = graph.score.astype(np.int64) * graph.n_mentees + (graph.n_mentees - 1 - graph.mentee)
    return stable(problem_of(*graph), promote=False, mentor_score=strict)


def hospitals(graph: Graph) -> dict[int, int]:
    """Lists of wishes made from the same edges, then the package's solver: mentor by mentee."""
    from matching.games import HospitalResident

    sys.setrecursionlimit(1_000_000)  # it copies everybody through everybody they rank
    mentees = ranked(graph.mentee, graph.mentor, graph.score)
    mentors = ranked(graph.mentor, graph.mentee, graph.score)
    seats = {mentor: int(graph.capacity[mentor]) for mentor in mentors}
    found = HospitalResident.create_from_dictionaries(mentees, mentors, seats).solve()
    return {one.name: mentor.name for mentor, some in found.items() for one in some}


def ranked(of: np.ndarray, whom: np.ndarray, score: np.ndarray) -> Lists:
    """Everybody's list, highest score first, then the lower number."""
    lists: Lists = {}
    for at in np.lexsort((whom, -score.astype(np.int64), of)).tolist():
        lists.setdefault(int(of[at]), []).append(int(whom[at]))
    return lists
