"""SciPy's two solvers of assignment: dense on all pairs, sparse on a graph."""

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from services.matching.engine.pool import Pool
from tests.bench.engine import product
from tests.bench.engine.flow import Answer
from tests.bench.engine.graph import Graph


def dense(pool: Pool) -> Answer:
    """numpy scores everybody with everybody, and `linear_sum_assignment` takes a column a seat."""
    scores = product.scores(pool)
    seats = np.repeat(np.arange(pool.n_mentors), np.minimum(pool.capacity, pool.n_mentees))
    worth = len(scores) * int(scores.max(initial=0)) + 1
    cells = np.where(scores >= 0, scores + float(worth), 0.0)[:, seats]
    rows, columns = linear_sum_assignment(cells, maximize=True)
    taken = cells[rows, columns] > 0
    return Answer(int(taken.sum()), int(scores[rows[taken], seats[columns[taken]]].sum(dtype=np.int64)))


def sparse(graph: Graph) -> Answer:
    """A column a seat and one more for each mentee to stay alone at; no weight may be 0."""
    n, places = graph.n_mentees, np.minimum(graph.capacity, graph.n_mentees)
    first = np.cumsum(places) - places
    copies = places[graph.mentor]
    edge = np.repeat(np.arange(len(graph.mentee)), copies)
    column = first[graph.mentor][edge] + np.arange(len(edge)) - np.repeat(np.cumsum(copies) - copies, copies)
    worth = n * int(graph.score.max(initial=0)) + 1
    row = np.concatenate([graph.mentee[edge], np.arange(n)])
    columns = np.concatenate([column, int(places.sum()) + np.arange(n)])
    weight = np.concatenate([graph.score[edge] + float(worth) + 1, np.ones(n)])
    table = csr_array((weight, (row, columns)), shape=(n, int(places.sum()) + n))
    rows, chosen = min_weight_full_bipartite_matching(table, maximize=True)
    taken = chosen < int(places.sum())
    total = int(np.asarray(table[rows[taken], chosen[taken]]).sum()) - int(taken.sum()) * (worth + 1)
    return Answer(int(taken.sum()), total)
