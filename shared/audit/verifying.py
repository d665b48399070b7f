"""Whether the audit log is whole: the chain holds, and every document stands where its last entry says."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from shared.audit.entries import TRAIL, Audited
from shared.audit.standing import Standing, followed, standing
from shared.audit.trail import NOTHING, Head, Trail, hash_of
from shared.kernel.errors import DomainError
from shared.messaging.envelope import Outgoing
from shared.store.documents import Document, Outbox, Where
from shared.store.found import every

LOOKS, PAUSE = 50, 0.2
"""How often, and after how many seconds, is looked for entries that are on their way while somebody verifies."""


class AuditBroken(DomainError):
    """The log was altered, or a document was changed past it. The text names the first place."""

    code = "audit-broken"


class Verdict(NamedTuple):
    """What was found whole: `entries` up to the one with this `hash`, about `documents`. Of so many more something is
    still `waiting` in the outbox; `older` have no entry, as what was there before there was a log."""

    entries: int
    documents: int
    hash: str
    waiting: int
    older: int


@dataclass
class Verification:
    """`audited` are the documents whose changes are in the log, `outbox` has what is on its way there. Reads only, and
    may run while everybody works."""

    trail: Trail
    audited: Sequence[Audited]
    outbox: Outbox
    sleep: Callable[[float], None] = time.sleep
    _standings: dict[tuple[str, str], Standing] = field(default_factory=dict)
    _older: list[str] = field(default_factory=list)

    def verify(self, anchors: Mapping[int, str] | None = None, older: int = 0) -> Verdict:
        """`anchors` are hashes that were kept elsewhere, by number; up to so many documents may be `older` than the
        log. Raises AuditBroken."""
        head = self._head()
        last = self._walk(head, anchors or {})
        if last != head.hash:
            raise AuditBroken(f"the chain ends at entry {head.number} with another hash than it is kept with")
        documents = len(self._standings)
        waiting = self._compare()
        if len(self._older) > older:
            raise AuditBroken(f"{len(self._older)} document(s) have no entry, as {self._older[0]}: they were put there "
                              "past the log, or are older than it")
        return Verdict(head.number, documents, last, waiting, len(self._older))

    def _head(self) -> Head:
        top = self.trail.entries.find({}, "number", limit=1, descending=True).documents
        head = self.trail.head()
        if top and top[0]["number"] > head.number:
            raise AuditBroken(f"the chain is said to end at entry {head.number}, and there are entries behind it")
        return head

    def _walk(self, head: Head, anchors: Mapping[int, str]) -> str:
        last, number = NOTHING, 0
        for number, one in enumerate(self._in_order(head), 1):
            if one["number"] != number:
                raise AuditBroken(f"entry {number} is missing: behind {number - 1} comes {one['number']}")
            if hash_of(last, one) != one["hash"]:
                raise AuditBroken(f"entry {number} was altered: it is about {one['kind']} {one['document']}")
            last = one["hash"]
            if anchors.get(number, last) != last:
                raise AuditBroken(f"entry {number} had another hash when its anchor was kept: it was written anew")
            self._follow(one)
        if missing := [one for one in (head.number, *anchors) if one > number]:
            raise AuditBroken(f"entry {number + 1} is missing: the log ends before it and went on to {max(missing)}")
        return last

    def _in_order(self, head: Head) -> Iterator[Document]:
        """The entries up to the head. What only the head holds is not kept yet, as long as its letter waits too."""
        number = 0
        while page := self._page({"number": {"$gt": number, "$lte": head.number}}):
            yield from page
            number = page[-1]["number"]
        for one in head.pending:
            if one["number"] > number and (self._waits(one) or self._page({"number": one["number"]})):
                yield one

    def _waits(self, one: Document) -> bool:
        return any(letter.id == one["_id"] for letter in self._letters(one["kind"], one["document"]))

    def _letters(self, kind: str, id: str) -> list[Outgoing]:
        """The entries about a document that are on their way."""
        return [one for one in self.outbox.waiting(f"/{self.trail.service}/{kind}/{id}") if one.topic == TRAIL]

    def _page(self, where: Where) -> list[Document]:
        return self.trail.entries.find(where, "number", limit=500).documents

    def _follow(self, one: Document) -> None:
        key = one["kind"], one["document"]
        before = self._standings.get(key)
        after = followed(before, one)
        if after is None:
            told = before.revision if before else "nothing"
            raise AuditBroken(f"entry {one['number']} tells of {' '.join(key)} revision {one['revision']}, the one "
                              f"before it of {told}: what was between them never came here")
        self._standings[key] = after

    def _compare(self) -> int:
        """Of how many documents entries are still on their way. Raises AuditBroken."""
        doubtful = [(kind, one) for kind in self.audited for one in self._doubtful(kind)]
        for _ in range(LOOKS):
            doubtful = [(kind, one) for kind, one in doubtful if not self._settled(kind, one)]
            if not doubtful:
                break
            self.sleep(PAUSE)
        return len(doubtful)

    def _doubtful(self, kind: Audited) -> Iterator[str]:
        name, there = kind.documents.name, set[str]()
        for one in every(kind.documents, {}, "_id", 500):
            there.add(one["_id"])
            stands = self._standings.get((name, one["_id"]))
            if not stands or not stands.fits(one, kind.fields):
                yield one["_id"]
        for (other, gone), stands in self._standings.items():
            if other == name and gone not in there and not (
                    stands.is_gone and kind.documents.last_sequences([gone]).get(gone) == stands.sequence):
                yield gone

    def _settled(self, kind: Audited, id: str) -> bool:
        """Whether all of it is in the log. While it is changed nothing can be said. Raises AuditBroken."""
        name = kind.documents.name
        before, letters, kept = kind.documents.get(id), self._letters(name, id), self.trail.about(name, id)
        document = kind.documents.get(id)
        if (before or {}).get("sequence") != (document or {}).get("sequence"):
            return False
        known = {one["_id"] for one in kept}
        coming = [one.data or {} for one in letters if one.id not in known]
        if document and not kept and not coming and not document.get("audited"):
            self._older.append(f"{name} {id}")
        elif wrong := _wrong(kind, id, document, [*kept, *coming]):
            raise AuditBroken(f"{name} {id} {wrong}")
        return not letters


def _wrong(kind: Audited, id: str, document: Document | None, entries: Sequence[Mapping[str, Any]]) -> str | None:
    """What is wrong between a document and all that is told of it."""
    last = standing(entries)
    if document is None and last and not last.is_gone:
        return "is gone, and no entry says that it was deleted"
    stands = document["sequence"] if document else kind.documents.last_sequences([id]).get(id, "")
    if not last or stands != last.sequence:
        return f"stands at {stands}, and its last entry at {entries[-1]['sequence'] if entries else 'none'}"
    if document and document["version"] != last.revision:
        return f"has version {document['version']}, and its last entry tells of {last.revision}"
    altered = last.altered(document, kind.fields) if document else []
    return f"was changed past the log: {', '.join(altered)}" if altered else None
