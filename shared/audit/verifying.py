"""Whether the audit log is whole: the chain holds, and every document stands where its last entry says."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from shared.audit.entries import ADDED, DELETED
from shared.audit.trail import NOTHING, Head, Trail, hash_of
from shared.kernel.errors import DomainError
from shared.store.documents import Document, Documents, Where

LOOKS, PAUSE = 50, 0.2
"""How often, and after how many seconds, is looked for entries that are on their way while somebody verifies."""


class AuditBroken(DomainError):
    """The log was altered, or a document was changed past it. The text names the first place."""

    code = "audit-broken"


class Verdict(NamedTuple):
    """What was found whole: `entries` up to the one with this `hash`, about `documents`; entries about so many more
    are still `waiting` in the outbox."""

    entries: int
    documents: int
    hash: str
    waiting: int


class _Standing(NamedTuple):
    """Where a document stands by its last entry."""

    revision: int
    sequence: str
    what: str


class _Disagreement(NamedTuple):
    """What is wrong with a document, and whether an entry that is on its way may put it right."""

    text: str
    may_pass: bool


@dataclass
class Verification:
    """`audited` are the documents whose changes are in the log, `waiting` counts what is in the outbox. Reads only, and
    may run while everybody works."""

    trail: Trail
    audited: Sequence[Documents]
    waiting: Callable[[], int]
    sleep: Callable[[float], None] = time.sleep
    _standings: dict[tuple[str, str], _Standing] = field(default_factory=dict)

    def verify(self, anchors: Mapping[int, str] | None = None) -> Verdict:
        """`anchors` are hashes that were kept elsewhere, by number. Raises AuditBroken."""
        head = self._head()
        last = self._walk(head, anchors or {})
        if last != head.hash:
            raise AuditBroken(f"the chain ends at entry {head.number} with another hash than it is kept with")
        documents = len(self._standings)
        return Verdict(head.number, documents, last, self._compare())

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
        left = [one for one in head.pending if one["number"] > number]
        if left and (self.waiting() or self._page({"number": left[0]["number"]})):
            yield from left

    def _page(self, where: Where) -> list[Document]:
        return self.trail.entries.find(where, "number", limit=500).documents

    def _follow(self, one: Document) -> None:
        """Revisions of a document follow one another; it may have been there before there was a log."""
        key = one["kind"], one["document"]
        before = self._standings.get(key)
        begins = one["what"] == ADDED and one["revision"] == 0 and (before is None or before.what == DELETED)
        goes_on = one["what"] != ADDED and (before is None or one["revision"] == before.revision + 1)
        if not (begins or goes_on):
            told = before.revision if before else "nothing"
            raise AuditBroken(f"entry {one['number']} tells of {' '.join(key)} revision {one['revision']}, the one "
                              f"before it of {told}: what was between them never came here")
        self._standings[key] = _Standing(one["revision"], one["sequence"], one["what"])

    def _compare(self) -> int:
        """Documents whose entries are still on their way. Raises AuditBroken."""
        doubtful = [(kind, one) for kind in self.audited for one in self._doubtful(kind)]
        for _ in range(LOOKS):
            found = {one: told for one in doubtful if (told := self._disagreement(*one))}
            arrived = not self.waiting()
            for one, told in found.items():
                # what was on its way before the outbox was empty is in the log after it
                if not told.may_pass or (arrived and self._disagreement(*one) == told):
                    raise AuditBroken(told.text)
            if not found:
                return 0
            doubtful = list(found)
            self.sleep(PAUSE)
        return len(doubtful)

    def _doubtful(self, kind: Documents) -> Iterator[str]:
        there = set[str]()
        for one in _each(kind):
            standing = self._standings.get((kind.name, one["_id"]))
            there.add(one["_id"])
            if one.get("audited") and (standing is None or standing.sequence != one["sequence"]):
                yield one["_id"]
        for (name, gone), standing in self._standings.items():
            if name == kind.name and gone not in there and (
                    standing.what != DELETED or kind.last_sequence(gone) != standing.sequence):
                yield gone

    def _disagreement(self, kind: Documents, id: str) -> _Disagreement | None:
        """What is wrong between a document as it is now and its last entry."""
        document = kind.get(id)
        last = self.trail.last_of(kind.name, id)
        if document is None and last and last.what != DELETED:
            return _Disagreement(f"{kind.name} {id} is gone, and no entry says that it was deleted", False)
        stands = document["sequence"] if document else kind.last_sequence(id) or ""
        told = last.sequence if last else ""
        if stands == told:
            return None
        return _Disagreement(f"{kind.name} {id} stands at {stands}, and its last entry at {told or 'none'}",
                             document is not None and stands > told)


def _each(kind: Documents) -> Iterator[Document]:
    after = None
    while True:
        page = kind.find({}, limit=500, after=after)
        yield from page.documents
        if (after := page.after) is None:
            return
