"""What a service knows of another's entities: rows kept by the highest sequence, never written by commands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from shared.kernel.errors import Busy
from shared.kernel.events import Cause
from shared.store.documents import Document, Documents, Where, Write


@dataclass(frozen=True)
class Projection:
    """A copy of another service's entities, filled from a topic on which every event carries the whole state."""

    documents: Documents

    def put(self, id: str, row: dict[str, Any], cause: Cause) -> bool:
        """Keeps the row unless a later one of its source is there already; answers whether it was kept."""
        for _ in range(20):
            before = self.documents.get(id)
            if before and before["sequence"] >= str(cause.sequence):
                return False
            version = before["version"] if before else 0
            document: Document = {**row, "_id": id, "version": version + 1 if before else 0, "due_at": None,
                                  "sequence": str(cause.sequence)}
            if self.documents.replace(Write(document, ()), version) if before else self.documents.insert(
                    [Write(document, ())])[0]:
                return True
        raise Busy(f"{self.documents.name} {id}")

    def get(self, id: str) -> Document | None:
        return self.documents.get(id)

    def get_many(self, ids: list[str]) -> dict[str, Document]:
        """Those that are known, by id."""
        return {one["_id"]: one for one in self.documents.get_many(ids)}

    def find(self, where: Where, order_by: str = "_id", limit: int = 500) -> list[Document]:
        return self.documents.find(where, order_by, limit=limit).documents

    def each(self, where: Where) -> Iterator[Document]:
        """All that match, page by page."""
        after = None
        while True:
            page = self.documents.find(where, limit=500, after=after)
            yield from page.documents
            if (after := page.after) is None:
                return

    def count(self, where: Where) -> int:
        return self.documents.count(where)
