"""Looks for pairs outside the graph that the prices do not rule out (column generation; Ford and Fulkerson, 1958)."""

from typing import NamedTuple

import numpy as np

from services.matching.engine.arrays import Ints, Longs
from services.matching.engine.compiling import kernel, maker
from services.matching.engine.goal import Goal, value_row
from services.matching.engine.people import People
from services.matching.engine.pool import BARRED
from services.matching.engine.scoring import Desk, bare_desk, desk_of, score_row
from services.matching.engine.table import Table, shift_of
from services.matching.engine.unbounded import NOBODY

MOST = 8
"""New edges a mentee and pass."""


class Found(NamedTuple):
    """`mentor` and `score` (rows, MOST) of the new pairs, `size` (rows,) of them. `reach` (rows,) is the most that a
    pair then left outside gives, NOBODY where there is none, −NOBODY where more were found than there is room for."""

    mentor: Ints
    score: Ints
    size: Ints
    reach: Longs


def nothing_found(rows: int) -> Found:
    """Nobody looked yet."""
    return Found(np.empty((rows, MOST), np.int32), np.empty((rows, MOST), np.int32), np.zeros(rows, np.int32),
                 np.empty(rows, np.int64))


@kernel
def highest_gain(worth: Ints, price: Longs) -> int:
    """The most that an allowed mentor gives after the price."""
    highest = np.int64(NOBODY)
    for column in range(len(worth)):
        gain = worth[column] - price[column] if worth[column] >= 0 else np.int64(NOBODY)
        highest = max(highest, gain)
    return int(highest)


@kernel
def gather_better(desk: Desk, price: Longs, utility: int, begin: int) -> int:
    """Writes to `near` every allowed column that gives more than `utility` after the price, from column `begin` round
    to the one before it. Answers how many."""
    worth, count = desk.worth, 0
    for turn in range(begin, begin + len(worth)):
        column = turn if turn < len(worth) else turn - len(worth)
        if worth[column] >= 0 and worth[column] - price[column] > utility:
            desk.near[count] = column
            count += 1
    return count


@kernel
def bring_best(desk: Desk, price: Longs, count: int, most: int) -> None:
    """To the front of `near` the columns that give most after the price, the first of equals."""
    near, worth = desk.near, desk.worth
    for place in range(most):
        best = place
        for at in range(place + 1, count):
            if worth[near[at]] - price[near[at]] > worth[near[best]] - price[near[best]]:
                best = at
        near[place], near[best] = near[best], near[place]


@maker
def keep_some(desk: Desk, price: Longs, count: int, kept: Ints) -> int:
    """Moves columns from `near` to `kept`, rising: those that give most, and as many spread over the rest. If all had
    the best only, who ranks mentors alike would get the same few in each pass, and the others' seats stay free."""
    size = min(count, len(kept))
    if count > size:
        best = size // 2
        bring_best(desk, price, count, best)
        for nth in range(size - best):
            desk.near[best + nth] = desk.near[best + nth * (count - best) // (size - best)]
    kept[:size] = desk.near[:size]
    kept[:size].sort()
    return size


def price_rows(people: People | Table, goal: Goal, rows: Ints, first: int, last: int, start: Longs, known: Ints,
               price: Longs, utility: Longs, found: Found) -> None:
    """For `rows[first:last]` pairs that are not among `known[start[i]:start[i + 1]]` and give more than
    `utility[i]`: the best of them, and some of the others."""
    if isinstance(people, People):
        price_people(people, goal, rows, first, last, start, known, price, utility, found)
    else:
        cells = people.scores(rows[first:last].astype(np.intp))
        price_cells(cells, goal, rows, first, last, start, known, price, utility, found)


@maker
def price_people(people: People, goal: Goal, rows: Ints, first: int, last: int, start: Longs, known: Ints,
                 price: Longs, utility: Longs, found: Found) -> None:
    """Scores a row of people after the other."""
    desk = desk_of(people)
    for at in range(first, last):
        score_row(people, rows[at], desk)
        price_row(desk, goal, rows[at], at, start, known, price, utility, found)


@maker
def price_cells(cells: Ints, goal: Goal, rows: Ints, first: int, last: int, start: Longs, known: Ints, price: Longs,
                utility: Longs, found: Found) -> None:
    """`cells` (last − first, m) has the scores."""
    desk = bare_desk(cells.shape[1], 0)
    for at in range(first, last):
        desk.row[:] = cells[at - first]
        price_row(desk, goal, rows[at], at, start, known, price, utility, found)


@maker
def price_row(desk: Desk, goal: Goal, mentee: int, at: int, start: Longs, known: Ints, price: Longs, utility: Longs,
              found: Found) -> None:
    """Of the mentee whose scores are on the desk."""
    for edge in range(start[mentee], start[mentee + 1]):
        desk.row[known[edge]] = BARRED
    value_row(goal, mentee, desk.row, desk.worth)
    found.reach[at] = highest_gain(desk.worth, price)
    if found.reach[at] > utility[mentee]:
        better = gather_better(desk, price, utility[mentee], shift_of(mentee, len(desk.worth)))
        found.size[at] = keep_some(desk, price, better, found.mentor[at])
        for place in range(found.size[at]):
            found.score[at, place] = desk.row[found.mentor[at, place]]
        found.reach[at] = utility[mentee] if better <= MOST else -NOBODY
