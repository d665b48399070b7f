"""What is wrong in rows that are to be matched: everything at once, each with its line."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.matching.domain.matchmaking.cells import fold, text_of
from services.matching.domain.matchmaking.hard_rules import MustBeAbove
from services.matching.domain.matchmaking.people import Person, Role
from services.matching.domain.matchmaking.rules import Rulebook, Seats, missing_columns
from services.matching.domain.matchmaking.terms import Levelled, Scale
from services.matching.domain.matchmaking.wishes import Wishes
from services.matching.domain.sheet import Flaw, Line

Columns = Mapping[Role, frozenset[str]]


@dataclass(frozen=True)
class Rows:
    """The rows of one side; their columns are named by `column_key`."""

    side: Role
    lines: Sequence[Line]


def missing(rulebook: Rulebook, columns: Columns) -> dict[Role, list[Flaw]]:
    """Columns that the rulebook needs and a sheet lacks, each once."""
    found: dict[Role, dict[str, Flaw]] = {side: {} for side in Role}
    for side, identity in ((Role.MENTOR, rulebook.mentor), (Role.MENTEE, rulebook.mentee)):
        if identity.id not in columns[side]:
            found[side][identity.id] = Flaw(1, "missing-column", identity.id, {"needed_by": "id"})
    for part in rulebook.parts():
        for side, column in missing_columns(part, columns):
            found[side].setdefault(column, Flaw(1, "missing-column", column, {"needed_by": part.name}))
    return {side: list(flaws.values()) for side, flaws in found.items()}


def flaws_in(rows: Rows, others: Rows, rulebook: Rulebook) -> list[Flaw]:
    """Of the rows of one side; wishes are looked up among the other side's. Sorted by line."""
    found = [*_ids(rows, rulebook), *_seats(rows, rulebook), *_levels(rows, rulebook)]
    for wishes in rulebook.every_wish:
        if wishes.side is rows.side:
            found += _wishes(rows, others, wishes, rulebook)
    return sorted(found, key=lambda flaw: flaw.line)


def people_of(rows: Rows, rulebook: Rulebook) -> tuple[Person, ...]:
    """In the order of the lines."""
    column = _id_column(rows.side, rulebook)
    return tuple(Person(text_of(line.cells, column), line.cells) for line in rows.lines)


def _id_column(side: Role, rulebook: Rulebook) -> str:
    return rulebook.mentor.id if side is Role.MENTOR else rulebook.mentee.id


def _ids(rows: Rows, rulebook: Rulebook) -> Iterator[Flaw]:
    column, first = _id_column(rows.side, rulebook), dict[str, int]()
    for line in rows.lines:
        key = fold(text_of(line.cells, column))
        if not key:
            yield Flaw(line.number, "empty-id", column)
        elif key in first:
            yield Flaw(line.number, "doubled-id", column, {"id": text_of(line.cells, column), "first": first[key]})
        first.setdefault(key, line.number)


def _seats(rows: Rows, rulebook: Rulebook) -> Iterator[Flaw]:
    for seats in (rulebook.capacity, rulebook.mentors_per_mentee):
        for column in seats.columns(rows.side):
            yield from _no_seats(rows, seats, column)


def _no_seats(rows: Rows, seats: Seats, column: str) -> Iterator[Flaw]:
    for line in rows.lines:
        text = text_of(line.cells, column)
        if text and seats.read(text) is None:
            yield Flaw(line.number, "wrong-count", column, {"text": text, "most": seats.most})


def _levels(rows: Rows, rulebook: Rulebook) -> Iterator[Flaw]:
    """A column that several terms read alike is looked at once."""
    seen: set[tuple[str, Scale]] = set()
    for part in (*rulebook.hard_rules, *rulebook.terms):
        if isinstance(part, Levelled | MustBeAbove):
            seen.add((part.mentor if rows.side is Role.MENTOR else part.mentee, part.scale))
    for column, scale in sorted(seen, key=repr):
        for line in rows.lines:
            text = text_of(line.cells, column)
            if text and scale.level(text) is None:
                yield Flaw(line.number, "not-on-scale" if scale.steps else "wrong-number", column, {"text": text})


def _wishes(rows: Rows, others: Rows, wishes: Wishes, rulebook: Rulebook) -> Iterator[Flaw]:
    known = {person.reference(wishes.refers_to) for person in people_of(others, rulebook)}
    for line, person in zip(rows.lines, people_of(rows, rulebook), strict=True):
        for reference in wishes.of(person):
            if reference not in known:
                column = wishes.columns_of_wishes[0] if len(wishes.columns_of_wishes) == 1 else "wishes"
                yield Flaw(line.number, "unknown-wish", column, {"wish": reference})
