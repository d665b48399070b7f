"""What a pool must not be: each figure or first entry that is wrong is named before anything is allocated."""

from collections.abc import Iterable

import numpy as np

from services.matching.engine.checks import MOST_EDGES, MOST_MENTEES
from services.matching.engine.pool import BARRED, HIGHEST, Attribute, Bonus, Ints, Pool, Ragged, Removal
from services.matching.engine.refused import Refused
from services.matching.engine.terms import removed_by

MOST_CELLS = 2**28
"""Of the planes of all attribute values by mentors: 1 GiB."""


def require_objective(objective: str, known: Iterable[str]) -> None:
    if objective not in known:
        raise Refused(f"no objective is called {objective}; there are {', '.join(known)}")


def require_room(pool: Pool, k: int, threads: int) -> None:
    """Before anything is allocated."""
    if k < 1 or threads < 1:
        raise Refused(f"k is {k} and threads {threads}; both must be 1 or more")
    if pool.n_mentees > MOST_MENTEES:
        raise Refused(f"there are {pool.n_mentees:,} mentees; this solver takes {MOST_MENTEES:,} at most")
    edges = pool.n_mentees * min(k, pool.n_mentors)
    if edges > MOST_EDGES:
        raise Refused(f"{pool.n_mentees:,} mentees with {k} mentors each are {edges:,} edges; this solver takes "
                      f"{MOST_EDGES:,} at most")
    cells = sum(len(one.points) for one in pool.attributes) * pool.n_mentors
    if cells > MOST_CELLS:
        raise Refused(f"the values of all attributes by {pool.n_mentors:,} mentors are {cells:,} cells; this solver "
                      f"takes {MOST_CELLS:,}: make attributes of many values skills")


def require_pool(pool: Pool) -> None:
    """Raises Refused."""
    if pool.n_mentees < 0:
        raise Refused(f"there are {pool.n_mentees} mentees; there must be none or more")
    _require_values("capacity", pool.capacity, pool.n_mentors, 0, 2**31 - 1)
    for attribute in pool.attributes:
        _require_attribute(pool, attribute)
    _require_ragged("needs", pool.need_rows, pool.n_mentees)
    _require_ragged("skills", pool.skill_rows, pool.n_mentors)
    for bonus in pool.bonuses:
        _require_pairs(pool, bonus)
        _require_values(f"points of {bonus.name}", bonus.points, len(bonus.mentee), 0, HIGHEST)
    for removal in pool.removals:
        _require_pairs(pool, removal)
    _require_keys(pool)
    _require_highest(pool)
    require_locks(pool)


def require_locks(pool: Pool) -> None:
    """A lock that breaks a rule or takes a seat too many names both people, or the mentor and the seats."""
    locks = pool.locks
    _require_values("locked", locks, pool.n_mentees, -1, pool.n_mentors - 1)
    for mentee in np.flatnonzero(locks >= 0).tolist():
        rules = removed_by(pool, mentee, int(locks[mentee]))
        if rules:
            raise Refused(f"mentee {mentee} is locked to mentor {locks[mentee]}, but {rules[0]} removes the pair")
    taken = np.bincount(locks[locks >= 0], minlength=pool.n_mentors)
    over = np.flatnonzero(taken > pool.capacity)
    if len(over):
        one = int(over[0])
        raise Refused(f"{taken[one]} mentees are locked to mentor {one}, who has {pool.capacity[one]} seats")


def _require_values(name: str, values: Ints, size: int, low: int, high: int) -> None:
    if not isinstance(values, np.ndarray) or values.ndim != 1 or (values.size and values.dtype.kind not in "iu"):
        raise Refused(f"{name} must be one row of whole numbers")
    if len(values) != size:
        raise Refused(f"{name} has {len(values)} entries; it must have {size}")
    wrong = np.flatnonzero((values < low) | (values > high))
    if len(wrong):
        raise Refused(f"{name}[{wrong[0]}] is {values[wrong[0]]}; it must be from {low} to {high}")


def _require_attribute(pool: Pool, one: Attribute) -> None:
    if one.points.ndim != 2 or one.points.dtype.kind not in "iu":
        raise Refused(f"points of {one.name} must be a table of whole numbers")
    _require_values(f"{one.name} of mentees", one.mentee, pool.n_mentees, 0, one.points.shape[0] - 1)
    _require_values(f"{one.name} of mentors", one.mentor, pool.n_mentors, 0, one.points.shape[1] - 1)
    wrong = np.argwhere(((one.points < 0) & (one.points != BARRED)) | (one.points > HIGHEST))
    if len(wrong):
        row, column = wrong[0].tolist()
        raise Refused(f"points of {one.name}[{row}, {column}] are {one.points[row, column]}; they must be from 0 to "
                      f"{HIGHEST}, or BARRED")


def _require_ragged(name: str, one: Ragged, rows: int) -> None:
    if one.rows != rows or one.start[0] != 0 or (np.diff(one.start) < 0).any() or one.start[-1] != len(one.item):
        raise Refused(f"{name} must have {rows} rows that make up its {len(one.item)} entries")
    _require_values(f"skill of {name}", one.item, len(one.item), 0, 2**20)
    _require_values(f"value of {name}", one.value, len(one.item), 1, HIGHEST)
    key = one.row_of() * 2**21 + one.item
    wrong = np.flatnonzero(np.diff(key) <= 0)
    if len(wrong):
        raise Refused(f"{name}: skill {one.item[wrong[0] + 1]} does not come after {one.item[wrong[0]]} in its row")


def _require_pairs(pool: Pool, one: Bonus | Removal) -> None:
    _require_values(f"mentee of {one.name}", one.mentee, len(one.mentee), 0, pool.n_mentees - 1)
    _require_values(f"mentor of {one.name}", one.mentor, len(one.mentee), 0, pool.n_mentors - 1)


def _require_keys(pool: Pool) -> None:
    for name, keys, size in (("mentee_key", pool.mentee_key, pool.n_mentees),
                             ("mentor_key", pool.mentor_key, pool.n_mentors)):
        if keys is not None and (keys.dtype != np.uint64 or keys.shape != (size,)):
            raise Refused(f"{name} must be one row of {size} unsigned 64-bit numbers")


def _require_highest(pool: Pool) -> None:
    """No pair can reach more than the kernels have room for."""
    highest = sum(int(one.points.max(initial=0)) for one in pool.attributes)
    highest += sum(_most_of_a_pair(pool, one) for one in pool.bonuses)
    wanted = np.zeros(pool.n_mentees, np.int64)
    np.add.at(wanted, pool.need_rows.row_of(), pool.need_rows.value)
    highest += int(wanted.max(initial=0)) * int(pool.skill_rows.value.max(initial=0))
    if highest > HIGHEST:
        raise Refused(f"all terms of a pair may add up to {highest}; they must not exceed {HIGHEST}")


def _most_of_a_pair(pool: Pool, bonus: Bonus) -> int:
    key = bonus.mentee.astype(np.int64) * pool.n_mentors + bonus.mentor
    _, place = np.unique(key, return_inverse=True)
    return int(np.bincount(place, bonus.points, minlength=1).max(initial=0))
