"""Edges by mentee that grow: the best of everybody at first, then what the prices do not rule out."""

from typing import NamedTuple

import numpy as np

from services.matching.engine.arrays import Ints, Longs
from services.matching.engine.compiling import kernel


class Edges(NamedTuple):
    """Mentee i may sit with `mentor[start[i]:start[i + 1]]`, rising, at these scores. `start` int64 (n + 1,)."""

    start: Longs
    mentor: Ints
    score: Ints

    def mentee(self) -> Ints:
        """The mentee of each edge, int32 (edges,)."""
        return np.repeat(np.arange(len(self.start) - 1, dtype=np.int32), np.diff(self.start))


def no_edges(rows: int) -> Edges:
    """Nobody may sit anywhere."""
    return Edges(np.zeros(rows + 1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.int32))


def packed(rows: Ints, count: Ints, mentor: Ints, score: Ints, total: int) -> Edges:
    """From tables with a row for each of `rows`, of which the first `count` entries are meant; `total` mentees."""
    each = np.zeros(total, np.int64)
    each[rows] = count
    start = np.concatenate([[0], np.cumsum(each)])
    edges = Edges(start, np.empty(start[-1], np.int32), np.empty(start[-1], np.int32))
    pack(rows, count, mentor, score, edges)
    return edges


@kernel
def pack(rows: Ints, count: Ints, mentor: Ints, score: Ints, edges: Edges) -> None:
    """Copies the meant entries to their places."""
    for at in range(len(rows)):
        to, size = edges.start[rows[at]], count[at]
        for place in range(size):
            edges.mentor[to + place], edges.score[to + place] = mentor[at, place], score[at, place]


def merged(some: Edges, more: Edges) -> Edges:
    """All edges of both; none is in both."""
    size = len(some.mentor) + len(more.mentor)
    both = Edges(some.start + more.start, np.empty(size, np.int32), np.empty(size, np.int32))
    merge(some, more, both)
    return both


@kernel
def merge(some: Edges, more: Edges, both: Edges) -> None:
    """Row by row, the lower mentor first."""
    for row in range(len(both.start) - 1):
        one, end = some.start[row], some.start[row + 1]
        other, stop = more.start[row], more.start[row + 1]
        for to in range(both.start[row], both.start[row + 1]):
            if other >= stop or (one < end and some.mentor[one] < more.mentor[other]):
                both.mentor[to], both.score[to] = some.mentor[one], some.score[one]
                one += 1
            else:
                both.mentor[to], both.score[to] = more.mentor[other], more.score[other]
                other += 1
