"""A start where a mentee may have several mentors: mentors bid for mentees (Bertsekas 1979, turned round)."""

from typing import NamedTuple

import numpy as np

from services.matching.engine.arrays import Graph, Ints, Longs
from services.matching.engine.compiling import inlined, kernel
from services.matching.engine.several import UNREACHED, Several, give_up, most_outside, take


class Slots(NamedTuple):
    """What each of the mentors of a mentee has bid: `asked[i, k]` for the place k, whose entry is `entry[i, k]`, -1 for
    nobody. `waiting`: a ring of mentors with a vacant seat; `counts`: where it begins, how many wait, bids made.
    """

    asked: Longs
    entry: Ints
    waiting: Ints
    counts: Longs


def slots_of(state: Several, level: int, highest: int) -> Slots:
    """Every seat waits. What a place of a mentee asks at first falls and rises by the highest score around `level`.

    The worths themselves are so far apart that bids would take for ever from one to the next.
    """
    seats = np.repeat(np.arange(len(state.capacity), dtype=np.int32), state.capacity)
    places = np.arange(len(state.worths))
    first = -state.worths[level] + (places - level) * highest
    asked = np.where(places < state.wants[:, None], first, UNREACHED)
    state.utility[:] = asked[:, 0]
    return Slots(asked, np.full(asked.shape, -1, np.int32), seats, np.array([0, len(seats), 0], np.int64))


def level_of(state: Several) -> int:
    """Which mentor of somebody, from 0, is the last for whom there are seats; -1 when all are had by everybody."""
    places = np.minimum(state.wants[:, None], np.arange(1, len(state.worths) + 1)).sum(axis=0)
    enough = np.flatnonzero(places >= state.capacity.sum())
    return int(enough[0]) if len(enough) else -1


@kernel
def offer_several(graph: Graph, state: Several, slots: Slots, floor: int, step: int, most: int) -> bool:
    """Takes bids of vacant seats until none waits or `most` were made in all; True when there is more to do.

    A seat that would have to go for less than `floor` bids no more.
    """
    waiting, counts = slots.waiting, slots.counts
    room = len(waiting)
    while counts[1] > 0 and counts[2] < most:
        mentor = waiting[counts[0]]
        counts[0] = counts[0] + 1 if counts[0] + 1 < room else 0
        counts[1] -= 1
        entry, best, second = _best_two(graph, state, mentor, floor)
        if entry < 0:
            continue
        counts[2] += 1
        mentee = state.owner[entry]
        place = np.argmin(slots.asked[mentee])
        before = slots.entry[mentee, place]
        if before >= 0:
            give_up(state, graph.row_mentor[before], before)
            tail = counts[0] + counts[1]
            waiting[tail if tail < room else tail - room] = graph.row_mentor[before]
            counts[1] += 1
        take(state, mentor, entry)
        slots.entry[mentee, place] = entry
        slots.asked[mentee, place] += best - second + step
        state.utility[mentee] = slots.asked[mentee].min()
    return bool(counts[1] > 0)


@inlined
def _best_two(graph: Graph, state: Several, mentor: int, floor: int) -> tuple[int, int, int]:
    """Of who does not sit there: the entry with the highest price, that price, and the second, at least `floor`."""
    entry, best, second = -1, floor, floor
    for at in range(graph.col_start[mentor], graph.col_end[mentor]):
        value = graph.col_score[at] - state.utility[graph.col_mentee[at]]
        if value > second and not state.held[state.entry[at]]:
            if value > best:
                entry, best, second = state.entry[at], value, best
            else:
                second = value
    return entry, best, second


@kernel
def price_several(graph: Graph, state: Several) -> None:
    """What each mentor can ask: as much as the one who would pay most of those who do not sit there."""
    for mentor in range(len(state.price)):
        if state.capacity[mentor] > 0:
            _, state.price[mentor], _ = _best_two(graph, state, mentor, 0)


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
