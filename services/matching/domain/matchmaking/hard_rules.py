"""Hard rules remove pairs and never become points. What a cell does not say bars nobody, unless the rule says so."""

from dataclasses import dataclass, field

from services.matching.domain.matchmaking.cells import fold, items_of, text_of
from services.matching.domain.matchmaking.people import Person, Role, Roster
from services.matching.domain.matchmaking.terms import NUMBERS, Comparison, Scale, within


@dataclass(frozen=True)
class NotSelf:
    """Somebody who is mentor and mentee is not paired with themselves. Always in force."""

    name: str = "self"
    optional: bool = False

    def columns(self, _side: Role) -> tuple[str, ...]:
        return ()

    def bars(self, mentor: Person, mentee: Person, _roster: Roster) -> bool:
        return fold(mentor.id) == fold(mentee.id)


@dataclass(frozen=True, kw_only=True)
class OwnManager:
    """Neither of the two is above the other: manager, skip-level manager, as far as `levels`."""

    name: str = "own-manager"
    managers: tuple[str, ...] = ("manager",)
    refers_to: str | None = None
    levels: int = 2
    optional: bool = False

    def columns(self, _side: Role) -> tuple[str, ...]:
        return (*self.managers, self.refers_to) if self.refers_to else self.managers

    def bars(self, mentor: Person, mentee: Person, roster: Roster) -> bool:
        one, other = mentor.reference(self.refers_to), mentee.reference(self.refers_to)
        return one in self.above(mentee, roster) or other in self.above(mentor, roster)

    def above(self, person: Person, roster: Roster) -> frozenset[str]:
        """References of everybody who may not be paired with this person."""
        lines = roster.lines(self.managers, self.refers_to)
        return lines.managers(person.reference(self.refers_to), self.levels)


@dataclass(frozen=True, kw_only=True)
class ExcludedPairs:
    """Named pairs (mentor, mentee), and columns in which people name whom they must not be paired with."""

    name: str = "excluded-pairs"
    pairs: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    mentor: str | None = None
    mentee: str | None = None
    refers_to: str | None = None
    optional: bool = False

    def columns(self, side: Role) -> tuple[str, ...]:
        own = self.mentor if side is Role.MENTOR else self.mentee
        return tuple(one for one in (own, self.refers_to) if one)

    def bars(self, mentor: Person, mentee: Person, _roster: Roster) -> bool:
        one, other = mentor.reference(self.refers_to), mentee.reference(self.refers_to)
        return (
            (one, other) in self.pairs
            or one in self.avoided(mentee, Role.MENTEE)
            or other in self.avoided(mentor, Role.MENTOR)
        )

    def avoided(self, person: Person, side: Role) -> frozenset[str]:
        """References of those this person's own cell names."""
        column = self.mentor if side is Role.MENTOR else self.mentee
        return frozenset(items_of(person.row, column)) if column else frozenset()


@dataclass(frozen=True, kw_only=True)
class MustDiffer(Comparison):
    """The two cells have no entry in common."""

    def bars(self, mentor: Person, mentee: Person, _roster: Roster) -> bool:
        return self.counts(mentor, mentee) and bool(self.common(mentor, mentee))

    def common(self, mentor: Person, mentee: Person) -> set[str]:
        return items_of(mentor.row, self.mentor).keys() & items_of(mentee.row, self.mentee).keys()


@dataclass(frozen=True, kw_only=True)
class MustShare(Comparison):
    """The two cells have an entry in common. An empty cell bars only where `bar_blank` says so."""

    bar_blank: bool = False

    def bars(self, mentor: Person, mentee: Person, _roster: Roster) -> bool:
        if not self.counts(mentor, mentee):
            return False
        offered, wanted = items_of(mentor.row, self.mentor), items_of(mentee.row, self.mentee)
        return not offered.keys() & wanted.keys() if offered and wanted else self.bar_blank


@dataclass(frozen=True, kw_only=True)
class MustBeAbove(Comparison):
    """The mentor stands at least `by` above the mentee, and no more than `at_most`; in thousandths."""

    scale: Scale = NUMBERS
    by: int = 1000
    at_most: int | None = None
    bar_blank: bool = False

    def bars(self, mentor: Person, mentee: Person, _roster: Roster) -> bool:
        if not self.counts(mentor, mentee):
            return False
        higher = self.scale.level(text_of(mentor.row, self.mentor))
        lower = self.scale.level(text_of(mentee.row, self.mentee))
        if higher is None or lower is None:
            return self.bar_blank
        return not within(higher - lower, self.by, self.at_most)


HardRule = NotSelf | OwnManager | ExcludedPairs | MustDiffer | MustShare | MustBeAbove
