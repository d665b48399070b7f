"""The people of one matching, as rows, and who reports to whom among them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from services.matching.contracts.participants import Role as Role
from services.matching.domain.matchmaking.cells import Row, fold, items_of, text_of


@dataclass(frozen=True)
class Person:
    """One row. `seats` overrules the column: what a mentor has free, or how many mentors a mentee still wants."""

    id: str
    row: Row
    seats: int | None = None

    def reference(self, column: str | None) -> str:
        """How other people's cells name this one: by `column`, or by the id."""
        return fold(text_of(self.row, column) if column else self.id)


@dataclass(frozen=True)
class ReportingLines:
    """Who is above whom. `columns` name the managers: the direct one first, then the manager's manager, and so on."""

    above: dict[str, tuple[frozenset[str], ...]]

    @classmethod
    def among(cls, people: Iterable[Person], columns: tuple[str, ...], refers_to: str | None) -> "ReportingLines":
        """From everybody known. A chain ends where somebody is unknown and no column tells more."""
        above: dict[str, tuple[frozenset[str], ...]] = {}
        seen: dict[str | tuple[str, ...], frozenset[str]] = {}  # most share a manager with others
        for person in people:
            cells = [_key(person.row.get(one, "")) for one in columns]
            seen |= {cell: frozenset(items_of({"": cell}, "")) for cell in cells if cell not in seen}
            above[person.reference(refers_to)] = tuple([seen[cell] for cell in cells])
        return cls(above)

    def managers(self, reference: str, levels: int) -> frozenset[str]:
        """Everybody up to `levels` steps above: 1 the manager, 2 the skip-level manager too."""
        stated = self.above.get(reference, ())[:levels]
        found = frozenset().union(*stated)
        if levels > 1 and stated:
            found = found.union(*(self.managers(manager, levels - 1) for manager in stated[0]))
        return found


def _key(cell: str | Sequence[str]) -> str | tuple[str, ...]:
    return cell if isinstance(cell, str) else tuple(cell)


@dataclass(frozen=True, eq=False)
class Roster:
    """Everybody known when a pair is judged: mentors, mentees and, for reporting lines, others."""

    people: tuple[Person, ...]

    @cached_property
    def _lines(self) -> "dict[tuple[tuple[str, ...], str | None], ReportingLines]":
        return {}

    def lines(self, columns: tuple[str, ...], refers_to: str | None) -> ReportingLines:
        """Worked out once for each set of columns."""
        key = (columns, refers_to)
        if key not in self._lines:
            self._lines[key] = ReportingLines.among(self.people, columns, refers_to)
        return self._lines[key]
