"""All that decides who suits whom: what identifies people, hard rules, weighted terms, wishes, seats."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from services.matching.domain.matchmaking.cells import text_of
from services.matching.domain.matchmaking.hard_rules import HardRule, NotSelf, OwnManager
from services.matching.domain.matchmaking.people import Person, Role, Roster
from services.matching.domain.matchmaking.reasons import Reason
from services.matching.domain.matchmaking.terms import Term
from services.matching.domain.matchmaking.wishes import Wishes


@dataclass(frozen=True, kw_only=True)
class Seats:
    """How many pairs a person may have: by a column, or `default` where its cell is empty."""

    name: str
    side: Role
    column: str | None = None
    default: int = 1
    most: int = 100
    optional: bool = False

    def columns(self, side: Role) -> tuple[str, ...]:
        return (self.column,) if self.column and side is self.side else ()

    def of(self, person: Person) -> int:
        """Never more than `most`; a cell that is no whole number counts as empty (see `checking`)."""
        if person.seats is not None:
            return min(person.seats, self.most)
        found = self.read(text_of(person.row, self.column)) if self.column else None
        return self.default if found is None else found

    def read(self, text: str) -> int | None:
        """The number in a cell, if it is one that may stand there."""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 7 and int(text) <= self.most else None


Part = HardRule | Term | Wishes | Seats
"""Whatever reads columns."""


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Which columns say who a row is about."""

    id: str = "id"
    name: str = "name"


@dataclass(frozen=True, kw_only=True)
class Rulebook:
    """Columns are named by their `column_key`. The score of a pair is the sum of its reasons' points."""

    mentor: Identity = Identity()
    mentee: Identity = Identity()
    capacity: Seats = Seats(name="capacity", side=Role.MENTOR, column="capacity", optional=True)
    mentors_per_mentee: Seats = Seats(name="mentors", side=Role.MENTEE, most=10)
    hard_rules: tuple[HardRule, ...] = ()
    terms: tuple[Term, ...] = ()
    wishes: Wishes | None = None
    mentor_wishes: Wishes | None = None

    @property
    def every_hard_rule(self) -> tuple[HardRule, ...]:
        return (NotSelf(), *self.hard_rules)

    @property
    def every_wish(self) -> tuple[Wishes, ...]:
        return tuple(one for one in (self.wishes, self.mentor_wishes) if one)

    @property
    def highest_score(self) -> int:
        """What a pair gets for which everything is right, without what is no fit."""
        return sum(term.points for term in self.terms if term.is_fit) + sum(max(one.points) for one in self.every_wish)

    @property
    def no_fit(self) -> frozenset[str]:
        """Names of the terms that say nothing of how two fit."""
        return frozenset(term.name for term in self.terms if not term.is_fit)

    def barred_by(self, mentor: Person, mentee: Person, roster: Roster) -> tuple[str, ...]:
        """Names of the hard rules that forbid the pair."""
        return tuple(rule.name for rule in self.every_hard_rule if rule.bars(mentor, mentee, roster))

    def reasons(self, mentor: Person, mentee: Person) -> tuple[Reason, ...]:
        """All that adds to the score, strongest first."""
        parts: tuple[Term | Wishes, ...] = (*self.terms, *self.every_wish)
        found = [reason for part in parts if (reason := part.reason(mentor, mentee))]
        return tuple(sorted(found, key=lambda one: (-one.points, one.criterion)))

    def score(self, mentor: Person, mentee: Person) -> int:
        return sum(reason.points for reason in self.reasons(mentor, mentee))

    def parts(self) -> Iterator[Part]:
        """Everything that reads columns."""
        yield from (*self.hard_rules, *self.terms, *self.every_wish, self.capacity, self.mentors_per_mentee)

    def fitted(self, mentors: Iterable[str], mentees: Iterable[str]) -> "tuple[Rulebook, tuple[str, ...]]":
        """Without the optional parts whose columns these sheets lack, and the names of what was left out."""
        present = {Role.MENTOR: frozenset(mentors), Role.MENTEE: frozenset(mentees)}
        gone = {part.name for part in self.parts() if part.optional and _lacks(part, present)}
        return self._without(gone), tuple(part.name for part in self.parts() if part.name in gone)

    def _without(self, gone: set[str]) -> "Rulebook":
        return replace(
            self,
            hard_rules=tuple(rule for rule in self.hard_rules if rule.name not in gone),
            terms=tuple(term for term in self.terms if term.name not in gone),
            wishes=self.wishes if self.wishes and self.wishes.name not in gone else None,
            mentor_wishes=self.mentor_wishes if self.mentor_wishes and self.mentor_wishes.name not in gone else None,
            capacity=_kept(self.capacity, gone),
            mentors_per_mentee=_kept(self.mentors_per_mentee, gone),
        )


def _kept(seats: Seats, gone: set[str]) -> Seats:
    return replace(seats, column=None) if seats.name in gone else seats


def _lacks(part: Part, present: dict[Role, frozenset[str]]) -> bool:
    return bool(list(missing_columns(part, present)))


def missing_columns(part: Part, present: Mapping[Role, frozenset[str]]) -> Iterator[tuple[Role, str]]:
    """Columns that a part needs and a sheet lacks. Managers named on one side are enough."""
    missing = [(side, column) for side in Role for column in part.columns(side) if column not in present[side]]
    if not isinstance(part, OwnManager) or {side for side, _ in missing} == set(Role):
        yield from missing
