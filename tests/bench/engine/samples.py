"""Programmes like the samples that mentor-match's web service comes with, made as it makes them.

Of the service (github.com/jonodrew/mentor-match, `random_data` and `base_rules`): eleven grades, six organisations,
five professions, six characteristics, each drawn evenly. A mentor is one or two grades above, in another organisation;
that, the profession and a characteristic that is asked for are worth whole points.
"""

import numpy as np

GRADES, ORGANISATIONS, PROFESSIONS, CHARACTERISTICS = 11, 6, 5, 6
TWO_ABOVE, ONE_ABOVE, SAME_PROFESSION, CHARACTERISTIC, FIRST = 12, 9, 10, 6, 6
"""Points; `FIRST`, which the service sets, where either has nobody yet."""

FORBIDDEN = -1


def scores(size: int, seed: int) -> np.ndarray:
    """Points of each mentor (row) with each mentee (column), as many of both; FORBIDDEN where rules bar the pair."""
    lot = np.random.default_rng((seed, size))
    above = lot.integers(2, GRADES, size)[:, None] - lot.integers(0, GRADES - 1, size)[None, :]
    found = np.where(above == 2, TWO_ABOVE, ONE_ABOVE)
    found += SAME_PROFESSION * _same(lot.integers(0, PROFESSIONS, size), lot.integers(0, PROFESSIONS, size))
    found += CHARACTERISTIC * _characteristics(size, lot)[:, lot.integers(0, CHARACTERISTICS + 1, size)]
    apart = ~_same(lot.integers(0, ORGANISATIONS, size), lot.integers(0, ORGANISATIONS, size))
    return np.where(apart & (above > 0) & (above <= 2), found, FORBIDDEN)


def _same(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    same: np.ndarray = one[:, None] == other[None, :]
    return same


def _characteristics(size: int, lot: np.random.Generator) -> np.ndarray:
    """Half of the mentors state one or two; the last column is for mentees who ask for none."""
    each = lot.integers(0, 2, size) * lot.integers(1, 3, size)
    ranked = np.argsort(np.argsort(lot.random((size, CHARACTERISTICS)), axis=1), axis=1)
    return np.concatenate([ranked < each[:, None], np.zeros((size, 1), bool)], axis=1)
