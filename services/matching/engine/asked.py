"""What an objective makes of a problem, written down a second time for who checks: edges, weights, worths of seats."""

from typing import Any, NamedTuple

import numpy as np

from services.matching.engine.arrays import Ints, Longs
from services.matching.engine.problem import Problem


class Asked(NamedTuple):
    """Edges of the problem within the threshold, `kept` of all; their weights in place of scores; worths of the first,
    second, … mentor of somebody, falling."""

    kept: Any
    mentee: Ints
    mentor: Ints
    weight: Longs
    worths: Longs


def asked(problem: Problem, objective: str, threshold: int | None) -> Asked:
    """The matching has to be worth most in these terms."""
    score, worths = problem.score.astype(np.int64), problem.worths
    if objective == "score":
        worths = np.minimum(worths, 0)
    elif objective == "maximin":
        return _within(problem, score >= (threshold or 0))
    elif objective == "minimax-regret":
        return _within(problem, regret(problem, score) <= (threshold or 0))
    elif objective == "least-squares-regret":
        lost = regret(problem, score)**2
        seats, most = int(min(problem.wants.sum(), problem.capacity.sum())), int(lost.max(initial=0))
        score, worths = most - lost, np.array([seats * most + 1])
    return Asked(slice(None), problem.mentee, problem.mentor, score, worths)


def regret(problem: Problem, score: Longs) -> Longs:
    """By edge: less than the best of the mentee's that has a seat at all."""
    best = np.zeros(problem.n_mentees, np.int64)
    there = problem.capacity[problem.mentor] > 0
    np.maximum.at(best, problem.mentee[there], score[there])
    lost: Longs = np.maximum(best[problem.mentee] - score, 0)
    return lost


def _within(problem: Problem, kept: Any) -> Asked:
    """A seat is worth more than all scores of these edges together."""
    mentee, mentor = problem.mentee[kept], problem.mentor[kept]
    wants = np.minimum(problem.wants, np.bincount(mentee, minlength=problem.n_mentees))
    seats = np.minimum(problem.capacity, np.bincount(mentor, minlength=problem.n_mentors))
    score = problem.score[kept].astype(np.int64)
    worth = int(min(wants.sum(), seats.sum())) * int(score.max(initial=0)) + 1
    return Asked(kept, mentee, mentor, score, np.array([max(problem.worth, worth)]))
