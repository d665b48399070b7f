"""Objectives about how the worst off fare: each is the default objective on fewer edges or on other weights."""

from dataclasses import replace

import numpy as np

from services.matching.engine.arrays import Longs, Mask
from services.matching.engine.cardinality import largest
from services.matching.engine.checks import require_no_overflow
from services.matching.engine.problem import Problem
from services.matching.engine.refused import Refused
from services.matching.engine.rows import counted
from services.matching.engine.watch import UNWATCHED, Watch

FAIR = ("maximin", "minimax-regret", "least-squares-regret")
OBJECTIVES = ("participation", "score", *FAIR)


def regret(problem: Problem) -> Longs:
    """By edge: the mentee's best score with a mentor who has a seat, less that of the edge; 0 for one who has none."""
    best, open_ = np.zeros(problem.n_mentees, np.int64), problem.capacity[problem.mentor] > 0
    np.maximum.at(best, problem.mentee[open_], problem.score[open_])
    lost: Longs = np.maximum(best[problem.mentee] - problem.score, 0)
    return lost


def posed(problem: Problem, objective: str, threshold: int | None) -> Problem:
    """The problem of which a solution with that objective and threshold is an optimum, and its prices the proof."""
    if objective == "maximin":
        return restricted(problem, problem.score >= (threshold or 0))
    if objective == "minimax-regret":
        return restricted(problem, regret(problem) <= (threshold or 0))
    if objective == "score":
        return replace(problem, worths=np.minimum(problem.worths, 0))
    return squared(problem) if objective == "least-squares-regret" else problem


def restricted(problem: Problem, kept: Mask) -> Problem:
    """With fewer edges; a seat is worth more than all scores together, whatever it was worth before."""
    mentee, mentor, score = problem.mentee[kept], problem.mentor[kept], problem.score[kept]
    starts, columns, capacity, wants, most, highest = counted(mentee, mentor, score, problem.capacity, problem.wants)
    worth = max(problem.worth, most * highest + 1)
    require_no_overflow([worth], highest, most)
    return Problem(capacity, starts, columns, mentee, mentor, score, wants, np.array([worth], np.int64), highest)


def squared(problem: Problem) -> Problem:
    """Weights that sum to more the less squares of regret sum to; a seat is worth more than all of them."""
    lost = regret(problem)
    most = int(lost.max(initial=0))
    seats = int(min(problem.wants.sum(), problem.capacity.sum()))
    worth = seats * most**2 + 1
    require_no_overflow([worth], most**2, seats)
    weight = most**2 - lost**2
    kind = np.int32 if most**2 < 2**31 else np.int64
    return replace(problem, score=weight.astype(kind), worths=np.array([worth], np.int64),
                   highest=int(weight.max(initial=0)))


def threshold_of(problem: Problem, objective: str, watch: Watch = UNWATCHED) -> tuple[int | None, bool]:
    """The best threshold at which as many as ever are seated, by halving; and whether it is proven to be the best.

    The test is the size of a largest matching of the edges within the threshold. Cut by the deadline it answers the
    best found so far.
    """
    if not problem.one_each:
        raise Refused(f"{objective} is for one mentor a mentee, no more and no fewer")
    if objective not in ("maximin", "minimax-regret"):
        return None, True
    loss = regret(problem) if objective == "minimax-regret" else problem.highest - problem.score.astype(np.int64)
    values, pairs = np.unique(loss), largest(problem, watch).pairs
    low, high = 0, len(values) - 1
    while low < high:
        if not watch.goes_on("fairness", 1 - (high - low) / len(values)):
            break
        middle = (low + high) // 2
        enough = largest(restricted(problem, loss <= values[middle]), watch).pairs == pairs
        low, high = (low, middle) if enough else (middle + 1, high)
    best = int(values[high]) if len(values) else 0
    return (best if objective == "minimax-regret" else problem.highest - best), low >= high
