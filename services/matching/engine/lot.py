"""The lot: an order of people that the seed of a run draws, whatever order they were given in."""

import numpy as np

from services.matching.engine.pool import Keys, Longs

_STEP, _FIRST, _SECOND = (np.uint64(one) for one in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))
MENTEES, MENTORS = 1, 2
"""So that somebody in both roles draws twice."""


def drawn(keys: Keys, seed: int, side: int) -> Longs:
    """Places in the order of a keyed hash of seed and person (splitmix64; Steele, Lea and Flood, 2014). Of equal
    scores the person who comes first in it goes first."""
    seeded = _mixed(_mixed(np.array([seed % 2**64], dtype=np.uint64)) + np.uint64(side))
    return np.argsort(_mixed(keys ^ seeded), kind="stable").astype(np.int64)


def _mixed(value: Keys) -> Keys:
    value = value + _STEP
    value = (value ^ (value >> np.uint64(30))) * _FIRST
    value = (value ^ (value >> np.uint64(27))) * _SECOND
    return value ^ (value >> np.uint64(31))
