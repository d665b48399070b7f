"""A pool as the kernels want it: a plane of points a value of an attribute, mentors by skill, exceptions by row."""

from typing import NamedTuple

import numpy as np

from services.matching.engine.arrays import Ints, Longs
from services.matching.engine.pool import Pool, Ragged


class People(NamedTuple):
    """Rows are mentees, columns mentors.

    `plane[v]` int32 (values, m): points of value v with each mentor; `value` (n, attributes): which planes add up for a
    mentee. `need_*`: skill and weight by mentee. `post_*`: mentor and level by skill (the inverted index). `bonus_*`:
    mentor and points by mentee. `barred_*`: mentors removed by mentee. `must_share`: 1 where a pair needs a skill.
    `turn` (n,): mentees in such an order that neighbours have most planes in common.
    """

    plane: Ints
    value: Ints
    need_start: Longs
    need_skill: Ints
    need_weight: Ints
    post_start: Longs
    post_mentor: Ints
    post_level: Ints
    bonus_start: Longs
    bonus_mentor: Ints
    bonus_points: Ints
    barred_start: Longs
    barred_mentor: Ints
    must_share: int
    turn: Ints

    @property
    def rows(self) -> int:
        return len(self.value)

    @property
    def columns(self) -> int:
        return int(self.plane.shape[1])


def people_of(pool: Pool) -> People:
    """Without looking at locks: whoever keeps a mentor is to be left out before."""
    need, post, value = pool.need_rows, _by_skill(pool), _values(pool)
    bonus, barred = _bonuses(pool), _removals(pool)
    return People(_planes(pool), value, need.start, need.item, need.value, post.start, post.item, post.value,
                  bonus.start, bonus.item, bonus.value, barred.start, barred.item, int(pool.skill_rule is not None),
                  np.lexsort(value.T[::-1]).astype(np.int32))


def _planes(pool: Pool) -> Ints:
    nothing = np.zeros((1, pool.n_mentors), dtype=np.int32)
    return np.concatenate([nothing, *(one.points[:, one.mentor] for one in pool.attributes)], dtype=np.int32)


def _values(pool: Pool) -> Ints:
    first = np.cumsum([1, *(len(one.points) for one in pool.attributes)])
    rows = [one.mentee + at for one, at in zip(pool.attributes, first, strict=False)]
    return np.array(rows or [np.zeros(pool.n_mentees)], dtype=np.int32).T.copy()


def _by_skill(pool: Pool) -> Ragged:
    offered, needed = pool.skill_rows, pool.need_rows
    skills = 1 + max(int(side.item.max(initial=0)) for side in (offered, needed))
    return Ragged.of(skills, offered.item, offered.row_of(), offered.value)


def _bonuses(pool: Pool) -> Ragged:
    """Several bonuses of a pair come one after the other, and add up."""
    row, column, points = (np.concatenate([np.zeros(0, dtype=np.int32), *(getattr(one, name) for one in pool.bonuses)])
                           for name in ("mentee", "mentor", "points"))
    return Ragged.of(pool.n_mentees, row, column, points)


def _removals(pool: Pool) -> Ragged:
    row, column = (np.concatenate([np.zeros(0, dtype=np.int32), *(getattr(one, name) for one in pool.removals)])
                   for name in ("mentee", "mentor"))
    return Ragged.of(pool.n_mentees, row, column, np.zeros(len(row), dtype=np.int32))
