"""Imports: a file is checked through a mapping, mapped anew, started, and worked off by the worker."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from services.matching.application.importing import Importing
from services.matching.application.orphans import Orphans
from services.matching.application.programmes import Programmes
from services.matching.contracts.participants import Role
from services.matching.domain.checking import MOST_LINES, Check, check, flaws_of
from services.matching.domain.chunk import CHUNK
from services.matching.domain.columns import Mapping_, guess, require_sound
from services.matching.domain.import_chunk import Chunk, chunk_id
from services.matching.domain.import_job import UNSTARTED, Import, ImportState, Noticed
from services.matching.domain.mentions import is_about, stands_in, without
from services.matching.domain.row import Row
from services.matching.domain.sheet import Line, Sheet
from shared.kernel.clock import Clock
from shared.kernel.points import reached
from shared.store.repository import Found, Repository

ReadSheet = Callable[[bytes], Sheet]
_SAMPLE = 5


@dataclass(frozen=True)
class Imports:
    """What may be done about an import."""

    store: Repository[Import]
    chunks: Repository[Chunk]
    programmes: Programmes
    importing: Importing
    read_sheet: ReadSheet
    clock: Clock

    def check(self, programme_id: str, role: Role, data: bytes, brought_by: str = "") -> Import:
        """Keeps the file's rows and says what is wrong with it; nobody is imported yet."""
        import_id = self.store.id_for_new()
        self.programmes.get(programme_id).require_open()
        sheet = self.read_sheet(data)
        job = _job(import_id, programme_id, role, sheet)
        job.brought(brought_by, self.clock.now())
        found = check(sheet.rows, job.mapping, job.flaws, job.columns)
        job.judge(found, self._noticed(job, sheet.rows, job.mapping, found))
        self.chunks.add_many(list(_chunks(job, sheet, self.clock.now())))
        return self.store.add(job)

    def get(self, import_id: str) -> Import:
        """Raises NotFound."""
        return self.store.get(import_id)

    def find(self, programme_id: str, limit: int, after: tuple[Any, str] | None) -> Found[Import]:
        """A page of those of a programme, the newest first."""
        return self.store.find({"programme_id": programme_id}, "created_at", limit=limit, after=after, descending=True)

    def map(self, import_id: str, mapping: Mapping_, if_version: int | None) -> Import:
        """Another mapping: every line is looked at again. Raises Invalid, NotReady, Stale."""
        job = self.store.get(import_id)
        require_sound(mapping, job.columns)
        lines = list(self._lines(job))
        found = check(lines, mapping, job.flaws, job.columns)
        noticed = self._noticed(job, lines, mapping, found)
        return self.store.change(import_id, lambda one: one.map(mapping, found, noticed), if_version=if_version)

    def start(self, import_id: str, *, bring_back: bool = False) -> Import:
        """`bring_back`: those as well whom a coordinator took out."""
        return self.store.change(import_id, lambda job: job.start(self.clock.now(), bring_back=bring_back))

    def expire(self) -> None:
        """Those that nobody has started, also from before any was discarded."""
        unstarted = self.store.each({"state": {"$in": list(UNSTARTED)}})
        for job in [one for one in unstarted if "expiry" not in one.timers]:
            self.store.change(job.id, lambda one: one.expire(self.clock.now()))

    def ring(self, import_id: str, now: datetime) -> None:
        """What the worker does when the timer of an import is due: the next chunk."""
        job = self.store.change(import_id, lambda one: one.tick(now))
        if job.state in UNSTARTED:
            self._look_again(job)
        elif job.state is ImportState.DISCARDING:
            self._empty(job)
        elif job.state is ImportState.RUNNING:
            outcomes = self._import_chunk(job)
            reached("job-between-rows-and-cursor")
            self.store.change(import_id, lambda one: one.move_on(job.cursor, outcomes))

    def forget(self, names: set[str]) -> int:
        """Takes somebody out of all files that are not imported yet; answers how many lines were about them."""
        found = self.orphans.forget(names)
        for job in list(self.store.each({})):
            lines = [line for number in range(job.cursor, job.chunks) for line in self._forget_in(job, number, names)]
            sample = [cells for cells in job.sample if not is_about(job.mapping, cells, names)]
            if lines or sample != job.sample or any(stands_in(one.body, names) for one in job.answered):
                self.store.change(job.id, partial(Import.forget, lines=lines, names=names, sample=[
                    without(job.mapping, cells, names) for cells in sample]))
            found += len(lines)
        return found

    @property
    def orphans(self) -> Orphans[Chunk]:
        """Rows of uploads that broke off."""
        return Orphans(self.chunks, self.store)

    def _look_again(self, job: Import) -> None:
        """An erasure that came before the job has emptied lines of it."""
        lines = list(self._lines(job))
        if gone := [line.number for line in lines if not any(line.cells.values())]:
            sample = [line.cells for line in lines[:_SAMPLE] if line.number not in gone]
            self.store.change(job.id, partial(Import.miss, lines=gone, sample=sample))

    def _empty(self, job: Import) -> None:
        self.chunks.change(chunk_id(job.id, job.cursor), Chunk.empty)
        reached("job-between-rows-and-cursor")
        self.store.change(job.id, lambda one: one.emptied(job.cursor))

    def _noticed(self, job: Import, lines: Iterable[Line], mapping: Mapping_, found: Check) -> Noticed:
        wanted = () if found.fatal else (line for line in lines if line.number not in found.left_out)
        return self.importing.noticed(job, [Row(line.number, line.cells, mapping) for line in wanted])

    def _forget_in(self, job: Import, number: int, names: set[str]) -> list[int]:
        chunk = self.chunks.get(chunk_id(job.id, number))
        lines = chunk.each(job.columns)
        rows = [list(without(job.mapping, line.cells, names).values()) for line in lines]
        if rows != chunk.rows:
            self.chunks.change(chunk.id, partial(Chunk.rewrite, rows=rows))
        return [line.number for line in lines if is_about(job.mapping, line.cells, names)]

    def _import_chunk(self, job: Import) -> list[str]:
        chunk = self.chunks.get(chunk_id(job.id, job.cursor))
        if chunk.outcomes:
            return chunk.outcomes
        outcomes = self.importing.bring_in(job, chunk.each(job.columns))
        self.chunks.change(chunk.id, lambda one: one.note(outcomes))
        return outcomes

    def _lines(self, job: Import) -> Iterator[Line]:
        for number in range(job.chunks):
            yield from self.chunks.get(chunk_id(job.id, number)).each(job.columns)


def _job(id: str, programme_id: str, role: Role, sheet: Sheet) -> Import:
    rows = min(len(sheet.rows), MOST_LINES + 1)
    return Import(
        id=id, programme_id=programme_id, role=role, columns=sheet.columns, rows=rows,
        chunks=-(-rows // CHUNK), mapping=guess(sheet.columns), flaws=flaws_of(sheet.problems),
        sample=[dict(line.cells) for line in sheet.rows[:_SAMPLE]])


def _chunks(job: Import, sheet: Sheet, at: datetime) -> Iterator[Chunk]:
    for number in range(job.chunks):
        lines = sheet.rows[:job.rows][number * CHUNK:(number + 1) * CHUNK]
        cells = [[line.cells[column] for column in job.columns] for line in lines]
        chunk = Chunk(id=chunk_id(job.id, number), import_id=job.id, number=number,
                      lines=[line.number for line in lines], rows=cells)
        chunk.wait_for_job(at)
        yield chunk
