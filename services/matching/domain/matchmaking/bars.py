"""Which pairs each kind of hard rule removes, as arrays."""

from collections.abc import Sequence
from functools import singledispatch

import numpy as np

from services.matching.domain.matchmaking.arrays import (
    Longs,
    Mask,
    asked,
    both_filled,
    by_difference,
    common,
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


@singledispatch
def bars(rule: object, _problem: Problem) -> Mask:
    """Which pairs a hard rule removes."""
    raise TypeError(rule)


@bars.register
def _(_rule: NotSelf, problem: Problem) -> Mask:
    return common(_references(problem.mentees, None), _references(problem.mentors, None)) > 0


@bars.register
def _(rule: OwnManager, problem: Problem) -> Mask:
    mentees, mentors = (_references(side, rule.refers_to) for side in (problem.mentees, problem.mentors))
    above_mentees = [rule.above(person, problem.roster) for person in problem.mentees]
    above_mentors = [rule.above(person, problem.roster) for person in problem.mentors]
    return (common(above_mentees, mentors) + common(mentees, above_mentors)) > 0


@bars.register
def _(rule: ExcludedPairs, problem: Problem) -> Mask:
    mentees, mentors = (_references(side, rule.refers_to) for side in (problem.mentees, problem.mentors))
    named: dict[str, set[str]] = {}
    for mentor, mentee in rule.pairs:
        named.setdefault(mentee, set()).add(mentor)
    avoided = [rule.avoided(person, Role.MENTEE) for person in problem.mentees]
    avoiding = [rule.avoided(person, Role.MENTOR) for person in problem.mentors]
    barred = [
        own.union(*(named.get(reference, ()) for reference in one)) for own, one in zip(avoided, mentees, strict=True)
    ]
    return (common(barred, mentors) + common(mentees, avoiding)) > 0


def _references(people: Sequence[Person], column: str | None) -> list[tuple[str, ...]]:
    return [(reference,) if (reference := person.reference(column)) else () for person in people]


@bars.register
def _(rule: MustDiffer, problem: Problem) -> Mask:
    return _masked(common(*lists(problem, rule)) > 0, asked(problem, rule))


@bars.register
def _(rule: MustShare, problem: Problem) -> Mask:
    wanted, offered = lists(problem, rule)
    apart: Mask = common(wanted, offered) == 0
    if not rule.bar_blank:
        apart &= both_filled(wanted, offered)
    return _masked(apart, asked(problem, rule))


@bars.register
def _(rule: MustBeAbove, problem: Problem) -> Mask:
    def outside(difference: Longs) -> Mask:
        return ~within_reach(difference, rule.by, rule.at_most)

    barred = by_difference(problem, rule, rule.scale, outside, np.bool_(rule.bar_blank))
    return _masked(barred, asked(problem, rule))


def _masked(barred: Mask, mask: Mask | None) -> Mask:
    return barred if mask is None else barred & mask
