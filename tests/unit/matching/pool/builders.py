"""Pools from dice: all kinds of terms and rules, ties and none, with and without locks."""

from dataclasses import replace

import numpy as np

from services.matching.engine.pool import BARRED, Attribute, Bonus, Pool, Ragged, Removal
from services.matching.engine.terms import pair_scores


def a_pool(seed: int, most_mentees: int = 25, most_mentors: int = 15, seats: int = 3) -> Pool:
    """Small, and odd in every way that is allowed."""
    dice = np.random.default_rng(seed)
    n, m = int(dice.integers(0, most_mentees + 1)), int(dice.integers(0, most_mentors + 1))
    attributes = tuple(_attribute(dice, f"attribute-{one}", n, m) for one in range(int(dice.integers(0, 3))))
    skilled = dice.random() < 0.7
    rule = "no-shared-skill" if skilled and dice.random() < 0.6 else None
    return Pool(n, dice.integers(0, seats + 1, m).astype(np.int32), attributes,
                _skills(dice, n) if skilled else None, _skills(dice, m) if skilled else None, rule,
                tuple(_bonus(dice, name, n, m) for name in ("wish", "stays")[:int(dice.integers(0, 3))]),
                (_removal(dice, n, m),) if dice.random() < 0.6 else ())


def with_locks(pool: Pool, seed: int) -> Pool:
    """Some pairs that may sit together keep their seats."""
    dice, left = np.random.default_rng(seed), pool.capacity.copy()
    locked = np.full(pool.n_mentees, -1, dtype=np.int32)
    for mentee in range(pool.n_mentees):
        mentor = int(dice.integers(0, 3 * pool.n_mentors + 1))
        if mentor < pool.n_mentors and left[mentor] > 0 and pair_scores(pool, [mentee], [mentor])[0] >= 0:
            locked[mentee], left[mentor] = mentor, left[mentor] - 1
    return replace(pool, locked=locked)


def _attribute(dice: np.random.Generator, name: str, n: int, m: int) -> Attribute:
    rows, columns = dice.integers(1, 6, 2)
    points = dice.integers(0, int(dice.choice([2, 40, 3000])), (rows, columns))
    points[dice.random((rows, columns)) < dice.choice([0, 0.2, 0.5])] = BARRED
    return Attribute(name, dice.integers(0, rows, n).astype(np.int32), dice.integers(0, columns, m).astype(np.int32),
                     points.astype(np.int32))


def _skills(dice: np.random.Generator, rows: int) -> Ragged:
    have = np.argwhere(dice.random((rows, 8)) < 0.25)
    return Ragged.of(rows, have[:, 0], have[:, 1], dice.integers(1, int(dice.choice([2, 60])), len(have)))


def _bonus(dice: np.random.Generator, name: str, n: int, m: int) -> Bonus:
    size = int(dice.integers(0, 2 * n + 1)) if n and m else 0
    return Bonus(name, *(dice.integers(0, max(high, 1), size).astype(np.int32) for high in (n, m, 3000)))


def _removal(dice: np.random.Generator, n: int, m: int) -> Removal:
    size = int(dice.integers(0, n * m // 3 + 1)) if n and m else 0
    return Removal("excluded", *(dice.integers(0, max(high, 1), size).astype(np.int32) for high in (n, m)))
