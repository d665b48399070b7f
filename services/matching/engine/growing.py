"""Rows and columns that change in place: entries come and go without moving the others' rows."""

import numpy as np

from services.matching.engine.arrays import Graph, Ints, Longs, Scores, State
from services.matching.engine.compiling import inlined, kernel
from services.matching.engine.seats import seat_as_before


def with_room(values: Scores, size: int) -> Scores:
    """At least `size` long: the same array, or one of twice the length."""
    if size <= len(values):
        return values
    more = np.zeros(max(size, 2 * len(values)), values.dtype)
    more[:len(values)] = values
    return more


def widened(state: State, seats: Longs) -> State:
    """With a place for every one of the `seats` (m,), not only for those whom somebody may take now."""
    ends = np.cumsum(seats)
    wide = state._replace(seat_start=ends - seats, capacity=seats.copy(), taken=np.zeros_like(state.taken),
                          holder=np.full(int(seats.sum()), -1, np.int32))
    seat_as_before(wide, state.mentor_of.copy())
    return wide


@kernel
def find(start: Longs, end: Longs, others: Ints, one: int, other: int) -> int:
    """Where `other` stands in the row or column of `one`; -1 for nowhere."""
    for at in range(start[one], end[one]):
        if others[at] == other:
            return at
    return -1


@inlined
def _drop(start: Longs, end: Longs, others: Ints, scores: Scores, one: int, other: int) -> None:
    for at in range(start[one], end[one]):
        if others[at] == other:
            end[one] -= 1
            others[at], scores[at] = others[end[one]], scores[end[one]]
            break


@kernel
def drop_edge(graph: Graph, mentee: int, mentor: int) -> None:
    """The pair is no edge any more."""
    _drop(graph.row_start, graph.row_end, graph.row_mentor, graph.row_score, mentee, mentor)
    _drop(graph.col_start, graph.col_end, graph.col_mentee, graph.col_score, mentor, mentee)


@kernel
def drop_row(graph: Graph, mentee: int) -> None:
    """The mentee may sit nowhere any more."""
    for at in range(graph.row_start[mentee], graph.row_end[mentee]):
        mentor = graph.row_mentor[at]
        _drop(graph.col_start, graph.col_end, graph.col_mentee, graph.col_score, mentor, mentee)
    graph.row_end[mentee] = graph.row_start[mentee]


@kernel
def set_score(graph: Graph, mentee: int, mentor: int, score: int) -> None:
    """The pair is an edge and has another score."""
    graph.row_score[find(graph.row_start, graph.row_end, graph.row_mentor, mentee, mentor)] = score
    graph.col_score[find(graph.col_start, graph.col_end, graph.col_mentee, mentor, mentee)] = score


@kernel
def utility_of(graph: Graph, state: State, worth: int, mentee: int) -> int:
    """The most score minus price in the row, at least -worth."""
    most = -worth
    for at in range(graph.row_start[mentee], graph.row_end[mentee]):
        most = max(most, graph.row_score[at] - state.price[graph.row_mentor[at]])
    return int(most)


@kernel
def room_of(graph: Graph, ends: Longs, mentors: Ints) -> int:
    """How many entries columns need at the end of all, when each of these full ones moves there with room to double."""
    need = 0
    for mentor in mentors:
        if graph.col_end[mentor] == ends[mentor]:
            need += 2 * (ends[mentor] - graph.col_start[mentor]) + 4
    return int(need)


@kernel
def append(graph: Graph, ends: Longs, used: Longs, mentee: int, mentors: Ints, scores: Scores) -> None:
    """A row for the mentee at the end of all, and an entry in each column; full columns move to the end of all.

    `ends`: where the room of each column ends; `used`: entries of rows and of columns in use, with their gaps.
    """
    graph.row_start[mentee] = used[0]
    for at in range(len(mentors)):
        mentor = mentors[at]
        graph.row_mentor[used[0]], graph.row_score[used[0]] = mentor, scores[at]
        used[0] += 1
        if graph.col_end[mentor] == ends[mentor]:
            first, size = graph.col_start[mentor], graph.col_end[mentor] - graph.col_start[mentor]
            for step in range(size):
                graph.col_mentee[used[1] + step] = graph.col_mentee[first + step]
                graph.col_score[used[1] + step] = graph.col_score[first + step]
            graph.col_start[mentor], graph.col_end[mentor] = used[1], used[1] + size
            used[1] += 2 * size + 4
            ends[mentor] = used[1]
        graph.col_mentee[graph.col_end[mentor]], graph.col_score[graph.col_end[mentor]] = mentee, scores[at]
        graph.col_end[mentor] += 1
    graph.row_end[mentee] = used[0]
