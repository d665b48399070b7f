"""What the judge reads: events by type, all documents of a collection."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from shared.kernel.events import Sequence
from shared.messaging.envelope import Received
from shared.store.documents import Store


def data(event: Received) -> dict[str, Any]:
    return event.data or {}


def group(told: Iterable[Received]) -> dict[str, dict[str, Received]]:
    """Different events by their short type, each once."""
    found: dict[str, dict[str, Received]] = defaultdict(dict)
    for one in told:
        found[one.type.removeprefix("mentoring.").removesuffix(".v1")][one.id] = one
    return found


def each(store: Store, name: str) -> Iterator[dict[str, Any]]:
    """All documents of a collection."""
    documents, after = store.documents(name), None
    while True:
        page = documents.find({}, limit=500, after=after)
        yield from page.documents
        if (after := page.after) is None:
            return


def audited(store: Store, service: str) -> Iterator[tuple[str, int]]:
    """Source and number of every entry of the audit log, those in its head too."""
    for one in chain(each(store, "audit"), *(head["pending"] for head in each(store, "audit_head"))):
        yield f"/{service}/{one['kind']}/{one['document']}", Sequence.parse(one["sequence"]).number
