"""People who may be matched, as arrays: what they offer and need, wish for, and must not be put together with.

A *row* is a mentee, a *column* a mentor, both from 0. Points are whole milli-points. The score of a pair is the sum of
its terms: the attributes, the skills and the bonuses. A rule removes pairs and never becomes points.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]

BARRED = -(2**27)
"""In place of points: the rule removes the pair. So low that all terms together cannot lift it to 0."""
HIGHEST = 2**27 - 1
"""The most milli-points all terms of a pair may add up to."""


@dataclass(frozen=True)
class Ragged:
    """A list of (item, value) for each row: row r owns `start[r]:start[r + 1]`; `start` int64 (rows + 1,)."""

    start: Longs
    item: Ints
    value: Ints

    @property
    def rows(self) -> int:
        return len(self.start) - 1

    @classmethod
    def of(cls, rows: int, row: npt.ArrayLike, item: npt.ArrayLike, value: npt.ArrayLike) -> "Ragged":
        """From triples in any order; within a row by item. Indexes are checked by whoever knows what they mean."""
        rows_of, items, values = (np.asarray(one, dtype=np.int64) for one in (row, item, value))
        order = np.lexsort((items, rows_of))
        start = np.zeros(rows + 1, dtype=np.int64)
        np.cumsum(np.bincount(rows_of, minlength=rows), out=start[1:])
        return cls(start, items[order].astype(np.int32), values[order].astype(np.int32))

    def row_of(self) -> Longs:
        """The row that each item belongs to, int64 (items,)."""
        return np.repeat(np.arange(self.rows, dtype=np.int64), np.diff(self.start))


def nothing(rows: int) -> Ragged:
    """No item in any row."""
    none = np.zeros(0, dtype=np.int32)
    return Ragged(np.zeros(rows + 1, dtype=np.int64), none, none)


@dataclass(frozen=True)
class Attribute:
    """What people are, in few values: grade, time zone, department, the set of languages spoken.

    `mentee` int32 (n,) and `mentor` int32 (m,) hold values from 0; `points` int32 (values of mentees, values of
    mentors) holds 0 … HIGHEST, or BARRED where the rule of this name removes the pair.
    """

    name: str
    mentee: Ints
    mentor: Ints
    points: Ints


@dataclass(frozen=True)
class Bonus:
    """Named pairs that get points for it, 0 … HIGHEST: wishes of either side, stickiness. All int32, of one length."""

    name: str
    mentee: Ints
    mentor: Ints
    points: Ints


@dataclass(frozen=True)
class Removal:
    """Named pairs that a rule removes: self, reporting lines, previous pairs, exclusions. Int32, of one length."""

    name: str
    mentee: Ints
    mentor: Ints


@dataclass(frozen=True)
class Pool:
    """Everybody of one run. `capacity` int32 (m,) are seats; `n_mentees` rows.

    `needs` has a row a mentee (skill, weight ≥ 1) and `skills` a row a mentor (skill, level ≥ 1); each skill once in a
    row: a pair gets weight × level for each skill they share. With `skill_rule` a pair that shares none is removed
    under that name. `locked` int32 (n,) is the mentor whom a mentee keeps, or −1. `mentee_key` and `mentor_key` uint64
    say who somebody is, whatever place they have: the lot falls by them. Without, the place is the key.
    """

    n_mentees: int
    capacity: Ints
    attributes: tuple[Attribute, ...] = ()
    needs: Ragged | None = None
    skills: Ragged | None = None
    skill_rule: str | None = None
    bonuses: tuple[Bonus, ...] = ()
    removals: tuple[Removal, ...] = ()
    locked: Ints | None = None
    mentee_key: Keys | None = field(default=None, repr=False)
    mentor_key: Keys | None = field(default=None, repr=False)

    @property
    def n_mentors(self) -> int:
        return len(self.capacity)

    @property
    def need_rows(self) -> Ragged:
        return self.needs or nothing(self.n_mentees)

    @property
    def skill_rows(self) -> Ragged:
        return self.skills or nothing(self.n_mentors)

    @property
    def locks(self) -> Ints:
        """Int32 (n,), −1 for nobody."""
        return np.full(self.n_mentees, -1, dtype=np.int32) if self.locked is None else self.locked
