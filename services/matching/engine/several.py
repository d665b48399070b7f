"""Arrays of a matching in which a mentee may have several mentors; mentee i is node m + i of a search."""

from typing import NamedTuple

import numpy as np

from services.matching.engine.arrays import Graph, Ints, Longs, Mask
from services.matching.engine.compiling import inlined, maker
from services.matching.engine.problem import Problem

UNREACHED = 2**61
"""The utility of who may have no mentor: no search comes there, whatever the prices."""


class Several(NamedTuple):
    """A matching and its duals. An entry is a place in the rows of the graph: one edge.

    `seat[seat_start[j]:][:taken[j]]`: entries that hold a seat of mentor j; `held` says it of each entry. `had[i]`
    mentors of `wants[i]`; the k-th is worth `worths[k - 1]`. `owner`: the mentee of each entry; `entry`: the entry of
    each place in the columns.
    """

    seat_start: Longs
    capacity: Longs
    taken: Longs
    seat: Ints
    held: Mask
    had: Longs
    wants: Longs
    worths: Longs
    owner: Ints
    entry: Ints
    price: Longs
    utility: Longs


def several_of(problem: Problem) -> Several:
    """Nobody seated, all prices 0; a mentor without seats begins at a price that nobody pays."""
    ends = np.cumsum(problem.capacity)
    seats = int(ends[-1]) if len(ends) else 0
    price = np.where(problem.capacity == 0, problem.ceiling, 0)
    return Several(ends - problem.capacity, problem.capacity, np.zeros_like(problem.capacity),
                   np.full(seats, -1, np.int32), np.zeros(len(problem.mentor), np.bool_),
                   np.zeros(problem.n_mentees, np.int64), problem.wants, problem.worths, problem.mentee,
                   _entries(problem.mentor, problem.graph.col_start), price,
                   np.where(problem.wants == 0, UNREACHED, -problem.worth))


@maker
def _entries(mentor: Ints, col_start: Longs) -> Ints:
    """The entry of each place in the columns (the counting sort that made them)."""
    room, entries = col_start.copy(), np.empty(len(mentor), np.int32)
    for at in range(len(mentor)):
        entries[room[mentor[at]]] = at
        room[mentor[at]] += 1
    return entries


@inlined
def take(state: Several, mentor: int, entry: int) -> None:
    """A free seat of the mentor goes to the entry."""
    state.seat[state.seat_start[mentor] + state.taken[mentor]] = entry
    state.taken[mentor] += 1
    state.held[entry] = True


@inlined
def give_up(state: Several, mentor: int, entry: int) -> None:
    """The entry's seat of the mentor is free."""
    place = state.seat_start[mentor]
    while state.seat[place] != entry:
        place += 1
    state.taken[mentor] -= 1
    state.seat[place] = state.seat[state.seat_start[mentor] + state.taken[mentor]]
    state.held[entry] = False


@inlined
def most_outside(graph: Graph, state: Several, mentee: int) -> int:
    """The most score minus price among mentors whom the mentee does not have, at least -worth of the first."""
    most = -state.worths[0]
    for at in range(graph.row_start[mentee], graph.row_end[mentee]):
        if not state.held[at]:
            most = max(most, graph.row_score[at] - state.price[graph.row_mentor[at]])
    return int(most)
