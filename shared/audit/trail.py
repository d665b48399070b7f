"""The audit log of a service: entries in one chain, each with a hash over itself and the one before it."""

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

import orjson
import structlog
from tenacity import RetryError, Retrying, retry_if_result, stop_after_attempt, wait_random_exponential

from shared.audit.entries import Entry
from shared.kernel.clock import iso
from shared.kernel.errors import Busy, Unavailable
from shared.messaging.envelope import Outgoing
from shared.store.documents import Document, Documents, Index, Store, Write

log = structlog.get_logger("audit")

INDEXES = (Index(("number",), unique=True), Index(("document", "at")), Index(("who", "at")), Index(("at",)))
BATCH = 200
ANCHOR_SECONDS = 3_600.0
"""Between two lines in the log of the process that say how far the chain is: kept elsewhere, they hold it fast."""
NOTHING = "0" * 64
_HEAD = "head"
_OF_THE_ENGINE = frozenset({"_id", "version", "due_at", "hash"})


class Head(NamedTuple):
    """The last entry's number and hash, and the entries that were chained last: perhaps not all are kept yet."""

    number: int
    hash: str
    pending: list[Document]
    version: int


class Found(NamedTuple):
    """A page of entries, and where the next one begins (None: that was all)."""

    items: list[Entry]
    after: tuple[Any, str] | None


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which entries: about this document, by this person or client, from `since` on, before `until`."""

    document: str | None = None
    who: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    def where(self, beyond: str, after: tuple[Any, str] | None) -> dict[str, Any]:
        """As a filter of the store. The place where a page begins is part of it: by the order alone an engine would
        look at everything before it, page for page."""
        times = [("$gte", self.since), ("$lt", self.until)]
        at = {sign: iso(one) for sign, one in times if one}
        if after:
            at[beyond] = after[0]
        given = {"document": self.document, "who": self.who, "at": at}
        return {name: value for name, value in given.items() if value}


@dataclass
class Trail:
    """The head is moved by compare-and-set and takes the new entries with it; only then each is kept as a document of
    its own. Who finds entries that a killed process has left in the head keeps them first. So there is one chain
    without a gap, however many append, and a letter that comes twice is found there."""

    store: Store
    service: str
    monotonic: Callable[[], float] = time.monotonic
    entries: Documents = field(init=False)
    heads: Documents = field(init=False)
    _kept: int = -1
    _next_anchor: float = 0.0

    def __post_init__(self) -> None:
        self.entries, self.heads = self.store.documents("audit", INDEXES), self.store.documents("audit_head")

    def append(self, letters: Sequence[Outgoing]) -> None:
        """Every letter is in the log then, once. Raises Busy, and what the engine refuses."""
        for start in range(0, len(letters), BATCH):
            self._append(letters[start:start + BATCH])

    def _append(self, letters: Sequence[Outgoing]) -> None:
        tries = Retrying(stop=stop_after_attempt(20), wait=wait_random_exponential(0.002, max=0.2),
                         retry=retry_if_result(lambda done: not done))
        try:
            tries(self._append_once, letters)
        except RetryError:
            raise Busy("the audit log is appended to by many at once: try again") from None

    def _append_once(self, letters: Sequence[Outgoing]) -> bool:
        head = self.head()
        self._keep(head)
        known = self._known([letter.id for letter in letters])
        new = {letter.id: letter.data or {} for letter in letters if letter.id not in known}
        return not new or self._move(head, chained(head, new))

    def head(self) -> Head:
        """How far the chain is."""
        found = self.heads.get(_HEAD)
        return Head(found["number"], found["hash"], found["pending"], found["version"]) if found else Head(
            0, NOTHING, [], -1)

    def _move(self, head: Head, entries: list[Document]) -> bool:
        moved = Head(entries[-1]["number"], entries[-1]["hash"], entries, head.version + 1)
        document: Document = {"_id": _HEAD, "due_at": None, **moved._asdict()}
        write = Write(document, ())
        if not (self.heads.replace(write, head.version) if head.number else self.heads.insert([write])[0]):
            return False
        self._insert(moved, entries)
        self._tell(moved)
        return True

    def _keep(self, head: Head) -> None:
        """What was chained last by another process, and is perhaps not kept."""
        if head.version != self._kept and head.pending:
            known = self._known([one["_id"] for one in head.pending])
            self._insert(head, [one for one in head.pending if one["_id"] not in known])

    def _insert(self, head: Head, entries: list[Document]) -> None:
        added = self.entries.insert([Write(one, ()) for one in entries]) if entries else []
        refused = [one["_id"] for one, done in zip(entries, added, strict=True) if not done]
        if refused and self._known(refused) != set(refused):
            raise Unavailable("another entry has the number of one that is to be kept: see what `audit verify` says")
        self._kept = head.version

    def _known(self, ids: Sequence[str]) -> set[str]:
        return {one["_id"] for one in self.entries.get_many(ids)}

    def _tell(self, head: Head) -> None:
        if self.monotonic() >= self._next_anchor:
            self._next_anchor = self.monotonic() + ANCHOR_SECONDS
            log.info("audit_anchor", service=self.service, number=head.number, hash=head.hash)

    def find(self, wanted: Wanted, limit: int, after: tuple[Any, str] | None = None) -> Found:
        """A page of entries, the newest first."""
        where = wanted.where("$lte", after)
        page = self.entries.find(where, "at", limit=limit, after=after, descending=True)
        return Found([entry(one) for one in page.documents], page.after)

    def each(self, wanted: Wanted) -> Iterator[Entry]:
        """All of them, in the order of the chain, page by page."""
        number = 0
        while page := self.entries.find({**wanted.where("$gte", None), "number": {"$gt": number}}, "number",
                                        limit=500).documents:
            yield from map(entry, page)
            number = page[-1]["number"]

    def about(self, kind: str, document: str) -> list[Document]:
        """All entries about one document, in the order of the chain."""
        found, after = list[Document](), None
        while True:
            where = Wanted(document=document).where("$gte", after)
            page = self.entries.find(where, "at", limit=500, after=after)
            found += [one for one in page.documents if one["kind"] == kind]
            if (after := page.after) is None:
                return sorted(found, key=lambda one: int(one["number"]))


def chained(head: Head, new: Mapping[str, Mapping[str, Any]]) -> list[Document]:
    """The new entries by id, numbered and hashed behind the head."""
    entries: list[Document] = []
    last = head.hash
    for number, (name, data) in enumerate(new.items(), head.number + 1):
        one: Document = {"_id": name, "version": 0, "due_at": None, "number": number, **data}
        last = one["hash"] = hash_of(last, one)
        entries.append(one)
    return entries


def hash_of(before: str, entry: Mapping[str, Any]) -> str:
    """SHA-256 over the hash before it and the entry as JSON with sorted names."""
    content = {name: value for name, value in entry.items() if name not in _OF_THE_ENGINE}
    return hashlib.sha256(before.encode() + orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()


def entry(document: Document) -> Entry:
    """As it is kept."""
    return Entry(**{name: document[name] for name in Entry.__dataclass_fields__})
