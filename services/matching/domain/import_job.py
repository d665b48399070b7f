"""An import: a file on its way to people and participants. A job, a chunk of rows a tick."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from services.matching.contracts.participants import Role
from services.matching.domain.checking import MOST_ERRORS, Check
from services.matching.domain.chunk import KEPT_FOR
from services.matching.domain.columns import Mapping_, require_sound
from services.matching.domain.mentions import stands_in
from services.matching.domain.row import RowError
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import WrongState


class ImportState(StrEnum):
    """`refused`: cannot be started as it is; another mapping may change that. `discarded`: nobody started it, and its
    rows are gone."""

    CHECKED = "checked"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    DISCARDING = "discarding"
    DISCARDED = "discarded"


UNSTARTED = (ImportState.CHECKED, ImportState.REFUSED)


class NotReady(WrongState):
    """The import has errors of the whole file, or was started already."""

    code = "import-not-ready"


UNREADABLE = ("short-line", "long-line", "broken-quotes")


@dataclass(frozen=True)
class Results:
    """What became of the rows so far."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    left_out: int = 0

    def plus(self, outcomes: list[str]) -> "Results":
        """With these outcomes, each the name of a figure."""
        def count(name: str) -> int:
            return int(getattr(self, name)) + outcomes.count(name)
        return Results(count("added"), count("changed"), count("unchanged"), count("left_out"))


@dataclass(frozen=True)
class TakenOut:
    """A line about somebody whom a coordinator took out of the programme, and when."""

    line: int
    at: datetime


@dataclass(frozen=True)
class Noticed:
    """What is no error and good to know before the start: where lines contradict the directory, and who was taken
    out."""

    differing: list[RowError] = field(default_factory=list)
    taken_out: list[TakenOut] = field(default_factory=list)


@dataclass(kw_only=True)
class Import(Aggregate):
    """`cursor` is the chunk that comes next. Lines with errors are left out; all others are imported. `brought_by` is
    the role of whoever uploaded it: who it was is nobody's business later. The name of the file, which may be
    somebody's, is not kept. `differing`: where lines said something else than the directory, `taken_out`: lines
    about people whom a coordinator took out, of each the first 200. These come back with `bring_back` alone."""

    programme_id: str
    role: Role
    columns: tuple[str, ...]
    rows: int
    chunks: int
    mapping: Mapping_
    flaws: list[RowError] = field(default_factory=list)
    sample: list[Mapping[str, str]] = field(default_factory=list)
    state: ImportState = ImportState.CHECKED
    errors: list[RowError] = field(default_factory=list)
    error_count: int = 0
    left_out: list[int] = field(default_factory=list)
    cursor: int = 0
    results: Results = field(default_factory=Results)
    created_at: datetime | None = None
    brought_by: str = ""
    differing: list[RowError] = field(default_factory=list)
    differing_count: int = 0
    taken_out: list[TakenOut] = field(default_factory=list)
    taken_out_count: int = 0
    bring_back: bool = False

    def brought(self, by: str, at: datetime) -> None:
        """By whom, as a role; nobody waits for ever for its start. Rows were kept before: they are looked at again."""
        self.brought_by, self.created_at = by, at
        self.set_timer("look", at)
        self.expire(at)

    def expire(self, now: datetime) -> None:
        """It waits for its start no longer than others, also when it came before any was discarded."""
        if self.state in UNSTARTED and "expiry" not in self.timers:
            self.set_timer("expiry", (self.created_at or now) + KEPT_FOR)

    def judge(self, check: Check, noticed: Noticed) -> None:
        """What was found through the present mapping."""
        self.errors, self.error_count = check.errors, check.count
        self.left_out = [] if check.fatal else sorted(check.left_out)
        self.differing, self.differing_count = noticed.differing[:MOST_ERRORS], len(noticed.differing)
        self.taken_out, self.taken_out_count = noticed.taken_out[:MOST_ERRORS], len(noticed.taken_out)
        self.state = ImportState.REFUSED if check.fatal else ImportState.CHECKED

    def map(self, mapping: Mapping_, check: Check, noticed: Noticed) -> None:
        """Another mapping, with what is found through it. Raises Invalid."""
        self.require_unstarted()
        require_sound(mapping, self.columns)
        self.mapping = mapping
        self.judge(check, noticed)

    def forget(self, lines: list[int], sample: list[Mapping[str, str]], names: set[str]) -> None:
        """These lines are erased, and left out from now on; so is every answer that names them. Other answers stay:
        their repeats must get them."""
        self.left_out, self.sample = sorted({*self.left_out, *lines}), sample
        self.answered = [one for one in self.answered if not stands_in(one.body, names)]

    def on_look(self, _now: datetime) -> None:
        """The rows say whether somebody was erased before the import was there."""

    def miss(self, lines: list[int], sample: list[Mapping[str, str]]) -> None:
        """These lines were erased before the import was there: nobody knows any more whom its answers name."""
        if not {*lines} <= {*self.left_out}:
            self.forget(lines, sample, set())
            self.answered = []

    def require_unstarted(self) -> None:
        """Raises NotReady."""
        if self.state not in UNSTARTED:
            raise NotReady(f"import {self.id} is {self.state}")

    def start(self, at: datetime, *, bring_back: bool = False) -> None:
        if self.state is not ImportState.CHECKED:
            raise NotReady(f"import {self.id} is {self.state}")
        self.state, self.bring_back = ImportState.RUNNING, bring_back
        self.results = Results(left_out=self.unread)
        self.clear_timer("look")
        self.clear_timer("expiry")
        self.set_timer("rows", at)

    def on_rows(self, now: datetime) -> None:
        """The next chunk; the timer stands until all are done, so that a crash repeats the chunk."""
        self.set_timer("rows", now)

    def on_expiry(self, now: datetime) -> None:
        """Nobody started it: what stands in it goes, chunk by chunk, and so do answers that showed a sample."""
        self.state, self.sample, self.answered = ImportState.DISCARDING, [], []
        self.set_timer("rows", now)
        self._end_as(ImportState.DISCARDED)

    def emptied(self, chunk: int) -> None:
        """The chunk holds nothing any more. A repeat changes nothing."""
        if self.state is ImportState.DISCARDING and self.cursor == chunk:
            self.cursor += 1
            self._end_as(ImportState.DISCARDED)

    def move_on(self, chunk: int, outcomes: list[str]) -> None:
        """The chunk is imported. A repeat changes nothing."""
        if self.state is ImportState.RUNNING and self.cursor == chunk:
            self.cursor += 1
            self.results = self.results.plus(outcomes)
            self._end_as(ImportState.DONE)

    def _end_as(self, state: ImportState) -> None:
        if self.cursor >= self.chunks:
            self.state, self.sample = state, []
            self.clear_timer("rows")

    @property
    def unread(self) -> int:
        """Lines that stand in the file and are no rows: nobody can say which cell belongs to which column."""
        return len({one.line for one in self.flaws if one.code in UNREADABLE})

    @property
    def lines(self) -> int:
        """All that stand below the heading."""
        return self.rows + self.unread

    @property
    def bad_lines(self) -> int:
        """Lines that are left out for what is wrong with them."""
        return len(self.left_out)

    @property
    def importable(self) -> int:
        """Lines that a start would import, but for people who were taken out."""
        return self.lines - self.refused

    @property
    def refused(self) -> int:
        """Lines that were not imported, or would not be as it stands."""
        before = {ImportState.REFUSED: self.lines, ImportState.CHECKED: len(self.left_out) + self.taken_out_count}
        return before.get(self.state, self.results.left_out)

    @property
    def worked_at(self) -> datetime | None:
        """When the worker took to it last; None of one that is not running."""
        return self.timers.get("rows")

    @property
    def progress(self) -> float:
        """The part of the chunks that is done, 0 … 1."""
        return self.cursor / self.chunks if self.chunks else 1.0
