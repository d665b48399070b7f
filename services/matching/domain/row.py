"""One line of an import: who it is about, what they answer, and what is wrong with it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from services.matching.domain.columns import PERSONAL, Field, Mapping_
from services.matching.domain.matchmaking.cells import BETWEEN
from services.matching.domain.participant import MOST_PAIRS
from services.matching.domain.sheet import column_key
from services.matching.domain.sound import EMAIL, LONGEST, LONGEST_ADDRESS, is_zone

_LANGUAGES = {"english": "en", "englisch": "en", "german": "de", "deutsch": "de"}
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
LONGEST_CELL = 4_000


@dataclass(frozen=True)
class RowError:
    """`line` of the file (0: the file as a whole), `column` by its heading, a stable `code` with its `params`, and a
    `text` in English. None of them repeats what the cell holds."""

    line: int
    column: str
    code: str
    text: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """A line seen through the mapping."""

    line: int
    cells: Mapping[str, str]
    mapping: Mapping_

    @cached_property
    def _said(self) -> Mapping[str, str]:
        return {field: self.cells.get(column, "").strip() for field, column in self.mapping.items()}

    def get(self, field: StrEnum) -> str:
        """The cell that means this; empty when no column does."""
        return self._said.get(field, "")

    @property
    def email(self) -> str:
        return self.get(Field.EMAIL)

    @cached_property
    def directory_id(self) -> str:
        """The directory's own id; without such a column the e-mail address has to do."""
        return (self.get(Field.ID) if Field.ID in self.mapping else self.email).casefold()

    @property
    def names(self) -> set[str]:
        """What the directory may know the person by: the id and the address, without case."""
        return {self.directory_id, self.email.casefold()}

    @property
    def name(self) -> str:
        whole = self.get(Field.NAME)
        return whole or f"{self.get(Field.GIVEN_NAME)} {self.get(Field.FAMILY_NAME)}".strip()

    @property
    def language(self) -> str:
        """A BCP 47 tag, or empty."""
        given = self.get(Field.LANGUAGE)
        return _LANGUAGES.get(given.casefold(), given)

    @property
    def capacity(self) -> int:
        """Pairs at once; one when nothing is said."""
        return int(self.get(Field.CAPACITY) or 1)

    def answers(self) -> dict[str, str]:
        """What rules may look at: fields by their own name, every other column by the key of its heading."""
        meaning = {column: field for field, column in self.mapping.items()}
        named = {meaning.get(column, column_key(column)): cell for column, cell in self.cells.items()}
        return {name: cell for name, cell in named.items() if cell and name not in PERSONAL and name != Field.ID}

    def errors(self) -> Iterator[RowError]:
        """Everything that is wrong with this line alone."""
        if not self.directory_id:
            yield self.error(Field.ID, "missing-id", "Nobody is named.")
        if not 0 < len(self.name) <= LONGEST:
            yield self.error(Field.NAME, "missing-name", f"A name of 1 to {LONGEST} characters is needed.",
                             most=str(LONGEST))
        if len(self.email) > LONGEST_ADDRESS or not EMAIL.fullmatch(self.email):
            yield self.error(Field.EMAIL, "bad-email", "This is no e-mail address.")
        yield from self._bad_settings()
        yield from self._contradictions()
        yield from self._long_cells()

    def error(self, field: StrEnum, code: str, text: str, **params: str) -> RowError:
        """About this line, in the column that means the field."""
        return RowError(self.line, self.mapping.get(field, ""), code, text, params)

    def _bad_settings(self) -> Iterator[RowError]:
        given = self.get(Field.CAPACITY)
        if given and not (given.isascii() and given.isdigit() and int(given) <= MOST_PAIRS):
            yield self.error(Field.CAPACITY, "bad-capacity", f"A whole number from 0 to {MOST_PAIRS} is needed.",
                             most=str(MOST_PAIRS))
        if self.language and not _LANGUAGE.fullmatch(self.language):
            yield self.error(Field.LANGUAGE, "bad-language", "A language tag such as en or de is needed.")
        if (zone := self.get(Field.TIME_ZONE)) and not is_zone(zone):
            yield self.error(Field.TIME_ZONE, "bad-time-zone", "A zone such as Europe/Berlin is needed.")

    def _contradictions(self) -> Iterator[RowError]:
        own, wished, excluded = self.directory_id, _entries(self.get(Field.WISHES)), _entries(self.get(Field.EXCLUDE))
        if own and self.get(Field.MANAGER).casefold() == own:
            yield self.error(Field.MANAGER, "own-manager", "Nobody is their own manager.")
        if own in wished:
            yield self.error(Field.WISHES, "own-wish", "Nobody can wish for themselves.")
        if wished & excluded:
            yield self.error(Field.WISHES, "wished-and-excluded", "Somebody is both wished for and excluded.")

    def _long_cells(self) -> Iterator[RowError]:
        for column, cell in self.cells.items():
            if len(cell) > LONGEST_CELL:
                yield RowError(self.line, column, "long-cell", f"A cell holds {LONGEST_CELL} characters at most.",
                               {"most": str(LONGEST_CELL)})


def _entries(cell: str) -> set[str]:
    return {entry.strip().casefold() for entry in BETWEEN.split(cell)} - {""}
