"""What given pairs score, term by term, and which rules remove them: for people to read, and to judge single pairs."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from services.matching.engine.pool import BARRED, Attribute, Bonus, Ints, Longs, Pool, Removal

SKILLS = "skills"


def terms(pool: Pool, mentee: npt.ArrayLike, mentor: npt.ArrayLike) -> Mapping[str, Longs]:
    """Points of each pair (mentee[x], mentor[x]) by the name of the term, int64 (pairs,); attributes that remove a pair
    give 0. Of a pair that is allowed they add up to its score."""
    row, column = _long(mentee), _long(mentor)
    found: dict[str, Longs] = {one.name: np.maximum(_points(one, row, column), 0) for one in pool.attributes}
    if pool.needs is not None:
        found[SKILLS] = _skills(pool, row, column)
    for one in pool.bonuses:
        found[one.name] = found.get(one.name, 0) + _bonus(pool, one, row, column)
    return found


def removed_by(pool: Pool, mentee: int, mentor: int) -> tuple[str, ...]:
    """Names of the rules that remove this pair."""
    row, column = _long([mentee]), _long([mentor])
    names = [one.name for one in pool.attributes if _points(one, row, column)[0] < 0]
    if pool.skill_rule is not None and not _skills(pool, row, column)[0]:
        names.append(pool.skill_rule)
    return (*names, *(one.name for one in pool.removals if _named(pool, one, row, column)[0]))


def pair_scores(pool: Pool, mentee: npt.ArrayLike, mentor: npt.ArrayLike) -> Longs:
    """Scores of pairs, int64 (pairs,), BARRED where a rule removes the pair."""
    row, column = _long(mentee), _long(mentor)
    total = np.zeros(len(row), np.int64)
    for points in terms(pool, row, column).values():
        total += points
    barred = np.zeros(len(row), bool)
    for attribute in pool.attributes:
        barred |= _points(attribute, row, column) < 0
    for removal in pool.removals:
        barred |= _named(pool, removal, row, column)
    if pool.skill_rule is not None:
        barred |= _skills(pool, row, column) == 0
    return np.where(barred, BARRED, total)


def _long(given: npt.ArrayLike) -> Longs:
    return np.asarray(given, dtype=np.int64)


def _points(attribute: Attribute, row: Longs, column: Longs) -> Ints:
    points: Ints = attribute.points[attribute.mentee[row], attribute.mentor[column]]
    return points


def _skills(pool: Pool, row: Longs, column: Longs) -> Longs:
    """Weight times level of each skill that both sides of a pair name."""
    needs, skills = pool.need_rows, pool.skill_rows
    size = 1 + max(int(side.item.max(initial=0)) for side in (needs, skills))
    offered = skills.row_of() * size + skills.item
    level = np.append(skills.value, 0).astype(np.int64)
    total = np.zeros(len(row), np.int64)
    count = np.diff(needs.start)[row]
    for nth in range(int(count.max(initial=0))):
        some = np.flatnonzero(count > nth)
        need = needs.start[row[some]] + nth
        at = _find(offered, column[some] * size + needs.item[need])
        total[some] += needs.value[need] * level[at]
    return total


def _find(keys: Longs, wanted: Longs) -> Longs:
    """Place of each wanted key among sorted `keys`; −1 where it is not."""
    at = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
    return np.where(keys[at] == wanted, at, -1) if len(keys) else np.full(len(wanted), -1)


def _bonus(pool: Pool, bonus: Bonus, row: Longs, column: Longs) -> Longs:
    key = bonus.mentee.astype(np.int64) * pool.n_mentors + bonus.mentor
    known, place = np.unique(key, return_inverse=True)
    points = np.append(np.bincount(place, bonus.points).astype(np.int64), 0)
    return points[_find(known, row * pool.n_mentors + column)]


def _named(pool: Pool, removal: Removal, row: Longs, column: Longs) -> npt.NDArray[np.bool_]:
    key = removal.mentee.astype(np.int64) * pool.n_mentors + removal.mentor
    return np.isin(row * pool.n_mentors + column, key)
