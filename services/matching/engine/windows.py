"""A stable matching without all lists at hand: of each mentee's only a window is known, which moves down.

Asks in the order of `stable.propose`, and leaves out only mentors who would say no then and ever after: they never get
anybody worse. So the answer is the same, also where there are ties.
"""

from typing import NamedTuple

import numpy as np

from services.matching.engine.arrays import Ints, Longs
from services.matching.engine.compiling import kernel, maker
from services.matching.engine.table import NOT_ASKED, Table, preferred
from services.matching.engine.watch import Watch

_CLOSED = 2**62


class Asking(NamedTuple):
    """`keys` (n, k): the window of each mentee; `at`: the next in it; `after`: it begins after this key, -1 at first.

    Seats of mentor j are `holder[first[j]:][:taken[j]]` with scores in `rank`, at most `capacity[j]`. `waiting[:left]`
    have no seat yet; the last is next. `promoted`: who was refused everywhere, asks again and wins ties.
    """

    keys: Longs
    at: Longs
    after: Longs
    first: Longs
    capacity: Longs
    taken: Longs
    holder: Ints
    rank: Longs
    mentor_of: Ints
    promoted: Longs
    waiting: Longs
    left: Longs


def stable_scores(table: Table, capacity: Longs, keys: Longs, watch: Watch) -> tuple[Ints, Longs]:
    """Mentor of each mentee, -1 for none, and the score there; as `stable` with promotion on all pairs of the table.
    `keys` (n, k): the best of each, as `preferred` has them. Half an answer is none: the watch should be patient."""
    asking = _nobody_asked(capacity, keys.copy())
    while keys.shape[1] and (mentee := ask(asking)) >= 0:
        watch.goes_on("seating", 1 - asking.left[0] / len(keys))
        asking.keys[mentee] = _window(table, asking, mentee)
        asking.at[mentee] = 0
    score, held = np.full(len(keys), -1, np.int64), asking.holder >= 0
    score[asking.holder[held]] = asking.rank[held]
    return asking.mentor_of, score


def _nobody_asked(capacity: Longs, keys: Longs) -> Asking:
    n, seats, ends = len(keys), int(capacity.sum()), np.cumsum(capacity)
    return Asking(keys, np.zeros(n, np.int64), np.full(n, -1, np.int64), ends - capacity, capacity,
                  np.zeros_like(capacity), np.full(seats, -1, np.int32), np.zeros(seats, np.int64),
                  np.full(n, -1, np.int32), np.zeros(n, np.int64), np.arange(n)[::-1].copy(), np.array([n]))


def _window(table: Table, asking: Asking, mentee: int) -> Longs:
    """The next in the list of those who might say yes."""
    scores = table.scores(np.array([mentee]))
    liked = 2 * scores.astype(np.int64) + asking.promoted[mentee] > least(asking)
    keys = preferred(np.where(liked, scores, -1), table.columns)[0]
    found = np.full(asking.keys.shape[1], NOT_ASKED, np.int64)
    later = keys[keys > asking.after[mentee]][:len(found)]
    found[:len(later)] = later
    return found


@kernel
def worst(asking: Asking, mentor: int) -> int:
    """The seat of whom the mentor would drop first."""
    begin = asking.first[mentor]
    lowest = begin
    for seat in range(begin + 1, begin + asking.taken[mentor]):
        if liking(asking, seat) < liking(asking, lowest):
            lowest = seat
    return int(lowest)


@kernel
def liking(asking: Asking, seat: int) -> int:
    """How much the mentor likes whoever sits there: by score, then promotion."""
    return int(2 * asking.rank[seat] + asking.promoted[asking.holder[seat]])


@maker
def least(asking: Asking) -> Longs:
    """By mentor: who comes must be liked more."""
    bars = np.full(len(asking.capacity), np.int64(-1))
    for mentor in range(len(bars)):
        if asking.capacity[mentor] == 0:
            bars[mentor] = _CLOSED
        elif asking.taken[mentor] == asking.capacity[mentor]:
            bars[mentor] = liking(asking, worst(asking, mentor))
    return bars


@kernel
def ask(asking: Asking) -> int:
    """Goes on until a mentee needs another window, after `after`; -1 when nobody waits any more."""
    keys, at, waiting, left = asking.keys, asking.at, asking.waiting, asking.left
    width = keys.shape[1]
    while left[0] > 0:
        mentee = waiting[left[0] - 1]
        if at[mentee] < width and keys[mentee, at[mentee]] != NOT_ASKED:
            key = keys[mentee, at[mentee]]
            at[mentee] += 1
            sit(asking, mentee, key & 0xFFFFFFFF, 2**31 - 1 - (key >> 32))
        elif keys[mentee, width - 1] != NOT_ASKED:
            asking.after[mentee] = keys[mentee, width - 1]
            return int(mentee)
        elif asking.promoted[mentee] == 0:
            asking.promoted[mentee], at[mentee] = 1, 0
            if asking.after[mentee] >= 0:
                asking.after[mentee] = -1
                return int(mentee)
        else:
            left[0] -= 1
    return -1


@kernel
def sit(asking: Asking, mentee: int, mentor: int, score: int) -> None:
    """If the mentor says yes; whoever has to go for it waits again."""
    taken, capacity = asking.taken, asking.capacity
    seat = asking.first[mentor] + taken[mentor]
    if taken[mentor] < capacity[mentor]:
        taken[mentor] += 1
        asking.left[0] -= 1
    else:
        seat = worst(asking, mentor)
        if 2 * score + asking.promoted[mentee] <= liking(asking, seat):
            return
        asking.mentor_of[asking.holder[seat]] = -1
        asking.waiting[asking.left[0] - 1] = asking.holder[seat]
    asking.holder[seat], asking.rank[seat], asking.mentor_of[mentee] = mentee, score, mentor
