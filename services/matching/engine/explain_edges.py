"""Why a solution of edges is as it is: every figure follows from scores and prices, or from one more solving."""

from dataclasses import dataclass

import numpy as np

from services.matching.engine.problem import Problem, problem_of
from services.matching.engine.refused import Refused
from services.matching.engine.solution import Solution
from services.matching.engine.solve import solve


@dataclass(frozen=True)
class WhyNot:
    """In units of score: the price of a seat there, what the whole loses at least (`reduced_cost`), and exactly
    (`loss`, with worths, so that a seat less counts as much as it does in the run)."""

    score: int
    price: int
    reduced_cost: int
    loss: int


def why_not(problem: Problem, solution: Solution, mentee: int, mentor: int) -> WhyNot:
    """What it would cost to have this pair. Raises Refused when it is not allowed or the mentor has no seat."""
    at = np.flatnonzero((problem.mentee == mentee) & (problem.mentor == mentor))
    if not len(at) or problem.capacity[mentor] == 0:
        raise Refused(f"mentee {mentee} may not sit with mentor {mentor}, or there is no seat")
    score, price = int(problem.score[at[0]]), int(solution.prices[mentor])
    others, capacity = problem.mentee != mentee, problem.capacity.copy()
    capacity[mentor] -= 1
    rest = problem_of(problem.n_mentees, capacity, problem.mentee[others], problem.mentor[others],
                      problem.score[others], seat_worth=problem.worth)
    forced = solve(rest, start_prices=solution.prices)
    value = (solution.matched - forced.matched - 1) * problem.worth + solution.total_score - forced.total_score - score
    return WhyNot(score, price, int(solution.utilities[mentee]) + price - score, value)


def recommend(problem: Problem, solution: Solution, mentee: int, most: int) -> list[tuple[int, int]]:
    """(mentor, score minus price), the best first: a popular mentor is shown only as often as there is room."""
    row = slice(int(problem.starts[mentee]), int(problem.starts[mentee + 1]))
    mentors = problem.mentor[row]
    values = problem.score[row].astype(np.int64) - solution.prices[mentors]
    best = np.lexsort((mentors, -values))[:most]
    return list(zip(mentors[best].tolist(), values[best].tolist(), strict=True))


def what_changed(before: Solution, after: Solution) -> list[tuple[int, int, int]]:
    """(mentee, mentor before, mentor after) of who moved, -1 for none; mentees keep their numbers."""
    most = min(len(before.mentor_of), len(after.mentor_of))
    moved = np.flatnonzero(before.mentor_of[:most] != after.mentor_of[:most])
    return [(int(one), int(before.mentor_of[one]), int(after.mentor_of[one])) for one in moved]
