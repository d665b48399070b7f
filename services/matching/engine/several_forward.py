"""Forward search where a mentee may have several mentors: the cheapest way to one more."""

from services.matching.engine.arrays import Graph, Scratch
from services.matching.engine.compiling import inlined, kernel
from services.matching.engine.heap import begin, nearest, reach
from services.matching.engine.several import Several, give_up, take


@kernel
def forward_several(graph: Graph, state: Several, scratch: Scratch, start: int) -> None:
    """One more mentor for `start`, unless that costs more than it is worth. Dijkstra over mentors and mentees.

    Lengths are u_i + p_j - s_ij towards a mentor and s_ij - p_j - u_i back to who sits there, none negative. A way ends
    at a free seat, where a mentee gives up the last mentor, or with `start` having no more.
    """
    begin(scratch)
    mentors = len(state.price)
    best, end, leaver = state.utility[start] + state.worths[state.had[start]], -1, start
    reach(scratch, mentors + start, 0)
    while scratch.counts[1] > 0 and scratch.dist[scratch.heap[0]] < best:
        node = nearest(scratch)
        scratch.scanned[scratch.counts[2]] = node
        scratch.counts[2] += 1
        if node < mentors:
            _to_holders(graph, state, scratch, node, best)
            continue
        mentee, dist = node - mentors, scratch.dist[node]
        if mentee != start and dist + state.utility[mentee] + state.worths[state.had[mentee] - 1] < best:
            best, end, leaver = dist + state.utility[mentee] + state.worths[state.had[mentee] - 1], -1, mentee
        nearer, at = _to_mentors(graph, state, scratch, mentee, dist, best)
        if at >= 0:
            best, end, leaver = nearer, at, -1
    for at in range(scratch.counts[2]):
        node = scratch.scanned[at]
        if node < mentors:
            state.price[node] += best - scratch.dist[node]
        else:
            state.utility[node - mentors] -= best - scratch.dist[node]
    if leaver != start:
        _shift(graph, state, scratch, start, end, leaver)


@inlined
def _to_holders(graph: Graph, state: Several, scratch: Scratch, mentor: int, best: int) -> None:
    base, first = scratch.dist[mentor] - state.price[mentor], state.seat_start[mentor]
    for place in range(first, first + state.taken[mentor]):
        entry = state.seat[place]
        mentee = state.owner[entry]
        length = base + graph.row_score[entry] - state.utility[mentee]
        if length < best and reach(scratch, len(state.price) + mentee, length):
            scratch.via[len(state.price) + mentee] = entry


@inlined
def _to_mentors(graph: Graph, state: Several, scratch: Scratch, mentee: int, dist: int, best: int) -> tuple[int, int]:
    """The nearest end in the mentee's row, and whose free seat that is; -1 when none is nearer than `best`."""
    end, base = -1, dist + state.utility[mentee]
    scratch.counts[3] += graph.row_end[mentee] - graph.row_start[mentee]
    for at in range(graph.row_start[mentee], graph.row_end[mentee]):
        mentor = graph.row_mentor[at]
        length = base - graph.row_score[at] + state.price[mentor]
        if length >= best or state.held[at]:
            continue
        if state.taken[mentor] < state.capacity[mentor]:
            best, end = length, mentor
            scratch.via[mentor] = at
        elif reach(scratch, mentor, length):
            scratch.via[mentor] = at
    return best, end


@inlined
def _shift(graph: Graph, state: Several, scratch: Scratch, start: int, end: int, leaver: int) -> None:
    """Each mentee on the way gives up the seat by which the search came, for the one to which it went on."""
    mentors, mentor = len(state.price), end
    if leaver >= 0:
        entry = scratch.via[mentors + leaver]
        mentor = graph.row_mentor[entry]
        give_up(state, mentor, entry)
        state.had[leaver] -= 1
    while True:
        entry = scratch.via[mentor]
        take(state, mentor, entry)
        mentee = state.owner[entry]
        if mentee == start:
            break
        entry = scratch.via[mentors + mentee]
        mentor = graph.row_mentor[entry]
        give_up(state, mentor, entry)
    state.had[start] += 1
