"""Scores of one mentee with all mentors, and the best of them; the whole table never exists.

An inverted index over skills (Zobel and Moffat, 2006) on top of sums of whole rows, added 16 at a time.
"""

from typing import NamedTuple

import numpy as np

from services.matching.engine.arrays import Ints
from services.matching.engine.compiling import kernel, maker
from services.matching.engine.people import People
from services.matching.engine.pool import BARRED

STRIP = 16
"""Columns looked at together: most hold nothing that is good enough."""


class Desk(NamedTuple):
    """Room for scoring one mentee after the other. `sums[a]` (attributes, m): planes of the first a + 1 values added
    up, for the values in `values`; `skill` (m,): all 0 between two mentees; `row` (m,): the scores; `peak` (strips,):
    the highest of each strip; `near` and `worth` (m,): columns that may be among the best, and what they are worth."""

    sums: Ints
    values: Ints
    skill: Ints
    row: Ints
    peak: Ints
    near: Ints
    worth: Ints


@maker
def desk_of(people: People) -> Desk:
    """Nobody scored yet."""
    return bare_desk(people.plane.shape[1], people.value.shape[1])


@maker
def bare_desk(columns: int, attributes: int) -> Desk:
    """Room for as many columns and attributes."""
    return Desk(np.zeros((attributes, columns), np.int32), np.full(attributes, -1, np.int32),
                np.zeros(columns, np.int32), np.zeros(columns, np.int32), np.zeros(-(-columns // STRIP), np.int32),
                np.zeros(columns, np.int32), np.zeros(columns, np.int32))


@kernel
def add_planes(people: People, mentee: int, desk: Desk) -> None:
    """Only from the first value in which this mentee differs from the one before."""
    value, same = people.value[mentee], 0
    while same < len(value) and value[same] == desk.values[same]:
        same += 1
    for at in range(same, len(value)):
        desk.values[at] = value[at]
        plane, total = people.plane[value[at]], desk.sums[at]
        if at == 0:
            for column in range(len(total)):
                total[column] = plane[column]
        else:
            before = desk.sums[at - 1]
            for column in range(len(total)):
                total[column] = before[column] + plane[column]


@kernel
def add_skills(people: People, mentee: int, desk: Desk) -> None:
    """Walks the lists of the mentors who offer what the mentee needs."""
    skill = desk.skill
    for at in range(people.need_start[mentee], people.need_start[mentee + 1]):
        one, weight = people.need_skill[at], people.need_weight[at]
        for post in range(people.post_start[one], people.post_start[one + 1]):
            skill[people.post_mentor[post]] += weight * people.post_level[post]


@kernel
def score_row(people: People, mentee: int, desk: Desk) -> None:
    """Writes to `desk.row` the scores of `mentee` with every mentor, below 0 where a rule removes the pair."""
    add_planes(people, mentee, desk)
    add_skills(people, mentee, desk)
    row, skill, total = desk.row, desk.skill, desk.sums[len(desk.sums) - 1]
    none = np.int32(BARRED) if people.must_share else np.int32(0)
    for column in range(len(row)):
        row[column] = total[column] + (skill[column] if skill[column] > 0 else none)
        skill[column] = 0
    for at in range(people.bonus_start[mentee], people.bonus_start[mentee + 1]):
        row[people.bonus_mentor[at]] += people.bonus_points[at]
    for at in range(people.barred_start[mentee], people.barred_start[mentee + 1]):
        row[people.barred_mentor[at]] = BARRED


@kernel
def at_least(values: Ints, bound: int) -> int:
    """How many values are `bound` or more."""
    count = 0
    for value in values:
        count += value >= bound
    return count


@kernel
def nth_highest(values: Ints, nth: int, low: int, high: int) -> int:
    """The value at place `nth` from the top, from 1; it must be from `low` to `high`. Halves the range of values."""
    while low < high:
        middle = low + (high - low + 1) // 2
        if at_least(values, middle) >= nth:
            low = middle
        else:
            high = middle - 1
    return low


@kernel
def gather(desk: Desk, floor: int) -> int:
    """Writes columns of `floor` or more to `near`, rising, and scores to `worth`. Answers how many."""
    row, count = desk.row, 0
    for strip in range(len(desk.peak)):
        if desk.peak[strip] >= floor:
            for column in range(strip * STRIP, min((strip + 1) * STRIP, len(row))):
                if row[column] >= floor:
                    desk.near[count], desk.worth[count] = column, row[column]
                    count += 1
    return count


@maker
def find_peaks(desk: Desk) -> None:
    """The highest score of each strip."""
    row, peak, whole = desk.row, desk.peak, len(desk.row) // STRIP
    for strip in range(whole):
        highest = row[strip * STRIP]
        for column in range(strip * STRIP + 1, (strip + 1) * STRIP):
            highest = max(highest, row[column])
        peak[strip] = highest
    if whole < len(peak):
        peak[whole] = row[whole * STRIP:].max()


@maker
def best_of(desk: Desk, chosen: Ints) -> int:
    """Fills `chosen` (k,) with the k best allowed columns of `desk.row`, rising; of equal scores the first columns.
    Answers how many there are. At least k strips reach the k-th peak: whatever is lower is not looked at."""
    find_peaks(desk)
    most, highest, floor = len(chosen), desk.peak.max(), 0
    if at_least(desk.peak, 0) >= most:
        floor = nth_highest(desk.peak, most, 0, highest)
    count = gather(desk, floor)
    if count <= most:
        for at in range(count):
            chosen[at] = desk.near[at]
        return count
    worth = desk.worth[:count]
    least = nth_highest(worth, most, floor, highest)
    spare, size = most - at_least(worth, least + 1), 0
    for at in range(count):
        if worth[at] > least or (worth[at] == least and spare > 0):
            spare -= worth[at] == least
            chosen[size] = desk.near[at]
            size += 1
    return size


@maker
def best_rows(people: People, first: int, last: int, mentor: Ints, score: Ints, count: Ints, bonus: Ints) -> None:
    """For the mentees at turns first … last − 1 the k best by rising column: `mentor` and `score` (n, k), `count` (n,);
    and for each entry of the bonuses its score when it is allowed and not among these, else −1: `bonus` (entries,)."""
    desk = desk_of(people)
    row = desk.row
    for turn in range(first, last):
        mentee = people.turn[turn]
        score_row(people, mentee, desk)
        size = best_of(desk, mentor[mentee])
        for at in range(size):
            column = mentor[mentee, at]
            score[mentee, at] = row[column]
            row[column] = BARRED
        count[mentee] = size
        for at in range(people.bonus_start[mentee], people.bonus_start[mentee + 1]):
            bonus[at] = max(row[people.bonus_mentor[at]], -1)
            row[people.bonus_mentor[at]] = BARRED
