"""Reverse search: moves a vacant seat that still has a price to where it is filled or costs nothing."""

from services.matching.engine.arrays import Graph, Scratch, State
from services.matching.engine.compiling import inlined, kernel
from services.matching.engine.heap import begin, nearest, reach
from services.matching.engine.seats import sit, stand


@kernel
def reverse(graph: Graph, state: State, scratch: Scratch, vacant: int) -> None:
    """Fills one seat of the mentor `vacant` or lowers its price: `forward` on the graph turned round.

    Needs that whoever is unmatched has the utility of that. The distance of a mentor is what the sum loses when the
    vacancy goes there; a way ends with an unmatched mentee, or where the price falls to nothing.
    """
    begin(scratch)
    best, end, filler = state.price[vacant], vacant, -1
    reach(scratch, vacant, 0)
    while scratch.counts[1] > 0 and scratch.dist[scratch.heap[0]] < best:
        mentor = nearest(scratch)
        scratch.scanned[scratch.counts[2]] = mentor
        scratch.counts[2] += 1
        base = scratch.dist[mentor] + state.price[mentor]
        scratch.counts[3] += graph.col_end[mentor] - graph.col_start[mentor]
        for at in range(graph.col_start[mentor], graph.col_end[mentor]):
            mentee = graph.col_mentee[at]
            length = base + state.utility[mentee] - graph.col_score[at]
            if length >= best:
                continue
            other = state.mentor_of[mentee]
            if other < 0:
                best, end, filler = length, mentor, mentee
            elif other != mentor and reach(scratch, other, length):
                scratch.via[other], scratch.pred[other] = mentee, mentor
                if length + state.price[other] < best:
                    best, end, filler = length + state.price[other], other, -1
    _lower_prices(state, scratch, best)
    _shift(state, scratch, vacant, end, filler)


@inlined
def _lower_prices(state: State, scratch: Scratch, best: int) -> None:
    """What was nearer than the end becomes cheaper by the difference."""
    for at in range(scratch.counts[2]):
        mentor = scratch.scanned[at]
        less, first = best - scratch.dist[mentor], state.seat_start[mentor]
        state.price[mentor] -= less
        for place in range(first, first + state.taken[mentor]):
            state.utility[state.holder[place]] += less


@inlined
def _shift(state: State, scratch: Scratch, vacant: int, end: int, filler: int) -> None:
    """Everybody on the way moves one seat towards `vacant`; the filler, if there is one, takes the last."""
    mover, mentor = filler, end
    while mentor != vacant:
        mentee = scratch.via[mentor]
        stand(state, mentee)
        if mover >= 0:
            sit(state, mover, mentor)
        mover, mentor = mentee, scratch.pred[mentor]
    if mover >= 0:
        sit(state, mover, vacant)
