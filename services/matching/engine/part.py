"""A part of a pool in another order: who is free, by lot, beside whom has seats."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from services.matching.engine.lot import MENTEES, MENTORS, drawn
from services.matching.engine.pool import Attribute, Bonus, Ints, Keys, Longs, Pool, Ragged, Removal


class Part(NamedTuple):
    """`rows` and `columns` say which mentee and mentor of the whole stand at each place of `pool`."""

    pool: Pool
    rows: Longs
    columns: Longs


def free_part(pool: Pool, seed: int) -> Part:
    """Without locked mentees and their seats, and without mentors who have no seat left; in the order of the lot."""
    locks = pool.locks
    left = pool.capacity - np.bincount(locks[locks >= 0], minlength=pool.n_mentors)
    rows = drawn(_keys(pool.mentee_key, pool.n_mentees), seed, MENTEES)
    columns = drawn(_keys(pool.mentor_key, pool.n_mentors), seed, MENTORS)
    rows, columns = rows[locks[rows] < 0], columns[left[columns] > 0]
    return Part(taken(replace(pool, capacity=left.astype(np.int32)), rows, columns), rows, columns)


def _keys(keys: Keys | None, count: int) -> Keys:
    return np.arange(count, dtype=np.uint64) if keys is None else keys


def taken(pool: Pool, rows: Longs, columns: Longs) -> Pool:
    """The pool of these mentees and mentors alone, in this order."""
    row, column = _place_of(rows, pool.n_mentees), _place_of(columns, pool.n_mentors)
    attributes = tuple(Attribute(one.name, one.mentee[rows], one.mentor[columns], one.points)
                       for one in pool.attributes)
    return Pool(len(rows), pool.capacity[columns], attributes, _ragged(pool.need_rows, rows),
                _ragged(pool.skill_rows, columns), pool.skill_rule,
                tuple(Bonus(one.name, *_pairs(row, column, one)) for one in pool.bonuses),
                tuple(Removal(one.name, *_pairs(row, column, one)) for one in pool.removals))


def _place_of(chosen: Longs, size: int) -> Ints:
    place = np.full(size, -1, dtype=np.int32)
    place[chosen] = np.arange(len(chosen))
    return place


def _ragged(given: Ragged, rows: Longs) -> Ragged:
    count = np.diff(given.start)[rows]
    start = np.concatenate([[0], np.cumsum(count)])
    at = np.arange(start[-1]) + np.repeat(given.start[rows] - start[:-1], count)
    return Ragged(start, given.item[at], given.value[at])


def _pairs(row: Ints, column: Ints, given: Bonus | Removal) -> list[Ints]:
    """Mentee, mentor and, of a bonus, points of the pairs that are still there."""
    mentee, mentor = row[given.mentee], column[given.mentor]
    kept = (mentee >= 0) & (mentor >= 0)
    rest = [given.points[kept]] if isinstance(given, Bonus) else []
    return [mentee[kept], mentor[kept], *rest]
