"""Who else a mentee could have: the mentors whose seats cost everybody else least."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from services.matching.domain.matchmaking.arrays import Longs, Mask, Rows
from services.matching.domain.matchmaking.grid import portions
from services.matching.domain.matchmaking.seating import Seating

_NEVER = np.iinfo(np.int64).min


class Around(NamedTuple):
    """What else a mentee could have: `others`, the best first; and of each mentor given the place among all who may be
    had, by score, in the order in which they were given."""

    others: tuple[int, ...]
    ranks: tuple[int, ...]


def around(seating: Seating, prices: Sequence[int], has: Mapping[int, Sequence[int]], most: int) -> dict[int, Around]:
    """For each mentee who `has` mentors up to `most` others, by score less the price of a seat; among equals the first
    in the arrays. Mentors are left out whom a rule bars, or all of whose seats are locked."""
    rows, price = np.array(sorted(has), dtype=np.int64), np.array(prices, dtype=np.int64)
    closed = np.array(seating.seats, dtype=np.int64) <= 0
    found: dict[int, Around] = {}
    for some in portions(rows, len(prices)):
        scores = _open(seating, some, closed)
        for mentee, row in zip(some.tolist(), scores, strict=True):
            given = list(has[mentee])
            ranks = tuple(1 + int((row > row[one]).sum()) for one in given)
            net = np.where(row < 0, _NEVER, row - price)
            net[given] = _NEVER
            found[mentee] = Around(_best(net, most), ranks)
    return found


def _open(seating: Seating, rows: Rows, closed: Mask) -> Longs:
    """Scores, below 0 where a mentor cannot be had."""
    scores: Longs = np.where(closed[None, :], np.int64(-1), seating.grid.scores_of(rows).astype(np.int64))
    return scores


def _best(net: Longs, most: int) -> tuple[int, ...]:
    """The places of the greatest, without sorting them all."""
    size = min(most, len(net))
    bound = np.partition(net, len(net) - size)[len(net) - size] if size else _NEVER
    able = np.flatnonzero((net >= bound) & (net > _NEVER))
    ranked = able[np.argsort(-net[able], kind="stable")]
    return tuple(ranked[:size].tolist())
