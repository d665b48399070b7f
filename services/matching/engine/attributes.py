"""Attributes by their usual meanings: steps of a ladder, hours of the day, sameness, things spoken or valued alike."""

import numpy as np
import numpy.typing as npt

from services.matching.engine.pool import BARRED, Attribute, Ints


def by_step(name: str, mentee: Ints, mentor: Ints, steps: int, points: dict[int, int]) -> Attribute:
    """Points by how many steps the mentor stands above the mentee (below: negative); a gap not named is removed.

    For reverse mentoring name the gaps below 0.
    """
    gap = np.arange(steps)[None, :] - np.arange(steps)[:, None]
    table = np.full((steps, steps), BARRED, dtype=np.int32)
    for distance, worth in points.items():
        table[gap == distance] = worth
    return Attribute(name, mentee, mentor, table)


def by_hour(name: str, mentee: Ints, mentor: Ints, most: int, loss: int, hours: int = 24) -> Attribute:
    """`most` for the same time zone, `loss` less for each hour between them around the clock, never below 0."""
    apart = np.abs(np.arange(hours)[None, :] - np.arange(hours)[:, None])
    apart = np.minimum(apart, hours - apart)
    return Attribute(name, mentee, mentor, np.maximum(most - loss * apart, 0).astype(np.int32))


def by_sameness(name: str, mentee: Ints, mentor: Ints, values: int, same: int, other: int) -> Attribute:
    """Two figures, or BARRED for one of them. For more than some hundred values better a skill of weight 1."""
    table = np.full((values, values), other, dtype=np.int32)
    np.fill_diagonal(table, same)
    return Attribute(name, mentee, mentor, table)


def by_overlap(name: str, mentee: npt.NDArray[np.uint64], mentor: npt.NDArray[np.uint64], points: tuple[int, ...]
               ) -> Attribute:
    """Sets of up to 64 things as bits: `points[c]` for c things in common, the last for more. BARRED is one of them
    where people must have something in common."""
    wanted, row = np.unique(mentee, return_inverse=True)
    offered, column = np.unique(mentor, return_inverse=True)
    shared = np.bitwise_count(wanted[:, None] & offered[None, :])
    table = np.asarray(points, dtype=np.int32)[np.minimum(shared, len(points) - 1)]
    return Attribute(name, row.astype(np.int32), column.astype(np.int32), table)
