"""Scores of all pairs as numpy would have them: one-hot people times points, one dense product a block of mentees.

Shares no code with the engine's scoring. Whole numbers: float32 is exact below 2²⁴, and the result is rounded.
"""

from collections.abc import Iterator

import numpy as np

from services.matching.engine.pool import Attribute, Pool, Ragged

FORBIDDEN = -1


def scores(pool: Pool) -> np.ndarray:
    """Int32 (n, m), FORBIDDEN where a rule removes the pair."""
    whole = np.empty((pool.n_mentees, pool.n_mentors), dtype=np.int32)
    for first, block in blocks(pool):
        whole[first:first + len(block)] = block
    return whole


def blocks(pool: Pool, rows: int = 512) -> Iterator[tuple[int, np.ndarray]]:
    """(first mentee, scores) block by block."""
    right = _mentor_features(pool)
    offered = _wide(pool.skill_rows, _skill_count(pool)).T
    for first in range(0, pool.n_mentees, rows):
        yield first, _block(pool, slice(first, min(first + rows, pool.n_mentees)), right, offered)


def _block(pool: Pool, rows: slice, right: np.ndarray, offered: np.ndarray) -> np.ndarray:
    worth = _mentee_features(pool, rows) @ right
    skill = _wide(_part(pool.need_rows, rows), offered.shape[0]) @ offered
    allowed = worth >= 0
    if pool.skill_rule is not None:
        allowed &= skill > 0
    total = np.rint(worth + skill).astype(np.int32)
    for bonus in pool.bonuses:
        at = (bonus.mentee >= rows.start) & (bonus.mentee < rows.stop)
        np.add.at(total, (bonus.mentee[at] - rows.start, bonus.mentor[at]), bonus.points[at])
    for removal in pool.removals:
        at = (removal.mentee >= rows.start) & (removal.mentee < rows.stop)
        allowed[removal.mentee[at] - rows.start, removal.mentor[at]] = False
    total[~allowed] = FORBIDDEN
    return total


def _skill_count(pool: Pool) -> int:
    return 1 + max((int(side.item.max(initial=0)) for side in (pool.need_rows, pool.skill_rows)), default=0)


def _part(side: Ragged, rows: slice) -> Ragged:
    first, last = side.start[rows.start], side.start[rows.stop]
    return Ragged(side.start[rows.start:rows.stop + 1] - first, side.item[first:last], side.value[first:last])


def _wide(side: Ragged, skills: int) -> np.ndarray:
    wide = np.zeros((side.rows, skills), dtype=np.float32)
    wide[side.row_of(), side.item] = side.value
    return wide


def _mentee_features(pool: Pool, rows: slice) -> np.ndarray:
    """A column a value: 1 where the mentee has it."""
    parts = [np.eye(len(one.points), dtype=np.float32)[one.mentee[rows]] for one in pool.attributes]
    return np.concatenate([np.zeros((rows.stop - rows.start, 1), dtype=np.float32), *parts], axis=1)


def _mentor_features(pool: Pool) -> np.ndarray:
    """A row a value of the mentees: its points with each mentor. Removed pairs are so low that nothing lifts them."""
    parts = [_points(one)[:, one.mentor] for one in pool.attributes]
    return np.concatenate([np.zeros((1, pool.n_mentors), dtype=np.float32), *parts])


def _points(attribute: Attribute) -> np.ndarray:
    return np.where(attribute.points < 0, -(2.0**22), attribute.points).astype(np.float32)
