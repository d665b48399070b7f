"""A directory file chunk by chunk: compared, applied, or emptied. A crash at any point repeats a chunk."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_fixed

from services.matching.application.directory_lines import DirectoryLines
from services.matching.domain.chunk import CHUNK
from services.matching.domain.directory_chunk import FileChunk, Finding, Kind
from services.matching.domain.directory_file import WALKING, DirectoryFile, FileState
from services.matching.domain.directory_row import DirectoryRow
from services.matching.domain.import_chunk import chunk_id
from services.matching.domain.person import Person
from shared.kernel.clock import Clock
from shared.kernel.errors import AlreadyExists, OutboxFull
from shared.kernel.points import reached
from shared.store.repository import Repository

LOOK_AGAIN, PATIENCE = 0.5, 60.0
"""Seconds between two tries while what was told waits to be published, and until nobody seems to publish it."""


@dataclass(frozen=True)
class DirectoryWalk:
    """Belongs to the worker, and to whoever waits for the end."""

    store: Repository[DirectoryFile]
    chunks: Repository[FileChunk]
    lines: DirectoryLines
    clock: Clock

    def ring(self, file_id: str, now: datetime) -> None:
        """What the worker does when the timer of a file is due: the next chunk."""
        file = self.store.change(file_id, lambda one: one.tick(now))
        steps = {FileState.COMPARING: self._compare, FileState.APPLYING: self._apply, FileState.DISCARDING: self._empty}
        if file.state in steps:
            steps[file.state](file)

    def finish(self, file_id: str) -> DirectoryFile:
        """All chunks at once, for whoever waits; a worker may do the same meanwhile. Where too much that it told waits
        to be published, it waits, too. Raises OutboxFull when nobody publishes it."""
        patient = Retrying(retry=retry_if_exception_type(OutboxFull), reraise=True, wait=wait_fixed(LOOK_AGAIN),
                           stop=stop_after_delay(PATIENCE))
        while (file := self.store.get(file_id)).state in WALKING:
            patient(self.ring, file_id, self.clock.now())
        return file

    def _compare(self, file: DirectoryFile) -> None:
        """A chunk of lines, and up to 200 people who are missing around it; of more the next ring tells."""
        chunk = self._chunk(file, file.cursor)
        rows = chunk.each(file)
        findings, erased = self.lines.compare(rows, set(file.left_out)) if not file.beyond else ([], [])
        missing = self._kept(file, self._missing(file, rows)) if file.full else None
        if not file.beyond:
            self.chunks.change(chunk.id, partial(FileChunk.note, findings=findings))
        reached("job-between-rows-and-cursor")
        self.store.change(file.id, lambda one: one.compared(
            (file.cursor, file.chunks), findings, erased, missing, self.clock.now()))

    def _kept(self, file: DirectoryFile, missing: list[Person]) -> FileChunk | None:
        """What an attempt that was cut short has kept of this place stands."""
        here = chunk_id(file.id, file.chunks)
        if missing and not self.chunks.exists(here):
            with suppress(AlreadyExists):
                return self.chunks.add(_chunk_of_missing(file, missing[:CHUNK]))
        return next(iter(self.chunks.get_many([here])), None)

    def _apply(self, file: DirectoryFile) -> None:
        chunk = self._chunk(file, file.cursor)
        if chunk.applied_at is None:
            findings = self._apply_chunk(file, chunk)
            chunk = self.chunks.change(chunk.id, lambda one: one.applied_as(findings, self.clock.now()))
        reached("job-between-rows-and-cursor")
        self.store.change(file.id, lambda one: one.applied_to(file.cursor, chunk.findings))

    def _apply_chunk(self, file: DirectoryFile, chunk: FileChunk) -> list[Finding]:
        if chunk.number < file.row_chunks:
            return self.lines.apply(chunk.each(file), chunk.findings)
        self.lines.let_go(zip((row[0] for row in chunk.rows), chunk.findings, strict=True))
        return chunk.findings

    def _empty(self, file: DirectoryFile) -> None:
        self.chunks.change(self._chunk(file, file.cursor).id, FileChunk.empty)
        self.store.change(file.id, lambda one: one.emptied(file.cursor))

    def _missing(self, file: DirectoryFile, rows: list[DirectoryRow]) -> list[Person]:
        """Names are in order: whoever is missing stands between two lines of one chunk, or behind the last."""
        is_last = file.cursor == file.row_chunks - 1
        before = self._last_name(file, file.cursor - 1)
        until = None if is_last else _last(rows) or before
        after = max(before, file.beyond)
        return sorted(self.lines.missing(rows, after, until), key=lambda one: one.directory_id)

    def _last_name(self, file: DirectoryFile, number: int) -> str:
        """Up to this chunk; a line may have been emptied since."""
        for one in range(number, -1, -1):
            if last := _last(self._chunk(file, one).each(file)):
                return last
        return ""

    def _chunk(self, file: DirectoryFile, number: int) -> FileChunk:
        return self.chunks.get(chunk_id(file.id, number))


def _last(rows: list[DirectoryRow]) -> str:
    return max(row.directory_id for row in rows)


def _chunk_of_missing(file: DirectoryFile, missing: list[Person]) -> FileChunk:
    """Behind all that there are already."""
    return FileChunk(id=chunk_id(file.id, file.chunks), file_id=file.id, number=file.chunks, lines=[0] * len(missing),
                     rows=[[one.directory_id, one.details.name] for one in missing],
                     findings=[Finding(Kind.LEAVING, one.id) for one in missing])
