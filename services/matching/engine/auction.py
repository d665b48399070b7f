"""The auction that finds nearly the right prices (Bertsekas 1979, with a price for each seat), in phases with smaller
and smaller steps (Bertsekas and Castañon 1989): a start, never an answer."""

from typing import NamedTuple

import numpy as np

from services.matching.engine.arrays import Graph, Ints, Longs, Scores, State
from services.matching.engine.bidding import best_two
from services.matching.engine.compiling import inlined, kernel
from services.matching.engine.problem import Problem

PHASES: tuple[tuple[int, tuple[int, ...]], ...] = (
    (20_000, (50, 400, 3200)), (5_000, (200, 1600)), (1_000, (200,)), (0, (100,)))
"""From so many mentees on, by how much the bids of each phase go beyond indifference: these parts of the highest score.
The larger a programme, the more often the same seats would change hands by small steps."""

AGAIN = 4
"""Steps of a phase by which prices fall before the next: what it bid too much is lost again."""

BIDS_A_MENTEE = 60

_MOST = 2**31 - 1 - 2**26


class Auction(NamedTuple):
    """Who waits to bid, in a ring; what each taken seat cost (within a mentor, `paid` and `holder` are a heap); the
    `price` of each mentor, of 32 bits where they suffice: rows are looked at 16 entries at a time, in `value`.

    `closed`: a price that nobody pays. `counts`: 0 where the ring begins, 1 how many wait, 2 bids made.
    """

    closed: int
    waiting: Ints
    paid: Scores
    price: Scores
    value: Scores
    counts: Longs


def auction_of(problem: Problem, state: State, waiting: Longs) -> Auction:
    """These wait, in this order; prices are those of the state."""
    most = alone_at(problem) + problem.highest
    kind = np.int32 if most <= _MOST else np.int64
    price = np.minimum(state.price, most + 1).astype(kind)
    return Auction(most + 1, waiting.astype(np.int32), np.zeros(len(state.holder), kind), price,
                   np.empty(problem.n_mentors, kind), np.array([0, len(waiting), 0], np.int64))


def steps_of(problem: Problem) -> list[int]:
    """Of the phases, the widest first."""
    parts = next(parts for size, parts in PHASES if problem.n_mentees >= size)
    return sorted({max(1, problem.highest // part) for part in parts}, reverse=True)


def alone_at(problem: Problem) -> int:
    """What it takes to leave the auction, at most so much that prices fit 32 bits: more than all scores is plenty."""
    room = _MOST - problem.highest
    return min(problem.worth, room) if room > 2 * problem.highest else problem.worth


@kernel
def bid(graph: Graph, state: State, auction: Auction, worth: int, step: int, most: int) -> bool:
    """Takes bids until nobody waits or `most` were made in all; True when there is more to do. Of the state it changes
    who holds seats, no more: `settle` does the rest."""
    waiting, counts, price = auction.waiting, auction.counts, auction.price
    room = len(waiting)
    while counts[1] > 0 and counts[2] < most:
        mentee = waiting[counts[0]]
        counts[0] = counts[0] + 1 if counts[0] + 1 < room else 0
        counts[1] -= 1
        first, last = graph.row_start[mentee], graph.row_end[mentee]
        at, best, second = best_two(auction.value, graph.row_score[first:last], price, graph.row_mentor[first:last],
                                    -worth)
        if at < 0:
            continue
        mentor = graph.row_mentor[first + at]
        counts[2] += 1
        place = state.seat_start[mentor] + state.taken[mentor]
        if state.taken[mentor] < state.capacity[mentor]:
            state.taken[mentor] += 1
            state.holder[place], auction.paid[place] = mentee, price[mentor]
            continue
        loser = state.holder[state.seat_start[mentor]]
        price[mentor] = _outbid(state, auction, mentee, mentor, price[mentor] + best - second + step)
        tail = counts[0] + counts[1]
        waiting[tail if tail < room else tail - room] = loser
        counts[1] += 1
    return bool(counts[1] > 0)


@inlined
def _outbid(state: State, auction: Auction, mentee: int, mentor: int, price: int) -> int:
    """The cheapest seat changes hands; answers what the seat costs which is the cheapest now."""
    holder, paid, first = state.holder, auction.paid, state.seat_start[mentor]
    size, at = state.taken[mentor], 0
    while 2 * at + 1 < size:
        below = 2 * at + 1
        if below + 1 < size and paid[first + below + 1] < paid[first + below]:
            below += 1
        if paid[first + below] >= price:
            break
        paid[first + at], holder[first + at] = paid[first + below], holder[first + below]
        at = below
    paid[first + at], holder[first + at] = price, mentee
    return int(paid[first])


@kernel
def begin_again(state: State, auction: Auction, waiting: Longs, step: int) -> None:
    """For the next phase, after one with that step: everybody stands up and waits, at lower prices."""
    auction.counts[0], auction.counts[1] = 0, len(waiting)
    for at in range(len(waiting)):
        auction.waiting[at] = waiting[at]
    for mentor in range(len(state.taken)):
        state.taken[mentor] = 0
        if auction.price[mentor] < auction.closed:
            auction.price[mentor] = max(0, auction.price[mentor] - AGAIN * step)


@kernel
def settle(state: State, auction: Auction) -> None:
    """Everybody knows the own seat, and mentors what a seat costs."""
    for mentor in range(len(state.taken)):
        first = state.seat_start[mentor]
        for place in range(first, first + state.taken[mentor]):
            state.mentor_of[state.holder[place]] = mentor
            state.place_of[state.holder[place]] = place
        if auction.price[mentor] < auction.closed:
            state.price[mentor] = auction.price[mentor]
