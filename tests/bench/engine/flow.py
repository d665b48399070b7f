"""OR-Tools' min-cost flow, arcs added in bulk: the best solver off the shelf."""

from typing import NamedTuple

import numpy as np

from tests.bench.engine.graph import Graph


class Answer(NamedTuple):
    """How many pairs, and their scores together."""

    matched: int
    total: int


def solve(graph: Graph, wants: int = 1) -> Answer:
    """As many pairs as possible (everyone's first before anyone's second), then the highest sum."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    network = SimpleMinCostFlow()
    n, m = graph.n_mentees, len(graph.capacity)
    source, sink, mentors = n + m, n + m + 1, n + np.arange(m)
    edges = network.add_arcs_with_capacity_and_unit_cost(
        graph.mentee, n + graph.mentor, np.ones(len(graph.mentee), np.int64), -graph.score.astype(np.int64))
    for worth in worths(graph, wants):
        network.add_arcs_with_capacity_and_unit_cost(
            np.full(n, source), np.arange(n), np.ones(n, np.int64), np.full(n, -worth))
    network.add_arcs_with_capacity_and_unit_cost(mentors, np.full(m, sink), graph.capacity, np.zeros(m, np.int64))
    network.set_nodes_supplies([source, sink], [n * wants, -n * wants])
    status = network.solve_max_flow_with_min_cost()
    assert status == network.OPTIMAL, status
    taken = network.flows(edges) > 0
    return Answer(int(taken.sum()), int(graph.score[taken].sum(dtype=np.int64)))


def worths(graph: Graph, wants: int) -> list[int]:
    """Of the first, second, … mentor of somebody beside the score: steps that no sum of scores makes up for."""
    most = min(graph.n_mentees * wants, int(graph.capacity.sum()))
    step = most * int(graph.score.max(initial=0)) + 1 if wants > 1 else 0
    return [step * (wants - 1 - nth) for nth in range(wants)]
