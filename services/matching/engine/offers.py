"""The auction turned round: where seats are short, mentors bid for mentees, whose utilities rise from staying alone."""

from typing import NamedTuple

import numpy as np

from services.matching.engine.arrays import Graph, Ints, Longs, State
from services.matching.engine.compiling import inlined, kernel
from services.matching.engine.seats import sit, stand


class Offers(NamedTuple):
    """Mentors of vacant seats, in a ring. `counts`: 0 where it begins, 1 how many wait, 2 bids made."""

    waiting: Ints
    counts: Longs


def offers_of(state: State, mentors: Longs) -> Offers:
    """Every free seat of these mentors waits to bid."""
    seats = np.repeat(mentors.astype(np.int32), state.capacity[mentors] - state.taken[mentors])
    return Offers(seats, np.array([0, len(seats), 0], np.int64))


@kernel
def offer(graph: Graph, state: State, offers: Offers, step: int, most: int) -> bool:
    """Takes bids of free seats until none waits or `most` were made in all; True when there is more to do."""
    waiting, counts = offers.waiting, offers.counts
    room = len(waiting)
    while counts[1] > 0 and counts[2] < most:
        mentor = waiting[counts[0]]
        counts[0] = counts[0] + 1 if counts[0] + 1 < room else 0
        counts[1] -= 1
        mentee, best, second = _best_two(graph, state, mentor)
        if mentee < 0:
            continue
        counts[2] += 1
        state.utility[mentee] += best - second + step
        if state.mentor_of[mentee] >= 0:
            tail = counts[0] + counts[1]
            waiting[tail if tail < room else tail - room] = stand(state, mentee)
            counts[1] += 1
        sit(state, mentee, mentor)
    return bool(counts[1] > 0)


@inlined
def _best_two(graph: Graph, state: State, mentor: int) -> tuple[int, int, int]:
    """Of those who do not sit there: who leaves the highest price, how much that is, and the second, at least 0."""
    mentees, scores, utilities = graph.col_mentee, graph.col_score, state.utility
    mentee, best, second = -1, 0, 0
    for at in range(graph.col_start[mentor], graph.col_end[mentor]):
        value = scores[at] - utilities[mentees[at]]
        if value > second and state.mentor_of[mentees[at]] != mentor:
            if value > best:
                mentee, best, second = mentees[at], value, best
            else:
                second = value
    return mentee, best, second


@kernel
def price_offers(graph: Graph, state: State, mentors: Longs) -> None:
    """What each full mentor can ask of all who sit there."""
    for mentor in mentors:
        if state.taken[mentor] < state.capacity[mentor]:
            continue
        price = -1
        for at in range(graph.col_start[mentor], graph.col_end[mentor]):
            mentee = graph.col_mentee[at]
            value = graph.col_score[at] - state.utility[mentee]
            if state.mentor_of[mentee] == mentor and (price < 0 or value < price):
                price = max(0, value)
        state.price[mentor] = max(0, price)
