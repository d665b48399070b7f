"""Jobs go on by chunks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from shared.kernel.aggregate import Aggregate

CHUNK = 200
"""What a job takes at a tick, and rows of a document: a crash repeats no more, and the worker does other things
meanwhile."""
KEPT_FOR = timedelta(days=7)
"""How long the rows of a file are kept that nobody goes on with."""


@dataclass(kw_only=True)
class RowsOfJob(Aggregate):
    """Rows that are kept before their job is. `lapse`: then there is a job that they are of, or there never will be.
    `job_field` names the job."""

    job_field: ClassVar[str]

    rows: list[list[str]]

    @property
    def job_id(self) -> str:
        return str(getattr(self, self.job_field))

    def wait_for_job(self, at: datetime) -> None:
        self.set_timer("lapse", at + KEPT_FOR)

    def on_lapse(self, _now: datetime) -> None:
        """The job says what becomes of its rows."""

    def names_any(self, names: Collection[str]) -> bool:
        """Whether somebody may stand in a row, whatever its columns mean; `names` are folded."""
        return self._emptied(names) != self.rows

    def leave_out(self, names: Collection[str]) -> None:
        """Rows in which somebody may stand are empty from now on."""
        self.rows, self.answered = self._emptied(names), []

    def _emptied(self, names: Collection[str]) -> list[list[str]]:
        return [[""] * len(row) if any(name in cell.casefold() for name in names for cell in row) else row
                for row in self.rows]
