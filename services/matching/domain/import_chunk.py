"""Rows of an import, as many as the worker takes at a tick."""

from dataclasses import dataclass, field
from typing import ClassVar

from services.matching.domain.chunk import RowsOfJob
from services.matching.domain.sheet import Line
from shared.kernel.ids import derived_id


@dataclass(kw_only=True)
class Chunk(RowsOfJob):
    """Up to 200 lines of a file, as they stand there, and what became of each."""

    job_field: ClassVar[str] = "import_id"

    import_id: str
    number: int
    lines: list[int]
    outcomes: list[str] = field(default_factory=list)

    def each(self, columns: tuple[str, ...]) -> list[Line]:
        """The lines again."""
        return [Line(number, dict(zip(columns, cells, strict=True)))
                for number, cells in zip(self.lines, self.rows, strict=True)]

    def rewrite(self, rows: list[list[str]]) -> None:
        """The same lines without somebody."""
        self.rows, self.answered = rows, []

    def note(self, outcomes: list[str]) -> None:
        """What became of each line; once noted it stays, and what stood there is needed no more."""
        self.outcomes, self.lines, self.rows = self.outcomes or outcomes, [], []

    def empty(self) -> None:
        self.lines, self.rows, self.answered = [], [], []


def chunk_id(import_id: str, number: int) -> str:
    """The same chunk of the same import has the same id."""
    return derived_id("chunk", import_id, str(number))
