"""The port of a document engine: one store a service, collections of documents, one outbox.

A document is a dict of JSON values and datetimes (UTC, whole milliseconds) with `_id` and `version`. Bookkeeping of the
outbox belongs to the engine and never shows in a document.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple, Protocol

Document = dict[str, Any]
Where = Mapping[str, Any]
"""Field → value, or field → {operator: value}; operators `$gt $gte $lt $lte $ne $in`. Fields may be dotted paths."""

EVER = {"$gt": datetime(1, 1, 2, tzinfo=UTC)}
"""Of a field that holds a time or nothing: a time. An index finds that, as it does not find what is not None."""

MAX_WAITING = 1_000
"""Events of one document that may wait to be published before further commands on it are refused."""


def at(document: Document, field: str) -> Any:
    """The value of a field, which may be a dotted path; None where there is none."""
    found: Any = document
    for part in field.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return found


@dataclass(frozen=True)
class Index:
    """An index over fields that are present in every document of the collection; unique when told so. `later`:
    they came with a later shape, and are written to what is stored in an older one before the index is made."""

    fields: tuple[str, ...]
    unique: bool = False
    later: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """Pages are in the order of a field and the id: with the id in the index nothing has to be sorted for one."""
        return self.fields if self.unique else (*self.fields, "_id")

    @property
    def name(self) -> str:
        return "_".join(self.columns).replace(".", "_")


class Write(NamedTuple):
    """A document as it shall stand, and the envelopes (`shared.messaging.envelope.Outgoing`) that leave with it."""

    document: Document
    outbox: Sequence[Any]


class Page(NamedTuple):
    """Documents in order, and where the next page begins (None: that was all)."""

    documents: list[Document]
    after: tuple[Any, str] | None


class Taken(Exception):
    """A unique index is taken by another document. Holds the index' name, never a value."""


class Documents(Protocol):
    """One collection."""

    @property
    def name(self) -> str: ...

    def has(self, index: Index) -> bool:
        """Whether this index was made."""

    def get(self, id: str) -> Document | None:
        """The document as last committed."""

    def get_many(self, ids: Sequence[str]) -> list[Document]:
        """Those that exist, in no order."""

    def parts(self, where: Where, fields: Sequence[str]) -> list[list[Any]]:
        """The values of these fields of all that match, in no order: None where there is none. Times may be texts."""

    def insert(self, writes: Sequence[Write]) -> list[bool]:
        """Adds up to 200 documents with their events; for each whether it was added (False: its id or a unique value
        is taken). One write each: not atomic together."""

    def replace(self, write: Write, expected: int) -> bool:
        """Compare-and-set on `version`; False when another was faster. Fields of the stored document that `write` does
        not name survive. Raises Taken, OutboxFull, StoreFull."""

    def delete(self, id: str, expected: int) -> bool:
        """Removes the document when its version is `expected` and nothing of it waits to be published; it leaves a
        tombstone with its last sequence."""

    def last_sequences(self, ids: Sequence[str]) -> dict[str, str]:
        """The last sequences of those of these that were deleted, so that one added again goes on counting."""

    def find(self, where: Where, order_by: str = "_id", *, limit: int, after: tuple[Any, str] | None = None,
             descending: bool = False) -> Page:
        """A page in the order of (order_by, _id), beginning behind `after`."""

    def places(self, where: Where, order_by: str, *, limit: int, after: tuple[Any, str] | None = None
               ) -> list[tuple[Any, str]]:
        """(order_by, _id) of a page, beginning behind `after`: for whoever needs no more of many."""

    def id_at(self, where: Where, place: int) -> str | None:
        """The id in this place, from 0, of those that match, in the order of ids; None behind the last. With an index
        over the fields asked for no document is read."""

    def count(self, where: Where) -> int:
        """How many match."""

    def count_by(self, where: Where, field: str) -> dict[Any, int]:
        """How many match, for each value of the field."""


class Outbox(Protocol):
    """Everything a service still has to publish."""

    def lease(self, now: datetime, until: datetime, owner: str, limit: int) -> list[Any]:
        """Envelopes nobody else publishes until then, oldest first; of a source always a prefix, in order. What was
        released comes again when everything else that waited then had its turn."""

    def clear(self, published: Sequence[Any]) -> None:
        """These were acknowledged: they leave the outbox, and their sources may be leased again."""

    def release(self, envelopes: Sequence[Any]) -> None:
        """These were leased and not acknowledged: they may be leased again by anyone. The next lease of this outbox
        goes on behind them."""

    def waiting(self, source: str) -> list[Any]:
        """Envelopes of this source that are not cleared yet, in order."""

    def depth(self) -> tuple[int, datetime | None]:
        """How many wait, and since when the oldest does."""


class Store(Protocol):
    """One service's documents on one engine."""

    looks: tuple[float, float]
    """Seconds between two looks for work that another process may have left: at first, and at most. What a look costs
    is the engine's affair."""

    @property
    def generation(self) -> int:
        """Raised after a restore from a backup, so that numbers used again are newer."""

    def raise_generation(self) -> int:
        """Call it once after restoring a backup; answers the new generation."""

    def documents(self, name: str, indexes: Sequence[Index] = ()) -> Documents:
        """The collection, made with its indexes when new. The index for due timers is always there."""

    def remove(self, name: str) -> None:
        """Removes a collection with all its documents; none there is no error. Only for one that publishes nothing."""

    def ringing(self, collections: Sequence[str], now: datetime) -> set[str]:
        """Those of these collections that may have a timer to ring; none that has one is missing."""

    def outbox(self) -> Outbox: ...

    def ping(self) -> None:
        """Raises Unavailable when the engine does not answer."""

    def describe(self) -> dict[str, str]:
        """Engine, version and place, and what it can and holds to, for `doctor`. Raises Unavailable."""

    def close(self) -> None: ...
