"""A file of the whole directory: what it would change, and then the change. A job, a chunk of rows a tick."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from services.matching.domain.checking import Check
from services.matching.domain.chunk import CHUNK, KEPT_FOR
from services.matching.domain.columns import Mapping_
from services.matching.domain.directory_chunk import FileChunk, Finding, Kind
from services.matching.domain.row import RowError
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import WrongState

APPLYING = "applying"
_SHOWN = 200


class FileState(StrEnum):
    """`refused`: it says nothing that could be applied; `discarded`: nobody applied it, and its rows are gone."""

    COMPARING = "comparing"
    CHECKED = "checked"
    APPLYING = "applying"
    DONE = "done"
    REFUSED = "refused"
    DISCARDING = "discarding"
    DISCARDED = "discarded"


WALKING = (FileState.COMPARING, FileState.APPLYING, FileState.DISCARDING)
KEEPING = (*WALKING, FileState.CHECKED)
"""States in which rows are kept."""


class FileNotReady(WrongState):
    """It is refused, still compared, or was applied or discarded already."""

    code = "directory-file-not-ready"


class FileOutdated(WrongState):
    """Another file was applied since this one was compared."""

    code = "directory-file-outdated"


class ManyWouldLeave(WrongState):
    """More would leave than is usual: it must be said on purpose how many."""

    code = "many-would-leave"


@dataclass(kw_only=True)
class DirectoryFile(Aggregate):
    """`cursor` is the chunk that comes next; `chunks` counts those of lines, and behind them those of missing people;
    `beyond`: of those missing around the chunk at the cursor whoever stands behind this name is still to be found.
    `most_leaving` is the percentage of the `present` people that may leave without a word. `turn` is the same for all
    that are being applied, which makes it one. Who brought it is a role, as of imports; its name is not kept."""

    full: bool
    columns: tuple[str, ...]
    mapping: Mapping_
    rows: int
    row_chunks: int
    chunks: int
    most_leaving: int
    created_at: datetime
    turn: str
    brought_by: str = ""
    state: FileState = FileState.COMPARING
    errors: list[RowError] = field(default_factory=list)
    error_count: int = 0
    left_out: list[int] = field(default_factory=list)
    unread: int = 0
    cursor: int = 0
    beyond: str = ""
    present: int = 0
    difference: dict[str, int] = field(default_factory=dict)
    results: dict[str, int] = field(default_factory=dict)
    started_at: datetime | None = None

    def judge(self, check: Check, flawed: set[int], at: datetime) -> None:
        """What is wrong with the lines; the difference is found by the worker."""
        self.errors, self.error_count = sorted(check.errors, key=lambda one: one.line), check.count
        self.left_out, self.unread = sorted(check.left_out), len(flawed)
        if check.fatal:
            self.state = FileState.REFUSED
        else:
            self._walk(FileState.COMPARING, at)

    def apply(self, confirmed: int | None, last_applied: datetime | None, at: datetime) -> None:
        """`confirmed` is how many leave, said on purpose. Raises FileNotReady, FileOutdated, ManyWouldLeave."""
        if self.state is not FileState.CHECKED:
            raise FileNotReady(f"directory file {self.id} is {self.state}")
        if last_applied and last_applied > self.created_at:
            raise FileOutdated("another file was applied since: upload this one again to see what it changes now")
        if self.many_leave and confirmed != self.leaving:
            raise ManyWouldLeave(f"{self.leaving} of {self.present} people would leave, over {self.most_leaving} %: "
                                 "say their number to confirm it")
        self.turn, self.started_at, self.results = APPLYING, at, {Kind.REFUSED.value: self.unread}
        self.clear_timer("expiry")
        self._walk(FileState.APPLYING, at)

    def discard(self, at: datetime) -> None:
        """What would have been applied is not. Raises FileNotReady."""
        if self.state is not FileState.CHECKED:
            raise FileNotReady(f"directory file {self.id} is {self.state}")
        self.clear_timer("expiry")
        self._walk(FileState.DISCARDING, at)

    def on_work(self, now: datetime) -> None:
        """The timer stands until all chunks are done, so that a crash repeats the chunk."""
        self.set_timer("work", now)

    def on_expiry(self, now: datetime) -> None:
        self.discard(now)

    def compared(self, place: tuple[int, int], findings: list[Finding], erased: list[RowError],
                 missing: FileChunk | None, at: datetime) -> None:
        """What a chunk would change, and people who are missing around it; a full chunk of them is not the last."""
        if self.state is not FileState.COMPARING or place != (self.cursor, self.chunks):
            return
        leaving = missing.findings if missing else []
        self.difference = plus(self.difference or {Kind.REFUSED.value: self.unread}, findings + leaving)
        self.errors, self.error_count = [*self.errors, *erased][:_SHOWN], self.error_count + len(erased)
        self.chunks += missing is not None
        self.beyond = missing.last_name if missing and len(leaving) >= CHUNK else ""
        self.cursor += not self.beyond
        if self.cursor == self.row_chunks:
            self.state = FileState.CHECKED
            self.clear_timer("work")
            self.set_timer("expiry", at + KEPT_FOR)

    def applied_to(self, chunk: int, findings: list[Finding]) -> None:
        """A chunk is done. A repeat changes nothing."""
        if self._is_at(FileState.APPLYING, chunk):
            self.results = plus(self.results, findings)
            self._end_as(FileState.DONE)

    def emptied(self, chunk: int) -> None:
        if self._is_at(FileState.DISCARDING, chunk):
            self._end_as(FileState.DISCARDED)

    def _is_at(self, state: FileState, chunk: int) -> bool:
        """Whether it is this chunk's turn; then the next one is next."""
        here = self.state is state and self.cursor == chunk
        self.cursor += here
        return here

    def _walk(self, state: FileState, at: datetime) -> None:
        self.state, self.cursor = state, 0
        self.set_timer("work", at)

    def _end_as(self, state: FileState) -> None:
        if self.cursor >= self.chunks:
            self.state, self.turn = state, self.id
            self.clear_timer("work")

    @property
    def worked_at(self) -> datetime | None:
        """When somebody took to it last; None of one that nobody is to work on."""
        return self.timers.get("work")

    @property
    def leaving(self) -> int:
        """How many people would leave."""
        return self.difference.get(Kind.LEAVING.value, 0)

    @property
    def many_leave(self) -> bool:
        """Whether that must be confirmed."""
        return self.leaving * 100 > self.most_leaving * self.present

    @property
    def changes(self) -> int:
        """How many people it would change."""
        return sum(self.difference.get(one.value, 0) for one in (Kind.LEAVING, Kind.BACK, Kind.NEW, Kind.CHANGED))

    @property
    def progress(self) -> float:
        """The part of the chunks that is done, 0 … 1."""
        whole = self.row_chunks if self.state is FileState.COMPARING else self.chunks
        return self.cursor / whole if whole else 1.0


def plus(counts: dict[str, int], findings: list[Finding]) -> dict[str, int]:
    """With these, by kind."""
    kinds = [one.kind for one in findings]
    return {kind.value: counts.get(kind.value, 0) + kinds.count(kind) for kind in Kind}

