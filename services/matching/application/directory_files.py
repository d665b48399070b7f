"""Directory files: compared with the directory by the worker, looked at, then applied or discarded."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from services.matching.application.directory_walk import DirectoryWalk
from services.matching.application.orphans import Orphans
from services.matching.domain.checking import flaws_of
from services.matching.domain.chunk import CHUNK
from services.matching.domain.columns import guess, require_sound
from services.matching.domain.directory_check import check_directory, in_order
from services.matching.domain.directory_chunk import FileChunk, Kind, ShownLine
from services.matching.domain.directory_file import APPLYING, KEEPING, DirectoryFile, FileNotReady, FileState
from services.matching.domain.directory_row import PARTS, DirectoryRow
from services.matching.domain.import_chunk import chunk_id
from services.matching.domain.sheet import Sheet
from shared.kernel.clock import Clock
from shared.kernel.errors import Invalid
from shared.store.documents import Taken
from shared.store.repository import Found, Repository

After = tuple[Any, str] | None


class ShownLines(NamedTuple):
    """A page, and where the next one begins."""

    items: list[ShownLine]
    after: After


@dataclass(frozen=True, kw_only=True)
class Uploaded:
    """A file as it came. `mapping` says columns whose headings do not; `full`: whoever is missing leaves."""

    data: bytes
    full: bool
    mapping: Mapping[str, str]
    brought_by: str = ""


def mapping_of(columns: Iterable[str]) -> dict[str, str]:
    """From texts as `id=Staff No`: what the column means, and its heading. Raises Invalid."""
    parts = [text.partition("=") for text in columns]
    if any(not sign for _, sign, _ in parts):
        raise Invalid("a column is named as in id=Staff No: what it means, and its heading")
    return {meaning.strip(): heading.strip() for meaning, _, heading in parts}


@dataclass(frozen=True)
class DirectoryFiles:
    """Belongs to HR and the office. `most_leaving`: percent of the people that may leave by a file without a word."""

    store: Repository[DirectoryFile]
    chunks: Repository[FileChunk]
    walk: DirectoryWalk
    read_sheet: Callable[[bytes], Sheet]
    most_leaving: int
    clock: Clock

    def check(self, uploaded: Uploaded) -> DirectoryFile:
        """Keeps the rows, and has them compared; nobody is changed yet. Raises Invalid for a mapping that is none."""
        file_id = self.store.id_for_new()
        sheet = self.read_sheet(uploaded.data)
        mapping = {**guess(sheet.columns, PARTS), **uploaded.mapping}
        require_sound(mapping, sheet.columns, PARTS)
        flaws, rows = flaws_of(sheet.problems), in_order(sheet.rows, mapping)
        row_chunks = -(-len(rows) // CHUNK)
        file = DirectoryFile(
            id=file_id, turn=file_id, full=uploaded.full, columns=sheet.columns, mapping=mapping, rows=len(rows),
            row_chunks=row_chunks, chunks=row_chunks, most_leaving=self.most_leaving, created_at=self.clock.now(),
            brought_by=uploaded.brought_by, present=self.walk.lines.directory.here())
        found = check_directory(rows, mapping, flaws, sheet.columns, full=file.full)
        file.judge(found, {one.line for one in flaws}, self.clock.now())
        if file.state is FileState.COMPARING:
            self.chunks.add_many([_chunk(file, number, rows) for number in range(row_chunks)])
        return self.store.add(file)

    def get(self, file_id: str) -> DirectoryFile:
        """Raises NotFound."""
        return self.store.get(file_id)

    def find(self, limit: int, after: After) -> Found[DirectoryFile]:
        """A page, the newest first."""
        return self.store.find({}, "created_at", limit=limit, after=after, descending=True)

    def apply(self, file_id: str, confirmed: int | None) -> DirectoryFile:
        """One at a time. Raises FileNotReady, FileOutdated, ManyWouldLeave."""
        last = self.store.find({}, "started_at", limit=1, descending=True).items
        last_applied = last[0].started_at if last else None
        try:
            return self.store.change(file_id, lambda one: one.apply(confirmed, last_applied, self.clock.now()))
        except Taken:
            raise FileNotReady("another file is being applied: wait for it, then upload this one again") from None

    def being_applied(self) -> list[DirectoryFile]:
        """The one that is, if there is one."""
        return self.store.find({"turn": APPLYING}, limit=1).items

    def discard(self, file_id: str) -> DirectoryFile:
        return self.store.change(file_id, lambda one: one.discard(self.clock.now()))

    def lines(self, file: DirectoryFile, kind: Kind | None, limit: int, after: After) -> ShownLines:
        """Those of a kind; of none, those that change something. Whole chunks, until there are enough."""
        shown: list[ShownLine] = []
        while True:
            found = self.chunks.find({"file_id": file.id}, "number", limit=1, after=after)
            shown += [line for chunk in found.items for line in chunk.shown(file, kind)]
            after = found.after
            if after is None or len(shown) >= limit:
                return ShownLines(shown, after)

    def forget(self, names: set[str]) -> int:
        """Takes somebody out of all files that are not applied yet; answers how many chunks held them."""
        found = 0
        for file in list(self.store.each({})):
            for chunk in self.chunks.each({"file_id": file.id}) if file.state in KEEPING else ():
                if chunk.names_anybody(file, names):
                    self.chunks.change(chunk.id, partial(FileChunk.forget, file=file, names=names))
                    found += 1
        return found + self.orphans.forget(names)

    @property
    def orphans(self) -> Orphans[FileChunk]:
        """Rows of uploads that broke off."""
        return Orphans(self.chunks, self.store)


def _chunk(file: DirectoryFile, number: int, rows: list[DirectoryRow]) -> FileChunk:
    here = rows[number * CHUNK:(number + 1) * CHUNK]
    chunk = FileChunk(id=chunk_id(file.id, number), file_id=file.id, number=number, lines=[row.line for row in here],
                      rows=[[row.cells[column] for column in file.columns] for row in here])
    chunk.wait_for_job(file.created_at)
    return chunk
