"""Lets a price fall where somebody sits who would rather be elsewhere, as far as nobody else comes to want the seat: a
step of the reverse auction (Bertsekas, Castañon and Tsaknakis 1993) that needs no search."""

from services.matching.engine.arrays import Graph, Longs, State
from services.matching.engine.compiling import inlined
from services.matching.engine.seats import stand


@inlined
def ease(graph: Graph, state: State, short: Longs, most: Longs) -> None:
    """Prices fall; who is not content at the new price stands up.

    `short` (n,): how much less than the best the own seat is worth to each; `most` (m,): the largest of these among
    who sits there. Needs utilities as the prices have them, and keeps u_i + p_j >= s_ij everywhere.
    """
    for mentor in range(len(state.price)):
        price, vacant = state.price[mentor], state.taken[mentor] < state.capacity[mentor]
        if most[mentor] > 0 or (vacant and price > 0):
            enough = 0 if vacant else max(0, price - most[mentor])
            state.price[mentor] = _least_price(graph, state, mentor, enough)
            _let_stand(state, mentor, short, price - state.price[mentor])


@inlined
def _least_price(graph: Graph, state: State, mentor: int, enough: int) -> int:
    """At least `enough`, and so high that nobody who sits elsewhere would gain here."""
    least = enough
    for at in range(graph.col_start[mentor], graph.col_end[mentor]):
        mentee = graph.col_mentee[at]
        offer = graph.col_score[at] - state.utility[mentee]
        if offer > least and state.mentor_of[mentee] != mentor:
            least = offer
    return int(least)


@inlined
def _let_stand(state: State, mentor: int, short: Longs, fall: int) -> None:
    """Those of the mentor gain what the price fell; whom that does not content stands up."""
    first = state.seat_start[mentor]
    for place in range(first + state.taken[mentor] - 1, first - 1, -1):
        mentee = state.holder[place]
        if short[mentee] > fall:
            stand(state, mentee)
        else:
            state.utility[mentee] += fall - short[mentee]
