"""What a line of a list says of a person: all of it counts of whoever the directory does not know; of others, what the
directory has left open."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any

from services.matching.domain.columns import Field
from services.matching.domain.directory import Details
from services.matching.domain.person import Person, folded
from services.matching.domain.row import Row, RowError

DIFFERS = "differs-from-directory"
_TEXT = "The directory says something else: its word stays."
_MEANT: Mapping[str, StrEnum] = {"manager_id": Field.MANAGER} | {field.value: field for field in (
    Field.NAME, Field.EMAIL, Field.LANGUAGE, Field.TIME_ZONE, Field.DEPARTMENT, Field.LOCATION, Field.GRADE)}
"""Part of the details → what the column of it means."""

Ids = Mapping[str, str]
"""Folded name in the directory → person id."""


def merged(known: Details, row: Row, ids: Ids) -> Details:
    """What the row says, and what is known where it says nothing."""
    return replace(known, **_said(row, ids))


def filled(person: Person, row: Row, ids: Ids) -> Details:
    """The same of somebody known, whose directory keeps its word."""
    return replace(person.details, **{part: text for part, text in _said(row, ids).items() if not person.is_said(part)})


def differing(person: Person, row: Row, ids: Ids) -> Iterator[RowError]:
    """Where the row contradicts the directory. No error: the line is imported without it."""
    for part, text in _said(row, ids).items():
        if person.is_said(part) and folded(text) != folded(getattr(person.details, part)):
            yield RowError(row.line, _column(row, part), DIFFERS, _TEXT)


def _said(row: Row, ids: Ids) -> dict[str, Any]:
    said = {part: row.get(field) for part, field in _MEANT.items()}
    said |= {"name": row.name, "language": row.language, "manager_id": ids.get(folded(row.get(Field.MANAGER)), "")}
    return {part: text for part, text in said.items() if text}


def _column(row: Row, part: str) -> str:
    return row.mapping.get(_MEANT[part], row.mapping.get(Field.FAMILY_NAME, ""))
