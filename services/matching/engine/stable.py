"""Stable matchings: nobody would rather be with somebody who would rather have them (Gale and Shapley 1962)."""

from dataclasses import dataclass

import numpy as np

from services.matching.engine.arrays import Ints, Longs
from services.matching.engine.checks import Given, of_length, require_not_negative
from services.matching.engine.compiling import kernel, maker
from services.matching.engine.problem import Problem
from services.matching.engine.refused import Refused


@dataclass(frozen=True)
class Stable:
    """`mentor_of` (n), -1 for none; `matched` and `total_score` say what stability costs beside the best."""

    mentor_of: Ints
    matched: int
    total_score: int


def stable(problem: Problem, *, band: int = 1, promote: bool = True, mentor_score: Given | None = None) -> Stable:
    """Mentees propose by falling score; a full mentor drops who is worth least to them.

    Mentors rank by `mentor_score` (one an edge, in the order of the problem; the score unless given) in whole `band`s:
    within a band they have no preference. With `promote` who has been refused everywhere asks once more and wins ties:
    at least two thirds as many are seated as in any stable matching (Király 2008). Mentees break their own ties by the
    order of mentors. Raises Refused where mentees may have several mentors.
    """
    if len(problem.worths) > 1:
        raise Refused("a stable matching is for one mentor a mentee")
    if band < 1:
        raise Refused(f"a band is {band} wide; it must be 1 or more")
    rank = _ranks(problem, band, mentor_score)
    order = np.lexsort((problem.mentor, -problem.score.astype(np.int64), problem.mentee)).astype(np.int64)
    mentor_of = propose(problem.starts, problem.mentor, rank, order, problem.capacity, problem.wants, promote)
    seated = mentor_of[problem.mentee] == problem.mentor
    return Stable(mentor_of, int((mentor_of >= 0).sum()), int(problem.score[seated].sum(dtype=np.int64)))


def _ranks(problem: Problem, band: int, mentor_score: Given | None) -> Longs:
    if mentor_score is None:
        return problem.score.astype(np.int64) // band
    given = of_length("mentor_score", mentor_score, len(problem.score)).astype(np.int64)
    require_not_negative("mentor_score", given)
    return given // band


@maker
def propose(starts: Longs, mentor: Ints, rank: Longs, order: Longs, capacity: Longs, wants: Longs,
            promote: bool) -> Ints:
    """`order`: the edges of each mentee, best first; `rank` by edge, higher is better to the mentor.

    Answers the mentor of each mentee. Time is that of looking at each edge twice, times the seats of a mentor.
    """
    mentees = len(wants)
    ends = np.cumsum(capacity)
    taken, seats = np.zeros(len(capacity), np.int64), np.full(capacity.sum(), -1, np.int64)
    mentor_of, promoted = np.full(mentees, -1, np.int32), np.zeros(mentees, np.int64)
    owner = np.repeat(np.arange(mentees), np.diff(starts))
    at, waiting = starts[:-1].copy(), np.arange(mentees)[::-1].copy()
    left = mentees
    while left > 0:
        mentee = waiting[left - 1]
        if at[mentee] == starts[mentee + 1] and promote and promoted[mentee] == 0:
            at[mentee], promoted[mentee] = starts[mentee], 1
        if at[mentee] == starts[mentee + 1] or wants[mentee] == 0:
            left -= 1
            continue
        edge = order[at[mentee]]
        at[mentee] += 1
        asked = mentor[edge]
        first = ends[asked] - capacity[asked]
        place = first + taken[asked]
        if taken[asked] < capacity[asked]:
            taken[asked] += 1
            left -= 1
        elif capacity[asked] == 0:
            continue
        else:
            place = _worst(seats, first, place, rank, promoted, owner)
            held = seats[place]
            if (rank[edge], promoted[mentee]) <= (rank[held], promoted[owner[held]]):
                continue
            mentor_of[owner[held]] = -1
            waiting[left - 1] = owner[held]
        seats[place], mentor_of[mentee] = edge, asked
    return mentor_of


@kernel
def _worst(seats: Longs, first: int, end: int, rank: Longs, promoted: Longs, owner: Longs) -> int:
    """The place of whom the mentor would drop first."""
    worst = first
    for place in range(first + 1, end):
        one, other = seats[place], seats[worst]
        if (rank[one], promoted[owner[one]]) < (rank[other], promoted[owner[other]]):
            worst = place
    return int(worst)
