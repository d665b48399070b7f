"""A part of a directory file: its lines, or people who are missing in it, and what comes of each."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Protocol

from services.matching.domain.chunk import RowsOfJob
from services.matching.domain.columns import Mapping_
from services.matching.domain.directory_row import DirectoryRow
from services.matching.domain.mentions import without


class Kind(StrEnum):
    """What a line does to somebody; who is missing in a full file has none, and is leaving."""

    LEAVING = "leaving"
    BACK = "back"
    NEW = "new"
    CHANGED = "changed"
    REFUSED = "refused"
    UNCHANGED = "unchanged"


class OfFile(Protocol):
    """What a chunk needs to know of its file."""

    columns: tuple[str, ...]
    mapping: Mapping_
    row_chunks: int


@dataclass(frozen=True)
class Finding:
    """What a line changes, of whom. `fields` are those of `Details`, or `state`."""

    kind: Kind
    person_id: str = ""
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShownLine:
    """`line` 0: missing in the file."""

    line: int
    name: str
    finding: Finding


@dataclass(kw_only=True)
class FileChunk(RowsOfJob):
    """Up to 200 lines in the order of the names, or up to 200 people who are missing: their names. First what would
    come of each, then what came."""

    job_field: ClassVar[str] = "file_id"

    file_id: str
    number: int
    lines: list[int]
    findings: list[Finding] = field(default_factory=list)
    applied_at: datetime | None = None

    def each(self, file: OfFile) -> list[DirectoryRow]:
        """The lines again."""
        return [DirectoryRow(number, dict(zip(file.columns, cells, strict=True)), file.mapping)
                for number, cells in zip(self.lines, self.rows, strict=True)]

    @property
    def last_name(self) -> str:
        """Of people who are missing."""
        return max(row[0] for row in self.rows)

    def shown(self, file: OfFile, kind: Kind | None) -> list[ShownLine]:
        """Lines of this kind; of none, those that change something. Names are known as long as the rows are kept."""
        names = self._names(file) if self.rows else [""] * len(self.findings)
        every = map(ShownLine, self.lines, names, self.findings)
        return [one for one in every
                if one.finding.kind is kind or (kind is None and one.finding.kind is not Kind.UNCHANGED)]

    def _names(self, file: OfFile) -> list[str]:
        if self.number >= file.row_chunks:
            return [name for _, name in self.rows]
        return [row.name for row in self.each(file)]

    def names_anybody(self, file: OfFile, names: set[str]) -> bool:
        """Whether there is somebody to forget here."""
        return self._without(file, names) != self.rows

    def forget(self, file: OfFile, names: set[str]) -> None:
        """The same lines without somebody."""
        self.rows = self._without(file, names)

    def _without(self, file: OfFile, names: set[str]) -> list[list[str]]:
        if not self.rows:
            return []
        if self.number >= file.row_chunks:
            return [["", ""] if row[0] in names else row for row in self.rows]
        return [list(without(file.mapping, row.cells, names).values()) for row in self.each(file)]

    def note(self, findings: list[Finding]) -> None:
        """What would come of it; nothing when it has come already."""
        if self.applied_at is None:
            self.findings = findings

    def applied_as(self, findings: list[Finding], at: datetime) -> None:
        """What came of it stays, once noted; what stood there is needed no more."""
        if self.applied_at is None:
            self.findings, self.applied_at = findings, at
        self.empty()

    def empty(self) -> None:
        self.rows = []
