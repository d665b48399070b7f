"""Who else a mentee could have: the mentors whose seats cost everybody else least."""

from collections.abc import Mapping, Sequence

import numpy as np

from services.matching.domain.matchmaking.arrays import Longs, Mask, Rows
from services.matching.domain.matchmaking.grid import portions
from services.matching.domain.matchmaking.seating import Seating

_NEVER = np.iinfo(np.int64).min


def alternatives(seating: Seating, prices: Sequence[int], has: Mapping[int, Sequence[int]], most: int
                 ) -> dict[int, tuple[int, ...]]:
    """For each mentee who `has` mentors up to `most` others, by score less the price of a seat, the best first; among
    equals the first in the arrays. Mentors are left out whom a rule bars, or all of whose seats are locked."""
    rows, price = np.array(sorted(has), dtype=np.int64), np.array(prices, dtype=np.int64)
    closed = np.array(seating.seats, dtype=np.int64) <= 0
    found: dict[int, tuple[int, ...]] = {}
    for some in portions(rows, len(prices)):
        for mentee, net in zip(some.tolist(), _net(seating, some, price, closed), strict=True):
            net[list(has[mentee])] = _NEVER
            found[mentee] = _best(net, most)
    return found


def _net(seating: Seating, rows: Rows, prices: Longs, closed: Mask) -> Longs:
    scores = seating.grid.scores_of(rows).astype(np.int64)
    net: Longs = np.where((scores < 0) | closed[None, :], _NEVER, scores - prices[None, :])
    return net


def _best(net: Longs, most: int) -> tuple[int, ...]:
    """The places of the greatest, without sorting them all."""
    size = min(most, len(net))
    bound = np.partition(net, len(net) - size)[len(net) - size] if size else _NEVER
    able = np.flatnonzero((net >= bound) & (net > _NEVER))
    ranked = able[np.argsort(-net[able], kind="stable")]
    return tuple(ranked[:size].tolist())
