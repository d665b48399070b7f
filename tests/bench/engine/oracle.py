"""OR-Tools as an oracle: the worth of the best matching of any problem, several mentors a mentee included."""

import numpy as np

from services.matching.engine.problem import Problem


def best_by_flow(problem: Problem) -> int:
    """The cheapest flow in which whoever gains nothing goes around; worths fall, so that first ones go first."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    network = SimpleMinCostFlow()
    n, m, places = problem.n_mentees, problem.n_mentors, np.minimum(problem.wants, len(problem.worths))
    source, sink, mentors = n + m, n + m + 1, n + np.arange(m)
    network.add_arcs_with_capacity_and_unit_cost(problem.mentee, n + problem.mentor, np.ones(len(problem.score), int),
                                                 -problem.score.astype(np.int64))
    for nth, worth in enumerate(problem.worths.tolist()):
        network.add_arcs_with_capacity_and_unit_cost(np.full(n, source), np.arange(n), (places > nth).astype(int),
                                                     np.full(n, -worth))
    network.add_arcs_with_capacity_and_unit_cost(mentors, np.full(m, sink), problem.capacity, np.zeros(m, int))
    most = int(places.sum())
    network.add_arc_with_capacity_and_unit_cost(source, sink, most, 0)
    network.set_nodes_supplies([source, sink], [most, -most])
    status = network.solve()
    assert status == network.OPTIMAL, status
    return -int(network.optimal_cost())
