"""Scores of one mentee with every mentor, and whom a rule keeps apart: as `rules` says of each pair, to the unit, but
without the words. What is the same of many mentors is judged once. Plain Python: web processes hold no arrays."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property, singledispatch
from typing import TypeVar

from services.matching.domain.matchmaking.cells import items_of
from services.matching.domain.matchmaking.hard_rules import (
    ExcludedPairs,
    MustBeAbove,
    MustDiffer,
    MustShare,
    NotSelf,
    OwnManager,
)
from services.matching.domain.matchmaking.people import Person, Role, Roster
from services.matching.domain.matchmaking.problem import Problem
from services.matching.domain.matchmaking.settled import Settled
from services.matching.domain.matchmaking.terms import Comparison, Overlap, Term
from services.matching.domain.matchmaking.wishes import Wishes

T = TypeVar("T")


@dataclass(frozen=True)
class Standing:
    """In the order of the mentors: `scores`, also of those who are `barred`."""

    scores: tuple[int, ...]
    barred: tuple[bool, ...]


def standing(problem: Problem, mentee: Person) -> Standing:
    """Of this mentee with every mentor of the problem."""
    book, here = problem.rulebook, OneMentee(mentee, problem.mentors, problem.roster)
    none = [0] * len(problem.mentors)
    worths = [worth(part, here) for part in (*book.terms, *book.every_wish)]
    bars = [bar(rule, here) for rule in book.every_hard_rule]
    return Standing(tuple(map(sum, zip(none, *worths, strict=True))), tuple(map(any, zip(*bars, strict=True))))


@dataclass(frozen=True, eq=False)
class OneMentee:
    """Somebody, and everybody to be judged with them."""

    mentee: Person
    mentors: Sequence[Person]
    roster: Roster

    @cached_property
    def _references(self) -> dict[str | None, list[str]]:
        return {}

    def references(self, column: str | None) -> list[str]:
        """Of all mentors; folded once for all rules."""
        if column not in self._references:
            self._references[column] = [mentor.reference(column) for mentor in self.mentors]
        return self._references[column]

    def by_cells(self, columns: Sequence[str], judge: Callable[[Person], T]) -> list[T]:
        """Of all mentors, where it depends on these cells of theirs only."""
        keys = [_hashable(mentor.row.get(columns[0], "")) for mentor in self.mentors] if len(columns) == 1 else [
            tuple([_hashable(mentor.row.get(one, "")) for one in columns]) for mentor in self.mentors]
        some = dict(zip(keys, self.mentors, strict=True))
        judged = {key: judge(mentor) for key, mentor in some.items()}
        return [judged[key] for key in keys]


def _hashable(cell: str | Sequence[str]) -> Hashable:
    return cell if isinstance(cell, str) else ("list", *cell)


@singledispatch
def worth(part: object, _here: OneMentee) -> Sequence[int]:
    """The points that a term or the wishes add, by mentor."""
    raise TypeError(part)


@worth.register
def _(term: Term, here: OneMentee) -> Sequence[int]:
    return here.by_cells(_compared(term), _said(term, here))


@worth.register
def _(term: Settled, here: OneMentee) -> Sequence[int]:
    return list(map(_said(term, here), here.mentors))


@worth.register
def _(term: Overlap, here: OneMentee) -> Sequence[int]:
    wanted = items_of(here.mentee.row, term.mentee)

    def points(mentor: Person) -> int:
        if not (wanted and term.counts(mentor, here.mentee)):
            return 0
        return term.worth(len(wanted.keys() & items_of(mentor.row, term.mentor).keys()), len(wanted))

    return here.by_cells(_compared(term), points)


@worth.register
def _(wishes: Wishes, here: OneMentee) -> Sequence[int]:
    if wishes.side is Role.MENTOR:
        return here.by_cells(wishes.columns_of_wishes, _said(wishes, here))
    points = {reference: wishes.points[rank - 1] for reference, rank in wishes.of(here.mentee).items()}
    return [points.get(reference, 0) for reference in here.references(wishes.refers_to)]


def _said(part: Term | Wishes, here: OneMentee) -> Callable[[Person], int]:
    def points(mentor: Person) -> int:
        found = part.reason(mentor, here.mentee)
        return found.points if found else 0

    return points


@singledispatch
def bar(rule: object, _here: OneMentee) -> Sequence[bool]:
    """Whether a hard rule forbids the two, by mentor."""
    raise TypeError(rule)


@bar.register
def _(_rule: NotSelf, here: OneMentee) -> Sequence[bool]:
    own = here.mentee.reference(None)
    return [reference == own for reference in here.references(None)]


@bar.register
def _(rule: OwnManager, here: OneMentee) -> Sequence[bool]:
    """Where no column says how people are called, no two are called the same, and whom a mentor names is enough."""
    above, own = rule.above(here.mentee, here.roster), here.mentee.reference(rule.refers_to)

    def below(mentor: Person) -> bool:
        return own in rule.above(mentor, here.roster)

    under = list(map(below, here.mentors)) if rule.refers_to else here.by_cells(rule.managers, below)
    return [is_under or reference in above
            for is_under, reference in zip(under, here.references(rule.refers_to), strict=True)]


@bar.register
def _(rule: ExcludedPairs, here: OneMentee) -> Sequence[bool]:
    own = here.mentee.reference(rule.refers_to)
    apart = {one for one, other in rule.pairs if other == own} | rule.avoided(here.mentee, Role.MENTEE)
    avoiding = here.by_cells([rule.mentor] if rule.mentor else [],
                             lambda mentor: own in rule.avoided(mentor, Role.MENTOR))
    return [avoids or reference in apart
            for avoids, reference in zip(avoiding, here.references(rule.refers_to), strict=True)]


@bar.register(MustDiffer)
@bar.register(MustShare)
@bar.register(MustBeAbove)
def _(rule: MustDiffer | MustShare | MustBeAbove, here: OneMentee) -> Sequence[bool]:
    return here.by_cells(_compared(rule), lambda mentor: rule.bars(mentor, here.mentee, here.roster))


def _compared(one: Comparison) -> tuple[str, ...]:
    """The cells of a mentor that a comparison looks at, with its conditions."""
    return Comparison.columns(one, Role.MENTOR)
