"""What a programme, or somebody with two spreadsheets, wants of a match. Points are milli-points, whole numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, TypeVar

from shared.kernel.errors import Invalid

Row = Mapping[str, str]
T = TypeVar("T")


class Kind(StrEnum):
    """How a term compares a column of the mentor with one of the mentee."""

    OVERLAP = "overlap"
    EQUAL = "equal"
    NEAR = "near"
    ABOVE = "above"


class Bar(StrEnum):
    """What a hard rule forbids."""

    DIFFER = "must-differ"
    SHARE = "must-share"
    NOT_MANAGER = "not-own-manager"
    NOT_MANAGED = "not-own-report"


@dataclass(frozen=True, kw_only=True)
class Term:
    """Adds up to `points`.

    overlap: the part of the mentee's list that the mentor has. equal: the same text. near: numbers, or places in
    `order`, the closer the better; nothing from `span` apart. above: the mentor at least one step above. `when`: the
    term counts only where this column of the mentee says yes.
    """

    name: str
    kind: Kind
    mentor: str
    mentee: str
    points: int
    order: tuple[str, ...] = ()
    span: int = 3
    when: str | None = None

    def __post_init__(self) -> None:
        if self.points < 0 or self.points > 1_000_000 or self.span < 1:
            raise Invalid(f"term {self.name}: points are 0 to 1,000,000 and a span is at least 1")


@dataclass(frozen=True, kw_only=True)
class HardRule:
    """Bars pairs by a column of each side; empty cells bar nothing but `must-share`."""

    name: str
    kind: Bar
    mentor: str
    mentee: str


@dataclass(frozen=True, kw_only=True)
class Rulebook:
    """Column names, hard rules and weighted terms. `exclude` names a mentee's column with ids of mentors to avoid."""

    id: str = "id"
    name: str = "name"
    capacity: str = "capacity"
    wishes: str = "wishes"
    exclude: str = "exclude"
    wish_points: int = 3000
    rules: tuple[HardRule, ...] = ()
    terms: tuple[Term, ...] = ()

    @classmethod
    def from_mapping(cls, given: Mapping[str, Any]) -> "Rulebook":
        """As a rules file says it. Raises Invalid naming what is wrong."""
        rules = tuple(_made(HardRule, one, {"kind": Bar}) for one in given.get("rules", ()))
        terms = tuple(_made(Term, one, {"kind": Kind, "order": tuple}) for one in given.get("terms", ()))
        return _made(cls, {**given, "rules": rules, "terms": terms}, {})


def _made(kind: type[T], given: Any, convert: Mapping[str, Any]) -> T:
    if not isinstance(given, Mapping):
        raise Invalid(f"{kind.__name__}: names and values are expected")
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    if unknown := set(given) - known:
        raise Invalid(f"{kind.__name__}: unknown {', '.join(sorted(unknown))}; known are {', '.join(sorted(known))}")
    try:
        return kind(**{name: convert[name](value) if name in convert else value for name, value in given.items()})
    except (TypeError, ValueError) as error:
        raise Invalid(f"{kind.__name__} {given.get('name', '')}: {error}") from None


GRADES = ("junior", "professional", "senior", "lead", "principal", "director")

DEFAULT = Rulebook(
    rules=(
        HardRule(name="own manager", kind=Bar.NOT_MANAGER, mentor="id", mentee="manager"),
        HardRule(name="own report", kind=Bar.NOT_MANAGED, mentor="manager", mentee="id"),
        HardRule(name="same manager", kind=Bar.DIFFER, mentor="manager", mentee="manager"),
        HardRule(name="common language", kind=Bar.SHARE, mentor="languages", mentee="languages"),
    ),
    terms=(
        Term(name="skills", kind=Kind.OVERLAP, mentor="skills", mentee="goals", points=6000),
        Term(name="seniority", kind=Kind.ABOVE, mentor="grade", mentee="grade", points=1500, order=GRADES),
        Term(name="location", kind=Kind.EQUAL, mentor="location", mentee="location", points=1000),
        Term(name="interests", kind=Kind.OVERLAP, mentor="interests", mentee="interests", points=1500),
        Term(name="same department", kind=Kind.EQUAL, mentor="department", mentee="department", points=500,
             when="same_department"),
    ),
)
"""The documented default; a column that nobody has counts nothing and bars nobody."""
