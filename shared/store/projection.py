"""What a service knows of another's entities: rows kept by the highest sequence, never written by commands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from shared.kernel.errors import Busy
from shared.kernel.events import Cause
from shared.store.builds import Builds
from shared.store.documents import Document, Documents, Index, Store, Where, Write
from shared.store.found import every


@dataclass
class Projection:
    """A copy of another service's entities, filled from a topic on which every event carries the whole state.

    Its rows are in a collection with a build number. While a new build is being filled, every event goes to both; when
    it holds everything, it is switched to and the one before is kept until the next rebuild.
    """

    store: Store
    name: str
    builds: Builds
    indexes: Sequence[Index] = ()
    _opened: dict[int, Documents] = field(default_factory=dict)

    @property
    def documents(self) -> Documents:
        """The rows of the build that is read."""
        return self._open(self.builds.known().read)

    def _open(self, number: int) -> Documents:
        if number not in self._opened:
            self._opened[number] = self.store.documents(self.builds.collection(number), self.indexes)
        return self._opened[number]

    def begin(self) -> int:
        """Begins a new build beside the one that is read; what is left of earlier ones goes. Answers its number."""
        number, read = self.builds.begin(), self.builds.known().read
        for old in set(range(1, number)) - {read}:
            self._opened.pop(old, None)
            self.store.remove(self.builds.collection(old))
        return number

    def put(self, id: str, row: dict[str, Any], cause: Cause) -> bool:
        """Keeps the row unless a later one of its source is there already; answers whether it was kept."""
        read, fill = self.builds.known()
        if fill:
            _put(self._open(fill), id, row, cause)
        return _put(self._open(read), id, row, cause)

    def get(self, id: str) -> Document | None:
        return self.documents.get(id)

    def get_many(self, ids: list[str]) -> dict[str, Document]:
        """Those that are known, by id."""
        return {one["_id"]: one for one in self.documents.get_many(ids)}

    def find(self, where: Where, order_by: str = "_id", limit: int = 500) -> list[Document]:
        return self.documents.find(where, order_by, limit=limit).documents

    def each(self, where: Where) -> Iterator[Document]:
        """All that match, page by page."""
        return every(self.documents, where, "_id", 500)

    def count(self, where: Where) -> int:
        return self.documents.count(where)


def _put(documents: Documents, id: str, row: dict[str, Any], cause: Cause) -> bool:
    for _ in range(20):
        before = documents.get(id)
        if before and before["sequence"] >= str(cause.sequence):
            return False
        version = before["version"] if before else 0
        document: Document = {**row, "_id": id, "version": version + 1 if before else 0, "due_at": None,
                              "sequence": str(cause.sequence)}
        if documents.replace(Write(document, ()), version) if before else documents.insert([Write(document, ())])[0]:
            return True
    raise Busy(f"{documents.name} {id}")
