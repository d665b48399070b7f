"""A page of what was asked for, and all pages."""

from collections.abc import Iterator
from typing import Any, Generic, NamedTuple, TypeVar

from shared.store.documents import Document, Documents, Where

R = TypeVar("R")


class Found(NamedTuple, Generic[R]):
    """Aggregates or rows, and where the next page begins (None: that was all)."""

    items: list[R]
    after: tuple[Any, str] | None


def every(documents: Documents, where: Where, order_by: str, limit: int) -> Iterator[Document]:
    """All that match, so many at a time as they are asked for."""
    after = None
    while True:
        page = documents.find(where, order_by, limit=limit, after=after)
        yield from page.documents
        if (after := page.after) is None:
            return
