"""Forward search: the cheapest way to a seat for one more mentee, and the prices that keep the matching optimal."""

import numpy as np

from services.matching.engine.arrays import Graph, Scratch, State
from services.matching.engine.compiling import inlined, kernel
from services.matching.engine.heap import begin, nearest, reach


@kernel
def forward(graph: Graph, state: State, scratch: Scratch, worth: int, start: int) -> None:
    """Seats the free mentee `start`, or leaves alone who costs least to. After Jonker and Volgenant 1987, and Dijkstra.

    Needs u_i + p_j >= s_ij everywhere, equal for who is seated, and keeps it. The distance of a mentor is what the sum
    loses when `start` gets a seat there; a way ends at a free seat, at a holder who leaves, or with `start` alone.
    """
    begin(scratch)
    best, end = _look(graph, state, scratch, start, 0, state.utility[start] + worth)
    leaver = -1 if end >= 0 else start
    while scratch.counts[1] > 0 and scratch.dist[scratch.heap[0]] < best:
        mentor = nearest(scratch)
        dist, first = scratch.dist[mentor], state.seat_start[mentor]
        scratch.scanned[scratch.counts[2]] = mentor
        scratch.counts[2] += 1
        for place in range(first, first + state.taken[mentor]):
            mentee = state.holder[place]
            if dist + state.utility[mentee] + worth < best:
                best, leaver = dist + state.utility[mentee] + worth, mentee
            nearer, at = _look(graph, state, scratch, mentee, dist, best)
            if at >= 0:
                best, end, leaver = nearer, at, -1
    _raise_prices(state, scratch, best)
    state.utility[start] -= best
    if leaver != start:
        _shift(state, scratch, start, end, leaver)


@inlined
def _look(graph: Graph, state: State, scratch: Scratch, mentee: int, dist: int, best: int) -> tuple[int, int]:
    """Along the mentee's row: the nearest end, and whose free seat that is; -1 when none is nearer than `best`."""
    end, base, first = -1, dist + state.utility[mentee], graph.row_start[mentee]
    mentors = graph.row_mentor[first:graph.row_end[mentee]]
    scores = graph.row_score[first:graph.row_end[mentee]]
    scratch.counts[3] += len(mentors)
    for at in range(len(mentors)):
        mentor = mentors[at]
        length = base - scores[at] + state.price[np.uint32(mentor)]  # no sign, so no look for places from the end
        if length >= best:
            continue
        if state.taken[mentor] < state.capacity[mentor]:
            best, end = length, mentor
        elif reach(scratch, mentor, length):
            scratch.via[mentor] = mentee
    if end >= 0:
        scratch.via[end] = mentee
    return best, end


@inlined
def _raise_prices(state: State, scratch: Scratch, best: int) -> None:
    """What was nearer than the end becomes dearer by the difference."""
    for at in range(scratch.counts[2]):
        mentor = scratch.scanned[at]
        more, first = best - scratch.dist[mentor], state.seat_start[mentor]
        state.price[mentor] += more
        for place in range(first, first + state.taken[mentor]):
            state.utility[state.holder[place]] -= more


@inlined
def _shift(state: State, scratch: Scratch, start: int, end: int, leaver: int) -> None:
    """Everybody on the way moves one seat on, from the end back to `start`."""
    if leaver >= 0:
        mentor, place = state.mentor_of[leaver], state.place_of[leaver]
        state.mentor_of[leaver] = -1
    else:
        mentor, place = end, state.seat_start[end] + state.taken[end]
        state.taken[end] += 1
    while True:
        mentee = scratch.via[mentor]
        before, left = state.mentor_of[mentee], state.place_of[mentee]
        state.holder[place], state.mentor_of[mentee], state.place_of[mentee] = mentee, mentor, place
        if mentee == start:
            break
        mentor, place = before, left
