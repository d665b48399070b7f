"""A start where a mentee may have several mentors: mentors bid for mentees (Bertsekas 1979, turned round)."""

from typing import NamedTuple

import numpy as np

from services.matching.engine.arrays import Graph, Ints, Longs, Scores
from services.matching.engine.bidding import best_two
from services.matching.engine.compiling import inlined, kernel
from services.matching.engine.problem import Problem
from services.matching.engine.several import UNREACHED, Several, give_up, most_outside, take


class Slots(NamedTuple):
    """Places of mentees, for which mentors bid. Place k of mentee i is had by the pair at `pair[i, k]` in the columns,
    -1 for nobody, and asks `asked[i, k]`; `least[i]` is the least that a place of i asks. `gain`: scores by column, so
    low that nobody bids where the two have each other. Asks and prices are counted from -worth of the `level`.

    All of 32 bits where they suffice, so that columns are looked at 16 pairs at a time, in `value`. `waiting`: a ring
    of mentors with a vacant seat; `counts`: where it begins, how many wait, bids made.
    """

    asked: Scores
    pair: Ints
    least: Scores
    gain: Scores
    value: Scores
    far: int
    waiting: Ints
    counts: Longs


def slots_of(problem: Problem, level: int) -> Slots:
    """Nobody waits yet. What a place of a mentee asks at first falls and rises by the highest score around `level`.

    The worths themselves are so far apart that bids would take for ever from one to the next.
    """
    kind, far = (np.int32, 2**30) if (len(problem.worths) + 2) * problem.highest < 2**29 else (np.int64, 2**61)
    places = np.arange(len(problem.worths))
    asked = np.where(places < problem.wants[:, None], (places - level) * problem.highest, far - 1).astype(kind)
    pair, gain = np.full(asked.shape, -1, np.int32), np.empty(len(problem.score), kind)
    return Slots(asked, pair, asked.min(axis=1), gain, np.empty(problem.n_mentees, kind), far, np.empty(0, np.int32),
                 np.zeros(3, np.int64))


def opened(problem: Problem, slots: Slots, least: Scores, less: int) -> Slots:
    """Every seat waits again and every place is free, for `less` than it was had for, but for `least` (n, places) at
    least."""
    asked = np.where(slots.asked < slots.far - 1, np.maximum(slots.asked - less, least), least)
    slots.pair[:] = -1
    slots.gain[:] = problem.graph.col_score
    seats = np.repeat(np.arange(problem.n_mentors, dtype=np.int32), problem.capacity)
    counts = np.array([0, len(seats), slots.counts[2]], np.int64)
    return slots._replace(asked=asked, least=asked.min(axis=1), waiting=seats, counts=counts)


def level_of(state: Several) -> int:
    """Which mentor of somebody, from 0, is the last for whom there are seats; -1 when all are had by everybody."""
    places = np.minimum(state.wants[:, None], np.arange(1, len(state.worths) + 1)).sum(axis=0)
    enough = np.flatnonzero(places >= state.capacity.sum())
    return int(enough[0]) if len(enough) else -1


@kernel
def offer_several(graph: Graph, state: Several, slots: Slots, floor: int, step: int, most: int) -> bool:
    """Takes bids of vacant seats until none waits or `most` were made in all; True when there is more to do. The
    state hears of it by `settle_several`.

    A seat that would have to go for less than `floor` bids no more.
    """
    waiting, counts, pair, asked = slots.waiting, slots.counts, slots.pair, slots.asked
    room = len(waiting)
    while counts[1] > 0 and counts[2] < most:
        mentor = waiting[counts[0]]
        counts[0] = counts[0] + 1 if counts[0] + 1 < room else 0
        counts[1] -= 1
        at, best, second = _best_places(graph, slots, mentor, floor)
        if at < 0:
            continue
        counts[2] += 1
        mentee = graph.col_mentee[at]
        place = np.argmin(asked[mentee])
        before = pair[mentee, place]
        if before >= 0:
            slots.gain[before] = graph.col_score[before]
            tail = counts[0] + counts[1]
            waiting[tail if tail < room else tail - room] = graph.row_mentor[state.entry[before]]
            counts[1] += 1
        pair[mentee, place], slots.gain[at] = at, -slots.far
        asked[mentee, place] += best - second + step
        slots.least[mentee] = asked[mentee, 0]
        for other in range(1, asked.shape[1]):
            slots.least[mentee] = min(slots.least[mentee], asked[mentee, other])
    return bool(counts[1] > 0)


@inlined
def _best_places(graph: Graph, slots: Slots, mentor: int, floor: int) -> tuple[int, int, int]:
    """Of who does not sit there: the pair with the highest price, that price, and the second, at least `floor`."""
    first, last = graph.col_start[mentor], graph.col_end[mentor]
    at, best, second = best_two(slots.value, slots.gain[first:last], slots.least, graph.col_mentee[first:last], floor)
    return first + at if at >= 0 else -1, best, second


@kernel
def settle_several(graph: Graph, state: Several, slots: Slots, worth: int) -> None:
    """Pairs take their seats; a mentor can ask what the one would pay who would pay most of those who do not sit there.
    `worth`: that of the level, from which asks are counted."""
    for mentee in range(len(slots.pair)):
        for pair in slots.pair[mentee]:
            if pair >= 0:
                take(state, graph.row_mentor[state.entry[pair]], state.entry[pair])
    for mentor in range(len(state.price)):
        if state.capacity[mentor] > 0:
            pair, best, _ = _best_places(graph, slots, mentor, -slots.far // 2)
            state.price[mentor] = max(0, best + worth) if pair >= 0 else 0


@kernel
def tighten_several(graph: Graph, state: Several) -> None:
    """Utilities as the prices have them; who is worth less than another outside, or than being alone, is given up."""
    for mentee in range(len(state.wants)):
        if state.wants[mentee] == 0:
            continue
        state.utility[mentee] = most_outside(graph, state, mentee)
        state.had[mentee] = 0
        for at in range(graph.row_start[mentee], graph.row_end[mentee]):
            if not state.held[at]:
                continue
            if graph.row_score[at] - state.price[graph.row_mentor[at]] < state.utility[mentee]:
                give_up(state, graph.row_mentor[at], at)
            else:
                state.had[mentee] += 1
        while state.had[mentee] > 0 and _gives_up_the_least(graph, state, mentee):
            state.had[mentee] -= 1


@inlined
def _gives_up_the_least(graph: Graph, state: Several, mentee: int) -> bool:
    """One mentor fewer when the one worth least is worth less than none; else utility stands at that at least."""
    alone, least, worst = -state.worths[state.had[mentee] - 1], -1, UNREACHED
    for at in range(graph.row_start[mentee], graph.row_end[mentee]):
        value = graph.row_score[at] - state.price[graph.row_mentor[at]]
        if state.held[at] and value < worst:
            least, worst = at, value
    if worst >= alone:
        state.utility[mentee] = max(state.utility[mentee], alone)
        return False
    state.utility[mentee] = max(state.utility[mentee], worst)
    give_up(state, graph.row_mentor[least], least)
    return True
