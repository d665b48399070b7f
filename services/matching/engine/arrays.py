"""The arrays that kernels work on. Mentees are rows i, mentors are columns j, both from 0; -1 is nobody."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Whole = npt.NDArray[np.integer[Any]]
Mask = npt.NDArray[np.bool_]
Scores = npt.NDArray[Any]
"""int32, or int64 where transformed scores need it."""


class Graph(NamedTuple):
    """Allowed pairs, both ways. Row i is `row_mentor[row_start[i]:row_end[i]]` with its scores; column j likewise."""

    row_start: Longs
    row_end: Longs
    row_mentor: Ints
    row_score: Scores
    col_start: Longs
    col_end: Longs
    col_mentee: Ints
    col_score: Scores


class State(NamedTuple):
    """A matching and its duals. Seats of mentor j are `holder[seat_start[j]:][:taken[j]]`, at most `capacity[j]`.

    `place_of[i]` is where mentee i stands in `holder`. Prices are >= 0, utilities >= -worth, both in units of score.
    """

    seat_start: Longs
    capacity: Longs
    taken: Longs
    holder: Ints
    mentor_of: Ints
    place_of: Longs
    price: Longs
    utility: Longs


class Scratch(NamedTuple):
    """Room for one search over m mentors, used again without clearing: what bears another stamp is not there.

    `heap[:counts[1]]` holds mentors, nearest first; `spot[j]` is where j stands in it. `via[j]` is the mentee over
    which the search came to j, `pred[j]` the mentor before. `counts`: 0 stamp of the search, 1 size of the heap, 2
    mentors scanned, 3 entries of rows and columns looked at so far.
    """

    dist: Longs
    stamp: Longs
    via: Ints
    pred: Ints
    heap: Ints
    spot: Ints
    scanned: Ints
    counts: Longs


def state_of(n_mentees: int, capacity: Longs) -> State:
    """Nobody seated, all prices 0."""
    ends = np.cumsum(capacity)
    seats = int(ends[-1]) if len(ends) else 0
    return State(ends - capacity, capacity, np.zeros(len(capacity), np.int64), np.full(seats, -1, np.int32),
                 np.full(n_mentees, -1, np.int32), np.full(n_mentees, -1, np.int64), np.zeros(len(capacity), np.int64),
                 np.zeros(n_mentees, np.int64))


def scratch_of(n_mentors: int) -> Scratch:
    """For any number of searches in turn."""
    def ints() -> Ints:
        return np.zeros(n_mentors, np.int32)

    return Scratch(np.zeros(n_mentors, np.int64), np.zeros(n_mentors, np.int64), ints(), ints(), ints(), ints(), ints(),
                   np.zeros(4, np.int64))
