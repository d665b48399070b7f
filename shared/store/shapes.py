"""Stored forms: an older one is brought up step by step, a newer one than this release knows is refused."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shared.kernel.errors import ShapeTooNew
from shared.store.documents import Document, Documents, Where, Write, at
from shared.store.found import every

Upcaster = Callable[[Document], Document]
BATCH = 500


@dataclass(frozen=True)
class Shapes:
    """`upcasters[n]` turns stored shape n into n + 1, up to `newest`."""

    documents: Documents
    newest: int
    upcasters: Mapping[int, Upcaster]

    def raised(self, document: Document) -> Document:
        """In the shape that this release knows. Raises ShapeTooNew."""
        shape = document.get("shape", 1)
        if shape > self.newest:
            raise ShapeTooNew(f"{self.documents.name} {document['_id']} has shape {shape}, this release knows "
                              f"{self.newest}: update this service first")
        for number in range(shape, self.newest):
            document = self.upcasters[number](document)
        return document

    def raise_all(self) -> None:
        """Writes what is stored in an older shape in the newest one, also what an older release writes meanwhile."""
        for one in every(self.documents, {}, "_id", BATCH):
            self._raise(one)

    def _raise(self, document: Document | None) -> None:
        while document and document.get("shape", 1) < self.newest:
            write = Write({**self.raised(document), "shape": self.newest}, ())
            if self.documents.replace(write, document["version"]):
                return
            document = self.documents.get(document["_id"])

    def parts(self, where: Where, fields: Sequence[str]) -> list[list[Any]]:
        """The stored values of these fields of all that match, in no order."""
        found = self.documents.parts(where, ["shape", "_id", *fields])
        other = [one[1] for one in found if one[0] != self.newest]
        return [one[2:] for one in found if one[0] == self.newest] + [
            [at(one, field) for field in fields] for one in self._all_raised(other)]

    def _all_raised(self, ids: Sequence[str]) -> Iterator[Document]:
        batches = (ids[start:start + BATCH] for start in range(0, len(ids), BATCH))
        return (self.raised(one) for batch in batches for one in self.documents.get_many(batch))
