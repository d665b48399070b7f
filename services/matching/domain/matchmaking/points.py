"""What each kind of term, and wishes, add to every pair, as arrays."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import singledispatch

import numpy as np

from services.matching.domain.matchmaking.arrays import (
    Common,
    Counts,
    Crossing,
    Longs,
    Rows,
    asked,
    by_difference,
    lists,
    texts,
    within_reach,
)
from services.matching.domain.matchmaking.people import Person, Role
from services.matching.domain.matchmaking.problem import Problem
from services.matching.domain.matchmaking.settled import Settled
from services.matching.domain.matchmaking.terms import Above, Close, Overlap, Same, Waited
from services.matching.domain.matchmaking.wishes import Wishes

Scoring = Callable[[Rows], Counts]
"""Some mentees → milli-points with each mentor."""


@singledispatch
def points(part: object, _problem: Problem) -> Scoring:
    """What a term or the wishes add to each pair, for as many mentees at once as there is room for."""
    raise TypeError(part)


@points.register
def _(term: Overlap, problem: Problem) -> Scoring:
    wanted, offered = lists(problem, term)
    shared, width = Common.of(wanted, offered), 1 + max(map(len, wanted), default=0)
    worth = np.array([[term.worth(count, size) for count in range(width)] for size in range(width)], np.int32).ravel()
    first = np.array([len(one) * width for one in wanted], dtype=np.int32)
    return _where(asked(problem, term), lambda rows: worth.take(shared(rows) + first[rows][:, None]))


@points.register
def _(term: Same, problem: Problem) -> Scoring:
    known: dict[str, int] = {}
    mentees, mentors = (np.array([known.setdefault(text, len(known)) if text else blank for text in map(_only, side)])
                        for blank, side in zip((-1, -2), texts(problem, term), strict=True))
    return _where(asked(problem, term),
                  lambda rows: (mentees[rows][:, None] == mentors[None, :]) * np.int32(term.points))


@points.register
def _(term: Close, problem: Problem) -> Scoring:
    def nearness(difference: Longs) -> Counts:
        left = np.maximum(0, term.span - np.abs(difference))
        near: Counts = (term.points * left // term.span).astype(np.int32)
        return near

    return _where(asked(problem, term), by_difference(problem, term, term.scale, nearness, np.int32(0)))


@points.register
def _(term: Above, problem: Problem) -> Scoring:
    def above(difference: Longs) -> Counts:
        return within_reach(difference, term.by, term.at_most).astype(np.int32) * np.int32(term.points)

    return _where(asked(problem, term), by_difference(problem, term, term.scale, above, np.int32(0)))


@points.register
def _(term: Waited, problem: Problem) -> Scoring:
    worth = np.array([term.worth(person.row) for person in problem.mentees], dtype=np.int32)
    return lambda rows: np.repeat(worth[rows][:, None], len(problem.mentors), axis=1)


@points.register
def _(term: Settled, problem: Problem) -> Scoring:
    mentors = {person.id: place for place, person in enumerate(problem.mentors)}
    mentees = {person.id: place for place, person in enumerate(problem.mentees)}
    found = defaultdict[int, list[tuple[int, int]]](list)
    for mentor, mentee in term.couples:
        if mentor in mentors and mentee in mentees:
            found[mentees[mentee]].append((mentors[mentor], term.points))
    return _at(found, problem)


@points.register
def _(wishes: Wishes, problem: Problem) -> Scoring:
    return _at(_granted(wishes, problem), problem)


def _at(granted: Mapping[int, Sequence[tuple[int, int]]], problem: Problem) -> Scoring:
    """Points of single pairs, and none elsewhere."""
    def added(rows: Rows) -> Counts:
        cells = np.zeros((len(rows), len(problem.mentors)), dtype=np.int32)
        for place, row in enumerate(rows.tolist()):
            for mentor, worth in granted.get(row, ()):
                cells[place, mentor] = worth
        return cells

    return added


def _granted(wishes: Wishes, problem: Problem) -> Mapping[int, Sequence[tuple[int, int]]]:
    """Place of a mentee → places of mentors, and what the wish of either side adds there."""
    by_mentee = wishes.side is Role.MENTEE
    wishing, wished = (problem.mentees, problem.mentors) if by_mentee else (problem.mentors, problem.mentees)
    places, granted = _by_reference(wished, wishes.refers_to), defaultdict[int, list[tuple[int, int]]](list)
    for place, person in enumerate(wishing):
        for reference, rank in wishes.of(person).items():
            for other in places.get(reference, []):
                mentee, mentor = (place, other) if by_mentee else (other, place)
                granted[mentee].append((mentor, wishes.points[rank - 1]))
    return granted


def _only(texts: Mapping[str, str]) -> str:
    """The folded text of a list of at most one; empty for none."""
    return next(iter(texts), "")


def _by_reference(people: Iterable[Person], column: str | None) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, person in enumerate(people):
        found.setdefault(person.reference(column), []).append(place)
    return found


def _where(mask: Crossing | None, added: Scoring) -> Scoring:
    return added if mask is None else lambda rows: added(rows) * mask(rows)
