"""Which pairs each kind of hard rule removes, as arrays."""

from collections.abc import Callable, Sequence
from functools import singledispatch

import numpy as np

from services.matching.domain.matchmaking.arrays import (
    Common,
    Crossing,
    Entries,
    Longs,
    Mask,
    Rows,
    asked,
    both_filled,
    by_difference,
    lists,
    within_reach,
)
from services.matching.domain.matchmaking.hard_rules import (
    ExcludedPairs,
    MustBeAbove,
    MustDiffer,
    MustShare,
    NotSelf,
    OwnManager,
)
from services.matching.domain.matchmaking.people import Person, Role
from services.matching.domain.matchmaking.problem import Problem

Barring = Callable[[Rows], Mask]
"""Some mentees → where they and each mentor may not be together."""


@singledispatch
def bars(rule: object, _problem: Problem) -> Barring:
    """Which pairs a hard rule removes, for as many mentees at once as there is room for."""
    raise TypeError(rule)


@bars.register
def _(_rule: NotSelf, problem: Problem) -> Barring:
    return _sharing((_references(problem.mentees, None), _references(problem.mentors, None)))


@bars.register
def _(rule: OwnManager, problem: Problem) -> Barring:
    mentees, mentors = (_references(side, rule.refers_to) for side in (problem.mentees, problem.mentors))
    above_mentees = [rule.above(person, problem.roster) for person in problem.mentees]
    above_mentors = [rule.above(person, problem.roster) for person in problem.mentors]
    return _sharing((above_mentees, mentors), (mentees, above_mentors))


@bars.register
def _(rule: ExcludedPairs, problem: Problem) -> Barring:
    mentees, mentors = (_references(side, rule.refers_to) for side in (problem.mentees, problem.mentors))
    named: dict[str, set[str]] = {}
    for mentor, mentee in rule.pairs:
        named.setdefault(mentee, set()).add(mentor)
    avoided = [rule.avoided(person, Role.MENTEE) for person in problem.mentees]
    avoiding = [rule.avoided(person, Role.MENTOR) for person in problem.mentors]
    barred = [
        own.union(*(named.get(reference, ()) for reference in one)) for own, one in zip(avoided, mentees, strict=True)
    ]
    return _sharing((barred, mentors), (mentees, avoiding))


def _references(people: Sequence[Person], column: str | None) -> list[tuple[str, ...]]:
    return [(reference,) if (reference := person.reference(column)) else () for person in people]


def _sharing(*sides: tuple[Entries, Entries]) -> Barring:
    """Where mentee and mentor have an entry in common, by any of these lists."""
    first, *others = (Common.of(mentees, mentors) for mentees, mentors in sides)

    def shared(rows: Rows) -> Mask:
        mask: Mask = sum((other(rows) for other in others), start=first(rows)) > 0
        return mask

    return shared


@bars.register
def _(rule: MustDiffer, problem: Problem) -> Barring:
    return _where(asked(problem, rule), _sharing(lists(problem, rule)))


@bars.register
def _(rule: MustShare, problem: Problem) -> Barring:
    wanted, offered = lists(problem, rule)
    shared, filled = Common.of(wanted, offered), None if rule.bar_blank else both_filled(wanted, offered)

    def apart(rows: Rows) -> Mask:
        mask: Mask = shared(rows) == 0
        return mask if filled is None else mask & filled(rows)

    return _where(asked(problem, rule), apart)


@bars.register
def _(rule: MustBeAbove, problem: Problem) -> Barring:
    def outside(difference: Longs) -> Mask:
        return ~within_reach(difference, rule.by, rule.at_most)

    return _where(asked(problem, rule), by_difference(problem, rule, rule.scale, outside, np.bool_(rule.bar_blank)))


def _where(mask: Crossing | None, barred: Barring) -> Barring:
    return barred if mask is None else lambda rows: barred(rows) & mask(rows)
