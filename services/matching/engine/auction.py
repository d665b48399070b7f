"""The auction that finds nearly the right prices (Bertsekas 1979, a price for each seat): a start, never an answer."""

from typing import NamedTuple

import numpy as np

from services.matching.engine.arrays import Graph, Ints, Longs, State
from services.matching.engine.compiling import inlined, kernel
from services.matching.engine.seats import sit

STEP = 16
"""By how much a bid goes beyond indifference, in units of score."""

BIDS_A_MENTEE = 60


class Auction(NamedTuple):
    """Who waits to bid, in a ring, and what each taken seat cost; within a mentor, `paid` and `holder` are a heap.

    `counts`: 0 where the ring begins, 1 how many wait, 2 bids made.
    """

    waiting: Ints
    paid: Longs
    counts: Longs


def auction_of(seats: int, waiting: Ints | Longs) -> Auction:
    """These wait, in this order."""
    return Auction(waiting.astype(np.int32), np.zeros(seats, np.int64), np.array([0, len(waiting), 0], np.int64))


@kernel
def bid(graph: Graph, state: State, auction: Auction, worth: int, step: int, most: int) -> bool:
    """Takes bids until nobody waits or `most` were made in all; True when there is more to do."""
    waiting, counts = auction.waiting, auction.counts
    room = len(waiting)
    while counts[1] > 0 and counts[2] < most:
        mentee = waiting[counts[0]]
        counts[0] = counts[0] + 1 if counts[0] + 1 < room else 0
        counts[1] -= 1
        mentor, best, second = _best_two(graph, state, mentee, worth)
        if mentor < 0:
            continue
        counts[2] += 1
        if state.taken[mentor] < state.capacity[mentor]:
            sit(state, mentee, mentor)
            auction.paid[state.place_of[mentee]] = state.price[mentor]
            continue
        loser = state.holder[state.seat_start[mentor]]
        state.mentor_of[loser] = -1
        _outbid(state, auction, mentee, mentor, state.price[mentor] + best - second + step)
        tail = counts[0] + counts[1]
        waiting[tail if tail < room else tail - room] = loser
        counts[1] += 1
    return bool(counts[1] > 0)


@inlined
def _best_two(graph: Graph, state: State, mentee: int, worth: int) -> tuple[int, int, int]:
    """The mentor with the most score minus price, how much that is, and the second most, at least -worth."""
    mentor, best, second = -1, -worth, -worth
    for at in range(graph.row_start[mentee], graph.row_end[mentee]):
        value = graph.row_score[at] - state.price[graph.row_mentor[at]]
        if value > second:
            if value > best:
                mentor, best, second = graph.row_mentor[at], value, best
            else:
                second = value
    return mentor, best, second


@inlined
def _outbid(state: State, auction: Auction, mentee: int, mentor: int, price: int) -> None:
    """The cheapest seat changes hands, and the mentor's price is that of the seat which is the cheapest now."""
    holder, paid, first = state.holder, auction.paid, state.seat_start[mentor]
    size, at = state.taken[mentor], 0
    while 2 * at + 1 < size:
        below = 2 * at + 1
        if below + 1 < size and paid[first + below + 1] < paid[first + below]:
            below += 1
        if paid[first + below] >= price:
            break
        paid[first + at], holder[first + at] = paid[first + below], holder[first + below]
        state.place_of[holder[first + at]] = first + at
        at = below
    paid[first + at], holder[first + at] = price, mentee
    state.place_of[mentee] = first + at
    state.mentor_of[mentee] = mentor
    state.price[mentor] = paid[first]
