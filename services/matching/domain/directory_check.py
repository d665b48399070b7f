"""Looks at a whole directory file: which lines say something of people, and what is wrong with the others."""

from collections.abc import Iterator, Sequence

from services.matching.domain.checking import MOST_LINES, Check, check_of, nobody_there, too_many_lines
from services.matching.domain.columns import Field, Mapping_
from services.matching.domain.directory_row import DirectoryRow
from services.matching.domain.row import RowError
from services.matching.domain.sheet import Line


def check_directory(rows: Sequence[DirectoryRow], mapping: Mapping_, flaws: Sequence[RowError],
                    columns: Sequence[str], *, full: bool) -> Check:
    """In a full file whoever is missing leaves: it is refused when it is not sure who stands in it."""
    found = check_of(mapping, flaws, columns)
    if len(rows) > MOST_LINES:
        found.note(too_many_lines())
    if not found.fatal:
        _look_at(rows, found)
        found.require_few()
    if full and (flaws or any(not row.directory_id for row in rows)):
        found.note(RowError(0, "", "unsure-who-is-there", "Somebody may stand in a line that cannot be read, and would "
                            "leave: correct the lines below, or say that the file is partial."))
    if not rows and not found.fatal:
        found.note(nobody_there())
    return found


def _look_at(rows: Sequence[DirectoryRow], found: Check) -> None:
    ids: set[str] = set()
    for row in rows:
        errors = [*row.errors()] or [*_doubled(row, ids)]
        for error in errors:
            found.note(error)
        ids.add(row.directory_id)


def _doubled(row: DirectoryRow, ids: set[str]) -> Iterator[RowError]:
    if row.directory_id in ids:
        yield row.error(Field.ID, "doubled-id", "This person has a line further up.")


def in_order(lines: Sequence[Line], mapping: Mapping_) -> list[DirectoryRow]:
    """By the names that the directory knows people by, as the store sorts them; equal ones as they stand."""
    return sorted((DirectoryRow(one.number, one.cells, mapping) for one in lines), key=lambda row: row.directory_id)
