"""Documents and envelopes for the suite of the document engines."""

from typing import Any

from shared.kernel.events import Sequence as Number
from shared.messaging.envelope import Outgoing
from shared.store.documents import Document, Documents, Write


def a_document(id: str = "p1", *, version: int = 0, **fields: Any) -> Document:
    """A pair as it is stored."""
    return {"_id": id, "version": version, "state": "active", "due_at": None, "sequence": "000000.000000000000",
            **fields}


def an_envelope(number: int, document: str = "p1", *, collection: str = "pairs", second: int = 0,
                **more: Any) -> Outgoing:
    """The event of this number from a document of the service `test`."""
    source = f"/test/{collection}/{document}"
    return Outgoing(**{
        "id": f"{source}#{number}", "source": source, "sequence": Number(1, number), "type": "test.pair-created.v1",
        "topic": "test.pairs.v1", "key": document, "time": f"2026-03-01T09:00:{second:02}.000Z",
        "data": {"number": number, "a.b": "$c"}, "causation_id": None, **more})


def written(documents: Documents, document: Document) -> Documents:
    """The collection, with this document in it."""
    assert documents.insert([Write(document, ())]) == [True]
    return documents


def changed(documents: Documents, id: str, *events: Outgoing) -> bool:
    """Whether a change of the document with these events was saved."""
    before = documents.get(id) or {}
    after = {**before, "version": before["version"] + 1}
    if events:
        after["sequence"] = str(events[-1].sequence)
    return documents.replace(Write(after, events), before["version"])
