"""What others say is best: SciPy's dense assignment with a column a seat, and its linear programmes."""

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment, linprog
from scipy.sparse import coo_array, eye_array, hstack, kron

from services.matching.engine.problem import Problem

_NEVER = -(10**13)


def best_value(problem: Problem) -> int:
    """Of scores and worths together; each mentee has a column of its own for staying alone."""
    seats = np.repeat(np.arange(problem.n_mentors), problem.capacity)
    dense = np.full((problem.n_mentees, problem.n_mentors), _NEVER)
    dense[problem.mentee, problem.mentor] = problem.score.astype(np.int64) + problem.worth
    cells = np.concatenate([dense[:, seats], np.zeros((problem.n_mentees, problem.n_mentees), np.int64)], axis=1)
    rows, columns = linear_sum_assignment(cells.astype(np.float64), maximize=True)
    return int(cells[rows, columns].sum())


def most_pairs(problem: Problem, kept: npt.NDArray[np.bool_]) -> int:
    """The size of a largest matching of the edges that are kept."""
    seats = np.repeat(np.arange(problem.n_mentors), problem.capacity)
    allowed = np.zeros((problem.n_mentees, problem.n_mentors), np.int64)
    allowed[problem.mentee[kept], problem.mentor[kept]] = 1
    cells = allowed[:, seats]
    rows, columns = linear_sum_assignment(cells, maximize=True)
    return int(cells[rows, columns].sum())


def best_of_several(problem: Problem) -> int:
    """Worth of the best where mentees may have several mentors, as a linear programme with whole corners."""
    edges, mentees = len(problem.score), problem.n_mentees
    steps = len(problem.worths)
    gain = np.concatenate([problem.score.astype(float), np.tile(problem.worths.astype(float), mentees)])
    by_mentee = coo_array((np.ones(edges), (problem.mentee, np.arange(edges))), shape=(mentees, edges))
    by_mentor = coo_array((np.ones(edges), (problem.mentor, np.arange(edges))), shape=(problem.n_mentors, edges))
    each = kron(eye_array(mentees), np.ones((1, steps)))
    none = coo_array((problem.n_mentors, mentees * steps))
    places = (np.arange(steps)[None, :] < problem.wants[:, None]).astype(float).ravel()
    most = np.concatenate([np.ones(edges), places])
    found = linprog(-gain, A_eq=hstack([by_mentee, -each]), b_eq=np.zeros(mentees), A_ub=hstack([by_mentor, none]),
                    b_ub=problem.capacity, bounds=np.stack([np.zeros_like(most), most]).T)
    return round(-found.fun)
