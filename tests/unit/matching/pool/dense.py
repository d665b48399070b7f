"""What is true of a pool, over all its pairs, by brute force: shares nothing with the engine but the pool itself."""

from itertools import product

import numpy as np
from scipy.optimize import linear_sum_assignment

from services.matching.engine.pool import Pool
from services.matching.engine.solution import Solution

OUT = -(10**13)
Table = np.ndarray


def table(pool: Pool) -> Table:
    """Scores of all pairs (n, m), OUT where a rule removes the pair: term by term, pair by pair."""
    scores = np.full((pool.n_mentees, pool.n_mentors), OUT)
    for mentee, mentor in product(range(pool.n_mentees), range(pool.n_mentors)):
        scores[mentee, mentor] = score(pool, mentee, mentor)
    return scores


def score(pool: Pool, mentee: int, mentor: int) -> int:
    points = [int(one.points[one.mentee[mentee], one.mentor[mentor]]) for one in pool.attributes]
    needs, skills = _row(pool.needs, mentee), _row(pool.skills, mentor)
    shared = [needs[skill] * skills[skill] for skill in needs.keys() & skills.keys()]
    removed = any((mentee, mentor) in zip(one.mentee.tolist(), one.mentor.tolist(), strict=True)
                  for one in pool.removals)
    if removed or min(points, default=0) < 0 or (pool.skill_rule and not shared):
        return OUT
    bonus = [int(points) for one in pool.bonuses for row, column, points in zip(one.mentee, one.mentor, one.points,
             strict=True) if (row, column) == (mentee, mentor)]
    return sum(points) + sum(shared) + sum(bonus)


def _row(side: object, row: int) -> dict[int, int]:
    if side is None:
        return {}
    part = slice(side.start[row], side.start[row + 1])  # type: ignore[attr-defined]
    return dict(zip(side.item[part].tolist(), side.value[part].tolist(), strict=True))  # type: ignore[attr-defined]


def free(pool: Pool, scores: Table) -> tuple[Table, np.ndarray]:
    """Scores without locked mentees, and the seats left."""
    locks = pool.locks
    left = pool.capacity - np.bincount(locks[locks >= 0], minlength=pool.n_mentors)
    return np.where((locks >= 0)[:, None], OUT, scores), left


def best(pool: Pool, worth_of: Table, seat_worth: int) -> tuple[int, int]:
    """(pairs, sum of worths) of the best matching of those who are free, by SciPy's assignment on copied seats."""
    worth, left = free(pool, worth_of)
    seats = np.repeat(np.arange(pool.n_mentors), np.minimum(left, pool.n_mentees))
    cells = np.concatenate([worth[:, seats] + seat_worth, np.zeros((len(worth), len(worth)))], axis=1)
    rows, columns = linear_sum_assignment(cells.astype(np.float64), maximize=True)
    taken = [(row, seats[column]) for row, column in zip(rows, columns, strict=True) if column < len(seats)]
    return len(taken), int(sum(worth[pair] for pair in taken))


def participation(pool: Pool, worth: Table) -> tuple[int, int]:
    """As many as possible first."""
    return best(pool, worth, len(worth) * max(int(worth.max(initial=0)), 0) + 1)


def flaws(pool: Pool, scores: Table, solution: Solution, seat_worth: int) -> list[str]:
    """What of the certificate does not hold, over all allowed pairs of those who are free."""
    free_scores, left = free(pool, scores)
    n, prices, utilities = pool.n_mentees, solution.prices, solution.utilities
    mentor_of = np.where(pool.locks >= 0, -1, solution.mentor_of)
    taken = np.bincount(mentor_of[mentor_of >= 0], minlength=pool.n_mentors)
    at_seat = free_scores[np.arange(n), mentor_of] - prices[mentor_of] if pool.n_mentors else np.zeros(n)
    loose = (pool.locks < 0) & (mentor_of < 0)
    found = {
        "a lock moved": (solution.mentor_of != pool.locks)[pool.locks >= 0].any(),
        "too many seats": (taken > left).any(),
        "a pair that is not allowed": (free_scores[mentor_of >= 0, mentor_of[mentor_of >= 0]] == OUT).any(),
        "an outsider would gain": (free_scores > utilities[:, None] + prices[None, :]).any(),
        "a price below 0": (prices < 0).any(),
        "a price without need": ((prices > 0) & (taken < left)).any(),
        "a utility too low": (utilities[pool.locks < 0] < -seat_worth).any(),
        "a pair not at its price": (at_seat != utilities)[mentor_of >= 0].any(),
        "alone at a utility": (utilities != -seat_worth)[loose].any(),
    }
    return [flaw for flaw, is_so in found.items() if is_so]
