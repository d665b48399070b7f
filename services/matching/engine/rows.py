"""Sorts edges into rows and columns, and finds the first that must not be."""

import numpy as np

from services.matching.engine.arrays import Ints, Longs, Scores, Whole
from services.matching.engine.compiling import kernel


@kernel
def first_unsorted(major: Whole, minor: Whole) -> int:
    """Place of the first edge that does not come after the one before it; -1 when all are in order, each once."""
    for at in range(1, len(major)):
        if major[at] < major[at - 1] or (major[at] == major[at - 1] and minor[at] <= minor[at - 1]):
            return at
    return -1


@kernel
def first_outside(index: Whole, lowest: int, size: int) -> int:
    """Place of the first index that is not from lowest to size - 1; -1 when there is none."""
    for at in range(len(index)):
        if index[at] < lowest or index[at] >= size:
            return at
    return -1


@kernel
def offsets(key: Whole, size: int) -> Longs:
    """Where the edges of each key begin once they are sorted, and where the last ends."""
    starts = np.zeros(size + 1, np.int64)
    for at in range(len(key)):
        starts[key[at] + 1] += 1
    for one in range(size):
        starts[one + 1] += starts[one]
    return starts


@kernel
def sorted_by(key: Ints, starts: Longs, other: Ints, score: Scores) -> tuple[Ints, Ints, Scores]:
    """Key, other and score in the order of the key; within a key they stay as they were (a counting sort)."""
    room = starts[:-1].copy()
    keys, others, scores = np.empty_like(key), np.empty_like(other), np.empty_like(score)
    for at in range(len(key)):
        to = room[key[at]]
        room[key[at]] += 1
        keys[to], others[to], scores[to] = key[at], other[at], score[at]
    return keys, others, scores
