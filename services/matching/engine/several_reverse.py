"""Reverse search where a mentee may have several mentors: fills a vacant seat, or lowers its price."""

from services.matching.engine.arrays import Graph, Scratch
from services.matching.engine.compiling import inlined, kernel
from services.matching.engine.heap import begin, nearest, reach
from services.matching.engine.several import Several, give_up, take


@kernel
def reverse_several(graph: Graph, state: Several, scratch: Scratch, vacant: int) -> None:
    """Fills one seat of the mentor `vacant` or lowers its price; `forward_several` on the graph turned round.

    A way ends with a mentee who takes one mentor more, or where a price falls to nothing.
    """
    begin(scratch)
    mentors = len(state.price)
    best, end = state.price[vacant], vacant
    reach(scratch, vacant, 0)
    while scratch.counts[1] > 0 and scratch.dist[scratch.heap[0]] < best:
        node = nearest(scratch)
        scratch.scanned[scratch.counts[2]] = node
        scratch.counts[2] += 1
        if node < mentors:
            _to_mentees(graph, state, scratch, node, best)
            continue
        mentee = node - mentors
        if state.had[mentee] < state.wants[mentee]:
            more = scratch.dist[node] - state.utility[mentee] - state.worths[state.had[mentee]]
            if more < best:
                best, end = more, node
        nearer, at = _to_held(graph, state, scratch, mentee, best)
        if at >= 0:
            best, end = nearer, at
    for at in range(scratch.counts[2]):
        node = scratch.scanned[at]
        if node < mentors:
            state.price[node] -= best - scratch.dist[node]
        else:
            state.utility[node - mentors] += best - scratch.dist[node]
    _shift(graph, state, scratch, vacant, end)


@inlined
def _to_mentees(graph: Graph, state: Several, scratch: Scratch, mentor: int, best: int) -> None:
    base = scratch.dist[mentor] + state.price[mentor]
    scratch.counts[3] += graph.col_end[mentor] - graph.col_start[mentor]
    for at in range(graph.col_start[mentor], graph.col_end[mentor]):
        mentee = graph.col_mentee[at]
        length = base + state.utility[mentee] - graph.col_score[at]
        if length < best and not state.held[state.entry[at]] and reach(scratch, len(state.price) + mentee, length):
            scratch.via[len(state.price) + mentee] = state.entry[at]


@inlined
def _to_held(graph: Graph, state: Several, scratch: Scratch, mentee: int, best: int) -> tuple[int, int]:
    """The nearest mentor of the mentee's whose price falls to nothing, -1 when none is nearer than `best`."""
    end, base = -1, scratch.dist[len(state.price) + mentee] - state.utility[mentee]
    for at in range(graph.row_start[mentee], graph.row_end[mentee]):
        if not state.held[at]:
            continue
        mentor = graph.row_mentor[at]
        length = base + graph.row_score[at] - state.price[mentor]
        if length < best and reach(scratch, mentor, length):
            scratch.via[mentor] = at
            if length + state.price[mentor] < best:
                best, end = length + state.price[mentor], mentor
    return best, end


@inlined
def _shift(graph: Graph, state: Several, scratch: Scratch, vacant: int, end: int) -> None:
    """Each mentee on the way gives up the seat to which the search went on, for the one by which it came."""
    mentors, mentee = len(state.price), end - len(state.price)
    if mentee >= 0:
        state.had[mentee] += 1
    elif end != vacant:
        entry = scratch.via[end]
        give_up(state, end, entry)
        mentee = state.owner[entry]
    while mentee >= 0:
        entry = scratch.via[mentors + mentee]
        mentor = graph.row_mentor[entry]
        mentee = -1
        if mentor != vacant:
            left = scratch.via[mentor]
            give_up(state, mentor, left)
            mentee = state.owner[left]
        take(state, mentor, entry)
