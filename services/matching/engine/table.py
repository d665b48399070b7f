"""People whose scores are told for some mentees at a time: the whole table never exists."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from services.matching.engine.arrays import Ints, Longs
from services.matching.engine.checks import HIGHEST_SCORE
from services.matching.engine.compiling import kernel

NOT_ASKED = 2**63 - 1
"""In place of a key: nobody. After all keys."""


@dataclass(frozen=True, eq=False)
class Table:
    """`scores` of mentees, given by number, with all mentors: int32 (as many, `columns`), below 0 for pairs that are
    out."""

    rows: int
    columns: int
    scores: Callable[[Longs], Ints]

    @property
    def turn(self) -> Ints:
        """Every mentee, int32 (n,): no order is better than another."""
        return np.arange(self.rows, dtype=np.int32)


@kernel
def shift_of(mentee: int, columns: int) -> int:
    """The mentor to begin with among equals, spread evenly over mentees (Knuth's multiplicative hashing)."""
    return int(np.int64(mentee) * 2_654_435_761 % 2**32 * columns >> 32)


def preferred(scores: Ints, most: int, shift: Longs | None = None) -> Longs:
    """By mentee the `most` best mentors as keys, the best first, of equals the lowest number, or who comes first after
    the mentee's `shift` (rows,); NOT_ASKED for none."""
    number, columns = np.arange(scores.shape[1]), scores.shape[1]
    if shift is not None:
        number = (number - shift[:, None]) % columns
    keys = np.where(scores < 0, NOT_ASKED, ((HIGHEST_SCORE - scores.astype(np.int64)) << 32) | number)
    if most < columns:
        keys = np.partition(keys, most - 1, axis=1)[:, :most]
    return np.sort(keys, axis=1)


def mentor_of(keys: Longs, shift: Longs, table: Table) -> Ints:
    """By key; beyond all mentors for none."""
    number = ((keys & 0xFFFFFFFF) + shift[:, None]) % max(1, table.columns)
    return np.where(keys < NOT_ASKED, number, table.columns).astype(np.int32)


def score_of(keys: Longs) -> Ints:
    """By key; 0 for none."""
    return (HIGHEST_SCORE - (keys >> 32)).astype(np.int32)
