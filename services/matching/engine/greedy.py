"""Seats nearly as many as can be, in one look at the rows: where the largest matching begins."""

import numpy as np

from services.matching.engine.arrays import Graph, Ints, State
from services.matching.engine.compiling import inlined, kernel, maker
from services.matching.engine.seats import sit, stand

_FULL = 2**31 - 1


@maker
def seat_greedily(graph: Graph, state: State) -> None:
    """Each in turn takes, of the free seats in the row, that of the mentor with the fewest candidates a seat: who is
    wanted by many is left for those who have nobody else (after Karp and Sipser 1981, by the degrees at the start)."""
    crowd = _crowd(graph, state)
    for mentee in range(len(state.mentor_of)):
        if state.mentor_of[mentee] >= 0:
            continue
        mentor, least = -1, np.int32(_FULL)
        for at in range(graph.row_start[mentee], graph.row_end[mentee]):
            if crowd[graph.row_mentor[at]] < least:
                mentor = graph.row_mentor[at]
                least = crowd[mentor]
        if mentor >= 0:
            sit(state, mentee, mentor)
            if state.taken[mentor] == state.capacity[mentor]:
                crowd[mentor] = _FULL


@inlined
def _crowd(graph: Graph, state: State) -> Ints:
    """Candidates a seat, in 64ths; _FULL where no seat is free."""
    crowd = np.empty(len(state.capacity), np.int32)
    for mentor in range(len(crowd)):
        seats, wanted = state.capacity[mentor], graph.col_end[mentor] - graph.col_start[mentor]
        crowd[mentor] = 64 * wanted // seats if state.taken[mentor] < seats else _FULL
    return crowd


@kernel
def make_room(graph: Graph, state: State) -> None:
    """Each who is free takes the seat of somebody who finds a free one: most ways to a seat are no longer."""
    for mentee in range(len(state.mentor_of)):
        if state.mentor_of[mentee] >= 0:
            continue
        for at in range(graph.row_start[mentee], graph.row_end[mentee]):
            if _moved(graph, state, graph.row_mentor[at]):
                sit(state, mentee, graph.row_mentor[at])
                break


@inlined
def _moved(graph: Graph, state: State, mentor: int) -> bool:
    """Somebody who sat with the mentor sits elsewhere now."""
    first = state.seat_start[mentor]
    for place in range(first, first + state.taken[mentor]):
        holder = state.holder[place]
        for at in range(graph.row_start[holder], graph.row_end[holder]):
            other = graph.row_mentor[at]
            if state.taken[other] < state.capacity[other]:
                stand(state, holder)
                sit(state, holder, other)
                return True
    return False
