"""Rules about who two people are to each other, as pairs to remove: self, reporting lines, one manager, the past."""

import numpy as np

from services.matching.engine.pool import Longs, Removal


def removals(mentee: Longs, mentor: Longs, manager_of: Longs) -> tuple[Removal, ...]:
    """For persons by number: `mentee` (n,) and `mentor` (m,) say which person each is; `manager_of` (persons,), −1 for
    nobody. Self, line manager and skip-level (both ways), and the same manager."""
    return (not_self(mentee, mentor), line_manager(mentee, mentor, manager_of, 1, "line-manager"),
            line_manager(mentee, mentor, manager_of, 2, "skip-level"), same_manager(mentee, mentor, manager_of))


def not_self(mentee: Longs, mentor: Longs) -> Removal:
    """Somebody in both roles."""
    return _joined("self", mentee, mentor)


def line_manager(mentee: Longs, mentor: Longs, manager_of: Longs, levels: int, name: str) -> Removal:
    """Either of the two stands exactly `levels` above the other."""
    one = _joined(name, _above(mentee, manager_of, levels), mentor)
    other = _joined(name, mentee, _above(mentor, manager_of, levels))
    return Removal(name, np.concatenate((one.mentee, other.mentee)), np.concatenate((one.mentor, other.mentor)))


def same_manager(mentee: Longs, mentor: Longs, manager_of: Longs) -> Removal:
    """Both report to one person."""
    return _joined("same-manager", _above(mentee, manager_of, 1), _above(mentor, manager_of, 1))


def _above(person: Longs, manager_of: Longs, levels: int) -> Longs:
    for _ in range(levels):
        person = np.where(person >= 0, manager_of[person], -1)
    return person


def _joined(name: str, left: Longs, right: Longs) -> Removal:
    """All pairs (i, j) with left[i] == right[j] ≥ 0."""
    order = np.argsort(right, kind="stable")
    first, last = (np.searchsorted(right[order], left, side=side) for side in ("left", "right"))
    count = np.where(left >= 0, last - first, 0)
    row = np.repeat(np.arange(len(left)), count)
    within = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    column = order[np.repeat(first, count) + within] if len(row) else row
    return Removal(name, row.astype(np.int32), column.astype(np.int32))
