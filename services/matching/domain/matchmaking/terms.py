"""Weighted terms: each compares a column of the mentor with one of the mentee and adds whole milli-points."""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from services.matching.domain.matchmaking.cells import Row, fold, items_of, text_of, thousandths, value_of
from services.matching.domain.matchmaking.people import Person, Role
from services.matching.domain.matchmaking.reasons import Reason


@dataclass(frozen=True)
class Scale:
    """Ordered steps, lowest first; names of one step are equal. Without steps a cell is a number."""

    steps: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def places(self) -> Mapping[str, int]:
        return {fold(name): place * 1000 for place, names in enumerate(self.steps) for name in names}

    def level(self, text: str) -> int | None:
        """In thousandths of a step; None for an empty cell and for what is not on the scale."""
        return self.places.get(fold(text)) if self.steps else thousandths(text)


NUMBERS = Scale()


@dataclass(frozen=True)
class Condition:
    """`column` of this side says, or lists, one of `words`; more than one condition must all hold."""

    side: Role
    column: str
    words: frozenset[str]

    def holds(self, row: Row) -> bool:
        return not self.words.isdisjoint(items_of(row, self.column))


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A column of each side, and when they count. An optional one is left out where a sheet has no such column."""

    name: str
    mentor: str
    mentee: str
    when: tuple[Condition, ...] = ()
    optional: bool = False
    label: Mapping[str, str] = field(default_factory=dict)

    def columns(self, side: Role) -> tuple[str, ...]:
        own = self.mentor if side is Role.MENTOR else self.mentee
        return (own, *(one.column for one in self.when if one.side is side))

    def counts(self, mentor: Person, mentee: Person) -> bool:
        rows = {Role.MENTOR: mentor.row, Role.MENTEE: mentee.row}
        return all(one.holds(rows[one.side]) for one in self.when)


@dataclass(frozen=True, kw_only=True)
class Term(Comparison):
    """Adds up to `points`; an empty cell on either side adds nothing. `is_fit`: says how well two fit."""

    points: int
    is_fit: ClassVar[bool] = True

    def reason(self, mentor: Person, mentee: Person) -> Reason | None:
        """What the term adds to this pair; None for nothing."""
        return self._found(mentor.row, mentee.row) if self.counts(mentor, mentee) else None

    @abstractmethod
    def _found(self, mentor: Row, mentee: Row) -> Reason | None: ...

    def _reason(self, kind: str, points: int, **params: str | int | list[str]) -> Reason | None:
        label = {f"label_{language}".strip("_"): text for language, text in self.label.items()}
        return Reason(self.name, points, {"kind": kind, **params, **label}) if points else None


@dataclass(frozen=True, kw_only=True)
class Overlap(Term):
    """Two lists: the part of the mentee's that the mentor's has. `full_at` shared entries are enough for all points."""

    full_at: int | None = None

    def _found(self, mentor: Row, mentee: Row) -> Reason | None:
        wanted, offered = items_of(mentee, self.mentee), items_of(mentor, self.mentor)
        shared = [written for folded, written in wanted.items() if folded in offered]
        points = self.worth(len(shared), len(wanted))
        return self._reason("overlap", points, shared=shared, wanted=len(wanted))

    def worth(self, shared: int, wanted: int) -> int:
        full = min(wanted, self.full_at or wanted)
        return self.points * min(shared, full) // full if full else 0


@dataclass(frozen=True, kw_only=True)
class Same(Term):
    """Equal texts."""

    def _found(self, mentor: Row, mentee: Row) -> Reason | None:
        wanted = value_of(mentee, self.mentee)
        points = self.points if wanted and wanted.keys() == value_of(mentor, self.mentor).keys() else 0
        return self._reason("same", points, value=text_of(mentee, self.mentee))


@dataclass(frozen=True, kw_only=True)
class Levelled(Term):
    """Compares numbers, or places on a scale."""

    scale: Scale = NUMBERS

    def _found(self, mentor: Row, mentee: Row) -> Reason | None:
        higher, lower = self.scale.level(text_of(mentor, self.mentor)), self.scale.level(text_of(mentee, self.mentee))
        points = 0 if higher is None or lower is None else self.worth(higher - lower)
        texts = {"mentor": text_of(mentor, self.mentor), "mentee": text_of(mentee, self.mentee)}
        return self._reason(self.kind, points, **texts)

    kind = "close"

    def worth(self, difference: int) -> int:
        """Points for mentor minus mentee, in thousandths."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Close(Levelled):
    """The nearer the better: all points for equal, none from `span` (in thousandths) apart."""

    span: int = 3000

    def worth(self, difference: int) -> int:
        return self.points * max(0, self.span - abs(difference)) // self.span


@dataclass(frozen=True, kw_only=True)
class Above(Levelled):
    """The mentor is at least `by` above the mentee, and no more than `at_most`; in thousandths. Below zero is below."""

    by: int = 1000
    at_most: int | None = None
    kind = "above"

    def worth(self, difference: int) -> int:
        return self.points if within(difference, self.by, self.at_most) else 0


@dataclass(frozen=True, kw_only=True)
class Waited(Term):
    """How often the mentee was left out before, whoever the mentor: all points after so many `rounds`."""

    rounds: int
    is_fit = False

    def columns(self, side: Role) -> tuple[str, ...]:
        return (self.mentee,) if side is Role.MENTEE else ()

    def _found(self, mentor: Row, mentee: Row) -> Reason | None:  # noqa: ARG002 - whoever the mentor
        return self._reason("waited", self.worth(mentee), rounds=self.passed(mentee))

    def passed(self, mentee: Row) -> int:
        """Rounds so far."""
        text = text_of(mentee, self.mentee)
        return int(text) if text.isascii() and text.isdigit() else 0

    def worth(self, mentee: Row) -> int:
        return self.points * min(self.passed(mentee), self.rounds) // self.rounds


def within(difference: int, by: int, at_most: int | None) -> bool:
    """Whether a mentor so far above the mentee is neither too low nor too high."""
    return difference >= by and (at_most is None or difference <= at_most)
