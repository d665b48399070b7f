"""Makes any prices and any seats an optimum: duals from prices, tight seats kept, then forward and reverse searches."""

import numpy as np

from services.matching.engine.arrays import Graph, Ints, Longs, Scratch, State
from services.matching.engine.compiling import inlined, kernel
from services.matching.engine.forward import forward
from services.matching.engine.reverse import reverse
from services.matching.engine.seats import sit, stand


@kernel
def tighten(graph: Graph, state: State, worth: int, value: Longs, free: Ints) -> int:
    """Utilities as the prices have them; who is not content stands up, who finds a free seat at that sits down.

    Answers how many are left who want a seat, and lists them in `free`, in their order. `value` (m,) is room for a row.
    """
    for mentee in range(len(state.mentor_of)):
        state.utility[mentee], content = _most(graph, state, mentee, value, worth)
        if state.mentor_of[mentee] >= 0 and not content:
            stand(state, mentee)
    count = 0
    for mentee in range(len(state.mentor_of)):
        if state.mentor_of[mentee] < 0 and state.utility[mentee] > -worth and not _sits(graph, state, mentee):
            free[count] = mentee
            count += 1
    return count


@inlined
def _most(graph: Graph, state: State, mentee: int, value: Longs, worth: int) -> tuple[int, bool]:
    """The most score minus price in the row, at least -worth; and whether it is that at the own seat."""
    mentors = graph.row_mentor[graph.row_start[mentee]:graph.row_end[mentee]]
    scores = graph.row_score[graph.row_start[mentee]:graph.row_end[mentee]]
    best, content, own = np.int64(-worth), False, state.mentor_of[mentee]
    for at in range(len(mentors)):
        value[at] = scores[at] - state.price[np.uint32(mentors[at])]
    for at in range(len(mentors)):
        best = max(best, value[at])
    for at in range(len(mentors)):
        content |= (mentors[at] == own) & (value[at] == best)
    return int(best), content


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
def seat_all(graph: Graph, state: State, scratch: Scratch, worth: int, free: Ints, done: int, look: int) -> int:
    """Forward searches for free[done:] until about `look` entries were looked at; answers how many are done."""
    until = scratch.counts[3] + look
    while done < len(free) and scratch.counts[3] < until:
        mentee = free[done]
        if state.mentor_of[mentee] < 0 and state.utility[mentee] > -worth:
            forward(graph, state, scratch, worth, mentee)
        done += 1
    return done


@kernel
def fill_all(graph: Graph, state: State, scratch: Scratch, done: int, look: int) -> int:
    """Reverse searches for the mentors from `done` on, likewise: no seat with a price stays vacant."""
    until = scratch.counts[3] + look
    while done < len(state.price) and scratch.counts[3] < until:
        if state.price[done] > 0 and state.taken[done] < state.capacity[done]:
            reverse(graph, state, scratch, done)
        else:
            done += 1
    return done
