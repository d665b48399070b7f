"""Comparisons of everybody with everybody: mentees in rows, mentors in columns."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
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
Entries = Sequence[Iterable[str]]
T = TypeVar("T", bound=np.generic)


def common(mentees: Entries, mentors: Entries) -> Counts:
    """How many entries two people share. Works by entry, so it costs what is shared and not what might be."""
    counts = np.zeros((len(mentees), len(mentors)), dtype=np.int32)
    wanted, offered = _places(mentees), _places(mentors)
    for entry in wanted.keys() & offered.keys():
        counts[np.ix_(wanted[entry], offered[entry])] += 1
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


def both_filled(mentees: Sequence[object], mentors: Sequence[object]) -> Mask:
    """Where neither side is empty."""
    rows, columns = np.array([bool(one) for one in mentees], dtype=bool), np.array([bool(one) for one in mentors], bool)
    filled: Mask = rows[:, None] & columns[None, :]
    return filled


def asked(problem: Problem, comparison: Comparison) -> Mask | None:
    """Where all conditions of the comparison hold; None where there are none."""
    if not comparison.when:
        return None
    rows = _holding(problem.mentees, comparison, Role.MENTEE)
    columns = _holding(problem.mentors, comparison, Role.MENTOR)
    mask: Mask = rows[:, None] & columns[None, :]
    return mask


def _holding(people: Sequence[Person], comparison: Comparison, side: Role) -> Mask:
    conditions = [one for one in comparison.when if one.side is side]
    return np.array([all(one.holds(person.row) for one in conditions) for person in people], dtype=bool)


def by_difference(
    problem: Problem, comparison: Comparison, scale: Scale, judge: Callable[[Longs], npt.NDArray[T]], blank: T
) -> npt.NDArray[T]:
    """What `judge` says of mentor minus mentee, in thousandths; `blank` where a level is not known."""
    rows, row_of = _levels(problem.mentees, comparison.mentee, scale)
    columns, column_of = _levels(problem.mentors, comparison.mentor, scale)
    table = np.full((len(rows) + 1, len(columns) + 1), blank, dtype=type(blank))
    table[:-1, :-1] = judge(columns[None, :] - rows[:, None])
    return table[np.ix_(row_of, column_of)]


def within_reach(difference: Longs, by: int, at_most: int | None) -> Mask:
    """`terms.within`, on arrays."""
    enough: Mask = difference >= by
    return enough if at_most is None else enough & (difference <= at_most)


def _levels(people: Sequence[Person], column: str, scale: Scale) -> tuple[Longs, list[int]]:
    """The distinct levels, and for each person the place of theirs; -1, the last of a table, for unknown."""
    found = [scale.level(text_of(person.row, column)) for person in people]
    distinct = sorted({level for level in found if level is not None})
    place = {level: index for index, level in enumerate(distinct)}
    return np.array(distinct, dtype=np.int64), [-1 if level is None else place[level] for level in found]
