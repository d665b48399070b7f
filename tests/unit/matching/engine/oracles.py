"""What others say is best: SciPy's dense assignment with a column a seat."""

import numpy as np
from scipy.optimize import linear_sum_assignment

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
