"""Sorts edges into rows and columns, and finds the first that must not be."""

from typing import NamedTuple

import numpy as np

from services.matching.engine.arrays import Ints, Longs, Scores, Whole
from services.matching.engine.compiling import kernel, maker


@kernel
def first_unsorted(major: Whole, minor: Whole) -> int:
    """Place of the first edge that does not come after the one before it; -1 when all are in order, each once."""
    for at in range(1, len(major)):
        if major[at] < major[at - 1] or (major[at] == major[at - 1] and minor[at] <= minor[at - 1]):
            return at
    return -1


@kernel
def in_order(mentee: Whole, mentor: Whole, score: Whole, n_mentees: int, n_mentors: int) -> bool:
    """All edges are sorted, each once, with people that there are and scores of 32 bits; in one look, without branches.
    """
    wrong = len(mentee) > 0 and (mentee[0] < 0 or mentee[-1] >= n_mentees)
    for at in range(len(mentee)):
        wrong |= (mentor[at] < 0) | (mentor[at] >= n_mentors) | (score[at] < 0) | (score[at] > 2**31 - 1)
    for at in range(1, len(mentee)):
        before = at - 1
        wrong |= (mentee[at] < mentee[before]) | ((mentee[at] == mentee[before]) & (mentor[at] <= mentor[before]))
    return not wrong


class Counted(NamedTuple):
    """Of sorted edges: where those of each mentee begin, `starts` (n + 1), and where those of each mentor would
    by mentor, `columns` (m + 1). Seats, `capacity` (m), one more at most than who may sit there: never full, so never
    priced, also for those who may yet be let in. Mentors that a mentee wants and may have, `wants` (n); `most` pairs
    there can be; the `highest` score."""

    starts: Longs
    columns: Longs
    capacity: Longs
    wants: Longs
    most: int
    highest: int


@maker
def counted(mentee: Ints, mentor: Ints, score: Scores, capacity: Longs, wants: Longs) -> Counted:
    """In one look at the edges, which are sorted; `capacity` and `wants` as they were given."""
    starts, columns = np.zeros(len(wants) + 1, np.int64), np.zeros(len(capacity) + 1, np.int64)
    last = -1
    for at in range(len(mentee)):
        columns[mentor[at] + 1] += 1
        if mentee[at] != last:
            starts[last + 1:mentee[at] + 1] = at
            last = mentee[at]
    starts[last + 1:] = len(mentee)
    highest = score.dtype.type(0)
    for at in range(len(score)):
        highest = max(highest, score[at])
    seats, filled, wanted = np.empty_like(capacity), 0, np.empty_like(wants)
    for one in range(len(capacity)):
        seats[one] = min(capacity[one], columns[one + 1] + 1)
        filled += min(capacity[one], columns[one + 1])
        columns[one + 1] += columns[one]
    for one in range(len(wants)):
        wanted[one] = min(wants[one], starts[one + 1] - starts[one])
    return Counted(starts, columns, seats, wanted, min(filled, wanted.sum()), int(highest))


@kernel
def first_outside(index: Whole, lowest: int, size: int) -> int:
    """Place of the first index that is not from lowest to size - 1; -1 when there is none."""
    for at in range(len(index)):
        if index[at] < lowest or index[at] >= size:
            return at
    return -1


@maker
def offsets(key: Whole, size: int) -> Longs:
    """Where the edges of each key begin once they are sorted, and where the last ends."""
    starts = np.zeros(size + 1, np.int64)
    for at in range(len(key)):
        starts[key[at] + 1] += 1
    for one in range(size):
        starts[one + 1] += starts[one]
    return starts


@maker
def sorted_by(key: Ints, starts: Longs, other: Ints, score: Scores) -> tuple[Ints, Ints, Scores]:
    """Key, other and score in the order of the key; within a key they stay as they were (a counting sort)."""
    room = starts[:-1].copy()
    keys, others, scores = np.empty_like(key), np.empty_like(other), np.empty_like(score)
    for at in range(len(key)):
        to = room[key[at]]
        room[key[at]] += 1
        keys[to], others[to], scores[to] = key[at], other[at], score[at]
    return keys, others, scores


@maker
def turned(mentee: Ints, mentor: Ints, score: Scores, columns: Longs) -> tuple[Ints, Scores]:
    """The same edges by mentor, each column from where it begins: its mentees as they come, and scores."""
    room, mentees, scores = columns[:-1].copy(), np.empty_like(mentee), np.empty_like(score)
    for at in range(len(mentor)):
        to = room[mentor[at]]
        room[mentor[at]] += 1
        mentees[to], scores[to] = mentee[at], score[at]
    return mentees, scores
