"""What each kind of term, and wishes, add to every pair, as arrays."""

from collections.abc import Iterable
from functools import singledispatch

import numpy as np

from services.matching.domain.matchmaking.arrays import (
    Counts,
    Longs,
    Mask,
    asked,
    by_difference,
    common,
    lists,
    texts,
    within_reach,
)
from services.matching.domain.matchmaking.people import Person, Role
from services.matching.domain.matchmaking.problem import Problem
from services.matching.domain.matchmaking.terms import Above, Close, Overlap, Same
from services.matching.domain.matchmaking.wishes import Wishes


@singledispatch
def points(part: object, _problem: Problem) -> Counts:
    """What a term or the wishes add to each pair."""
    raise TypeError(part)


@points.register
def _(term: Overlap, problem: Problem) -> Counts:
    wanted, offered = lists(problem, term)
    shared = common(wanted, offered)
    most_wanted, most_shared = max(map(len, wanted), default=0), int(shared.max(initial=0))
    worth = [[term.worth(count, size) for count in range(most_shared + 1)] for size in range(most_wanted + 1)]
    sizes = np.array([len(one) for one in wanted], dtype=np.intp)
    added: Counts = np.array(worth, dtype=np.int32)[sizes[:, None], shared]
    return _where_asked(added, asked(problem, term))


@points.register
def _(term: Same, problem: Problem) -> Counts:
    equal: Counts = common(*texts(problem, term)) * np.int32(term.points)
    return _where_asked(equal, asked(problem, term))


@points.register
def _(term: Close, problem: Problem) -> Counts:
    def nearness(difference: Longs) -> Counts:
        left = np.maximum(0, term.span - np.abs(difference))
        near: Counts = (term.points * left // term.span).astype(np.int32)
        return near

    return _where_asked(by_difference(problem, term, term.scale, nearness, np.int32(0)), asked(problem, term))


@points.register
def _(term: Above, problem: Problem) -> Counts:
    def above(difference: Longs) -> Counts:
        return within_reach(difference, term.by, term.at_most).astype(np.int32) * np.int32(term.points)

    return _where_asked(by_difference(problem, term, term.scale, above, np.int32(0)), asked(problem, term))


@points.register
def _(wishes: Wishes, problem: Problem) -> Counts:
    added = np.zeros((len(problem.mentees), len(problem.mentors)), dtype=np.int32)
    by_mentee = wishes.side is Role.MENTEE
    wishing, wished = (problem.mentees, problem.mentors) if by_mentee else (problem.mentors, problem.mentees)
    places = _by_reference(wished, wishes.refers_to)
    towards = added if by_mentee else added.T
    for place, person in enumerate(wishing):
        for reference, rank in wishes.of(person).items():
            towards[place, places.get(reference, [])] = wishes.points[rank - 1]
    return added


def _by_reference(people: Iterable[Person], column: str | None) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, person in enumerate(people):
        found.setdefault(person.reference(column), []).append(place)
    return found


def _where_asked(added: Counts, mask: Mask | None) -> Counts:
    return added if mask is None else np.where(mask, added, np.int32(0))
