"""Comparisons of everybody with everybody: mentees in rows, mentors in columns."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from services.matching.domain.matchmaking.cells import items_of, text_of, value_of
from services.matching.domain.matchmaking.people import Person, Role
from services.matching.domain.matchmaking.problem import Problem
from services.matching.domain.matchmaking.terms import Comparison, Scale

Counts = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]
Rows = npt.NDArray[np.intp]
"""Places of some mentees, in any order."""
Entries = Sequence[Iterable[str]]
T = TypeVar("T", bound=np.generic)


@dataclass(frozen=True)
class Common:
    """How many entries two people share. Works by entry, so it costs what is shared and not what might be."""

    mentees: Entries
    mentors: int
    offered: Mapping[str, Places]

    @classmethod
    def of(cls, mentees: Entries, mentors: Entries) -> "Common":
        offered = _places(mentors)
        return cls(mentees, len(mentors), {entry: np.array(offered[entry], dtype=np.intp) for entry in offered})

    def __call__(self, rows: Rows) -> Counts:
        """Of these mentees with all mentors."""
        counts = np.zeros((len(rows), self.mentors), dtype=np.int32)
        wanted = _places([self.mentees[row] for row in rows])
        for entry in wanted.keys() & self.offered.keys():
            counts[np.ix_(np.array(wanted[entry]), self.offered[entry])] += 1
        return counts


def _places(people: Entries) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place, entries in enumerate(people):
        for entry in entries:
            found[entry].append(place)
    return found


def lists(problem: Problem, comparison: Comparison) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The entries of the compared columns, mentees' and mentors'."""
    return (
        [items_of(person.row, comparison.mentee) for person in problem.mentees],
        [items_of(person.row, comparison.mentor) for person in problem.mentors],
    )


def texts(problem: Problem, comparison: Comparison) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The compared columns as whole texts."""
    return (
        [value_of(person.row, comparison.mentee) for person in problem.mentees],
        [value_of(person.row, comparison.mentor) for person in problem.mentors],
    )


@dataclass(frozen=True)
class Crossing:
    """Where something holds of the mentee and something else of the mentor."""

    mentees: Mask
    mentors: Mask

    def __call__(self, rows: Rows) -> Mask:
        """Of these mentees with all mentors."""
        mask: Mask = self.mentees[rows][:, None] & self.mentors[None, :]
        return mask


def both_filled(mentees: Sequence[object], mentors: Sequence[object]) -> Crossing:
    """Where neither side is empty."""
    return Crossing(np.array([bool(one) for one in mentees], bool), np.array([bool(one) for one in mentors], bool))


def asked(problem: Problem, comparison: Comparison) -> Crossing | None:
    """Where all conditions of the comparison hold; None where there are none."""
    if not comparison.when:
        return None
    return Crossing(_holding(problem.mentees, comparison, Role.MENTEE),
                    _holding(problem.mentors, comparison, Role.MENTOR))


def _holding(people: Sequence[Person], comparison: Comparison, side: Role) -> Mask:
    conditions = [one for one in comparison.when if one.side is side]
    return np.array([all(one.holds(person.row) for one in conditions) for person in people], dtype=bool)


def by_difference(
    problem: Problem, comparison: Comparison, scale: Scale, judge: Callable[[Longs], npt.NDArray[T]], blank: T
) -> Callable[[Rows], npt.NDArray[T]]:
    """What `judge` says of mentor minus mentee, in thousandths; `blank` where a level is not known."""
    levels, level_of = _levels(problem.mentees, comparison.mentee, scale)
    columns, column_of = _levels(problem.mentors, comparison.mentor, scale)

    def judged(rows: Rows) -> npt.NDArray[T]:
        present, place = np.unique(level_of[rows], return_inverse=True)
        table = np.full((len(present), len(columns) + 1), blank, dtype=type(blank))
        known = present >= 0
        table[known, :-1] = judge(columns[None, :] - levels[present[known]][:, None])
        return table[:, column_of][place]

    return judged


def within_reach(difference: Longs, by: int, at_most: int | None) -> Mask:
    """`terms.within`, on arrays."""
    enough: Mask = difference >= by
    return enough if at_most is None else enough & (difference <= at_most)


def _levels(people: Sequence[Person], column: str, scale: Scale) -> tuple[Longs, Places]:
    """The distinct levels, and for each person the place of theirs; -1, the last of a table, for unknown."""
    found = [scale.level(text_of(person.row, column)) for person in people]
    distinct = sorted({level for level in found if level is not None})
    place = {level: index for index, level in enumerate(distinct)}
    places = [-1 if level is None else place[level] for level in found]
    return np.array(distinct, dtype=np.int64), np.array(places, dtype=np.intp)
