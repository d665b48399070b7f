"""One command changes one document: load, decide, compare-and-set, and again when the race was lost."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from shared.audit.entries import Auditing
from shared.kernel.aggregate import Aggregate
from shared.kernel.clock import Clock
from shared.kernel.commands import current_command
from shared.kernel.errors import AlreadyExists, Busy, NotFound, Stale
from shared.kernel.events import Cause
from shared.kernel.events import Sequence as Number
from shared.kernel.ids import FreshId, derived_id, new_id
from shared.store.conversion import DOCUMENTS, holds
from shared.store.documents import Document, Documents, Where, Write
from shared.store.found import Found as Found
from shared.store.found import every
from shared.store.leaving import envelopes, farewell
from shared.store.shapes import Shapes, Upcaster

A = TypeVar("A", bound=Aggregate)


class _LostRace(Exception):
    pass


@dataclass
class Repository(Generic[A]):
    """The aggregates of one kind.

    `service` is the first part of every event's source; `generation` the store's; `committed` is called after a save
    that leaves something to publish; `upcasters[n]` turns stored shape n into n + 1. With `auditing` every change
    leaves an entry of the audit log in the same write.
    """

    kind: type[A]
    documents: Documents
    service: str
    clock: Clock
    generation: Callable[[], int] = lambda: 1
    committed: Callable[[], None] = lambda: None
    upcasters: Mapping[int, Upcaster] = field(default_factory=dict)
    auditing: Auditing | None = None

    def get(self, id: str) -> A:
        """Raises NotFound."""
        return self._load(self._document(id))

    def exists(self, id: str) -> bool:
        return self.documents.count({"_id": id}) > 0

    def id_for_new(self) -> str:
        """The id of what the present command creates, derived from its idempotency key. Ask for it before anything may
        refuse the command: a repeat raises AnsweredBefore (KeyReused with another request) whatever holds by now."""
        command = current_command()
        return self.new(derived_id(command.caller, command.route, command.key, self.documents.name)
                        ) if command else new_id()

    def new(self, id: str) -> str:
        """An id that follows from what the present command is about; refuses as `id_for_new` does."""
        command = current_command()
        if command and (document := self.documents.get(id)) is not None:
            command.check(self._load(document))
        return id

    def add(self, aggregate: A, *, cause: Cause | None = None) -> A:
        """Adds it with its events. Repeats of the same cause, or of the same idempotency key, find it there: the first
        answers the one that exists, the second raises AnsweredBefore. Otherwise AlreadyExists."""
        command = current_command()
        if cause:
            aggregate.remember(cause)
        self._go_on([aggregate])
        write = self._stored(aggregate, cause)
        if command:
            command.remember(aggregate)
            write = Write({**write.document, **self._fields(aggregate)}, write.outbox)
        if not self.documents.insert([write])[0]:
            return self._existing(aggregate.id, cause)
        self._announce(write.outbox)
        return aggregate

    def add_many(self, aggregates: Sequence[A]) -> list[bool]:
        """Adds any number in batches of 200: for each whether it was added (False: it existed). Not atomic together."""
        added: list[bool] = []
        for start in range(0, len(aggregates), 200):
            batch = aggregates[start:start + 200]
            self._go_on(batch)
            added += self.documents.insert([self._stored(one) for one in batch])
        self._announce(added)
        return added

    def change(self, id: str, decide: Callable[[A], object], *, cause: Cause | None = None,
               if_version: int | None = None) -> A:
        """Loads, decides and saves; decides again on what won when it lost the race. A repeat of `cause` changes
        nothing. Raises NotFound, Stale, Busy, AnsweredBefore, what `decide` raises, and what the engine refuses."""
        tries = Retrying(stop=stop_after_attempt(20), wait=wait_random_exponential(0.002, max=0.2),
                         retry=retry_if_exception_type(_LostRace), reraise=True)
        try:
            return tries(self._change_once, id, decide, cause, if_version)
        except _LostRace:
            raise Busy(f"{self.documents.name} {id} is changed by many at once: try again") from None

    def _change_once(self, id: str, decide: Callable[[A], object], cause: Cause | None, if_version: int | None) -> A:
        before = self._document(id)
        aggregate = self._load(before)
        if cause and aggregate.has_applied(cause):
            return aggregate
        command = current_command() if cause is None else None
        if command:
            command.check(aggregate)
        if if_version not in (None, aggregate.version):
            raise Stale(f"{self.documents.name} {id} has changed meanwhile: load it again")
        decide(aggregate)
        if cause:
            aggregate.remember(cause)
        return self._save(aggregate, before, cause)

    def _save(self, aggregate: A, before: Document, cause: Cause | None) -> A:
        if not aggregate.recorded and current_command() is None and holds(before, self._fields(aggregate)):
            return aggregate
        expected, aggregate.version = aggregate.version, aggregate.version + 1
        write = self._stored(aggregate, cause, before)
        command = current_command()
        if command and cause is None:
            command.remember(aggregate)
            write = Write({**write.document, **self._fields(aggregate)}, write.outbox)
        if not self.documents.replace(Write({**before, **write.document}, write.outbox), expected):
            raise _LostRace
        self._announce(write.outbox)
        return aggregate

    def find(self, where: Where, order_by: str = "_id", *, limit: int = 50, after: tuple[Any, str] | None = None,
             descending: bool = False) -> Found[A]:
        """A page in the order of (order_by, id)."""
        page = self.documents.find(where, order_by, limit=limit, after=after, descending=descending)
        return Found([*map(self._load, page.documents)], page.after)

    def get_many(self, ids: Sequence[str]) -> list[A]:
        """Those that exist, in no order."""
        return [self._load(one) for one in self.documents.get_many(ids)]

    def parts(self, where: Where, fields: Sequence[str]) -> list[list[Any]]:
        """Stored values of these fields of all that match, in no order: where little is needed of many."""
        return self._shapes.parts(where, fields)

    def each(self, where: Where, order_by: str = "_id") -> Iterator[A]:
        """All that match, page by page."""
        return map(self._load, every(self.documents, where, order_by, 500))

    def count(self, where: Where) -> int:
        return self.documents.count(where)

    def count_by(self, where: Where, field: str) -> dict[Any, int]:
        """How many match, for each value of the field."""
        return self.documents.count_by(where, field)

    def due(self, now: Any) -> Iterator[str]:
        """Ids of what has a timer to ring, the longest overdue first, page by page as they are asked for."""
        after = None
        while places := self.documents.places({"due_at": {"$lte": now}}, "due_at", limit=200, after=after):
            yield from (one for _, one in places)
            after = places[-1]

    def is_due(self, id: str, now: Any) -> bool:
        """Whether it is there and has a timer to ring."""
        return self.documents.count({"_id": id, "due_at": {"$lte": now}}) > 0

    def delete(self, id: str) -> None:
        """Removes it; what waits to be published keeps it (Busy) until it is out: where there is an audit log, its own
        last entry too. Raises NotFound."""
        document = self._document(id)
        if self.auditing and document.get("leaving") != document["version"]:
            last = farewell(document, self._source(id), self.generation(), self.auditing, self.clock.now())
            self._announce([self.documents.replace(last, document["version"])])
        elif self.documents.delete(id, document["version"]):
            return
        raise Busy(f"{self.documents.name} {id} still has events to publish: try again")

    def _document(self, id: str) -> Document:
        document = self.documents.get(id)
        if document is None:
            raise NotFound(f"no {self.documents.name} {id}")
        return document

    def _existing(self, id: str, cause: Cause | None) -> A:
        try:
            existing = self.get(id)
        except NotFound:
            raise AlreadyExists(f"{self.documents.name}: a value that must be unique is taken") from None
        command = current_command()
        if command and cause is None:
            command.check(existing)
        if cause and existing.has_applied(cause):
            return existing
        raise AlreadyExists(f"{self.documents.name} {id} exists")

    def _announce(self, left: Sequence[object]) -> None:
        if any(left):
            self.committed()

    @property
    def _shapes(self) -> Shapes:
        return Shapes(self.documents, self.kind.shape, self.upcasters)

    def _load(self, document: Document) -> A:
        return DOCUMENTS.structure({**self._shapes.raised(document), "id": document["_id"]}, self.kind)

    def _fields(self, aggregate: A) -> Document:
        document: Document = DOCUMENTS.unstructure(aggregate, self.kind)
        document["_id"] = document.pop("id")
        document["shape"], document["due_at"] = self.kind.shape, aggregate.due_at
        return document

    def _stored(self, aggregate: A, cause: Cause | None = None, before: Document | None = None) -> Write:
        source = self._source(aggregate.id)
        outbox = envelopes(aggregate, source, cause, self.generation)
        if self.auditing is None:
            return Write(self._fields(aggregate), outbox)
        # the entry leaves last, so that the document's sequence is that of its last entry
        aggregate.sequence = aggregate.sequence.next(self.generation())
        document = {**self._fields(aggregate), "audited": True}
        entry = self.auditing.letter(source, before, document, outbox, self.clock.now())
        return Write(document, [*outbox, entry])

    def _go_on(self, new: Sequence[A]) -> None:
        """Where one of this id was deleted before, the numbers of events go on behind its own."""
        perhaps = [one.id for one in new if not isinstance(one.id, FreshId)]
        numbers = self.documents.last_sequences(perhaps) if perhaps else {}
        for one in new:
            if number := numbers.get(one.id):
                one.sequence = Number.parse(number)

    def _source(self, id: str) -> str:
        return f"/{self.service}/{self.documents.name}/{id}"
