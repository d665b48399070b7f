"""Makes any prices and any seats an optimum: duals from prices, tight seats kept, then forward and reverse searches."""

from typing import NamedTuple

import numpy as np

from services.matching.engine.arrays import Graph, Ints, Longs, Scratch, State
from services.matching.engine.compiling import inlined, kernel
from services.matching.engine.easing import ease
from services.matching.engine.forward import forward
from services.matching.engine.reverse import reverse
from services.matching.engine.seats import sit
from services.matching.engine.unbounded import NOBODY

_NOWHERE = np.int64(NOBODY)


class Discontent(NamedTuple):
    """Room for `tighten`: how much less than the best the own seat is worth to each mentee, `short` (n,), and the
    largest of these by mentor, `most` (m,), from 0; who wants a seat, `free` (n,); a row, `value` (m,)."""

    short: Longs
    most: Longs
    free: Ints
    value: Longs


@kernel
def tighten(graph: Graph, state: State, worth: int, room: Discontent) -> int:
    """Utilities as the prices have them, and prices as low as that is easy; who is not content stands up, who finds a
    free seat at that sits down. Answers how many are left who want a seat, and lists them in `free`, in their order."""
    for mentee in range(len(state.mentor_of)):
        best, here = _most(graph, state, mentee, room.value, worth)
        state.utility[mentee], room.short[mentee] = best, best - here
        if state.mentor_of[mentee] >= 0:
            room.most[state.mentor_of[mentee]] = max(room.most[state.mentor_of[mentee]], best - here)
    ease(graph, state, room.short, room.most)
    count = 0
    for mentee in range(len(state.mentor_of)):
        if state.mentor_of[mentee] < 0 and state.utility[mentee] > -worth and not _sits(graph, state, mentee):
            room.free[count] = mentee
            count += 1
    return count


@inlined
def _most(graph: Graph, state: State, mentee: int, value: Longs, worth: int) -> tuple[int, int]:
    """The most score minus price in the row, at least -worth; and what it is at the own seat, NOBODY where that is not
    in the row."""
    mentors = graph.row_mentor[graph.row_start[mentee]:graph.row_end[mentee]]
    scores = graph.row_score[graph.row_start[mentee]:graph.row_end[mentee]]
    best, here, own = np.int64(-worth), _NOWHERE, state.mentor_of[mentee]
    for at in range(len(mentors)):
        value[at] = scores[at] - state.price[np.uint32(mentors[at])]
    for at in range(len(mentors)):
        best = max(best, value[at])
    for at in range(len(mentors)):
        here = max(here, value[at] if mentors[at] == own else _NOWHERE)
    return int(best), int(here)


@inlined
def _sits(graph: Graph, state: State, mentee: int) -> bool:
    """Down on a free seat among those worth most, if there is one."""
    for at in range(graph.row_start[mentee], graph.row_end[mentee]):
        mentor = graph.row_mentor[at]
        if (state.taken[mentor] < state.capacity[mentor]
                and graph.row_score[at] - state.price[mentor] == state.utility[mentee]):
            sit(state, mentee, mentor)
            return True
    return False


@kernel
def seat_and_fill(graph: Graph, state: State, scratch: Scratch, worth: int, free: Ints, done: int, look: int) -> int:
    """Forward searches for all who are `free`, then reverse searches for all mentors: no seat with a price is left
    vacant. `done` of both together are done; goes on until about `look` entries were looked at, and answers how many
    are done then."""
    until = scratch.counts[3] + look
    while done < len(free) and scratch.counts[3] < until:
        mentee = free[done]
        if state.mentor_of[mentee] < 0 and state.utility[mentee] > -worth:
            forward(graph, state, scratch, worth, mentee)
        done += 1
    while done < len(free) + len(state.price) and scratch.counts[3] < until:
        mentor = done - len(free)
        if state.price[mentor] > 0 and state.taken[mentor] < state.capacity[mentor]:
            reverse(graph, state, scratch, mentor)
        else:
            done += 1
    return done
