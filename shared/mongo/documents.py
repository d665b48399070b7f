"""One collection: state, outbox and lease are one document, so one compare-and-set is the whole transaction."""

from collections.abc import Sequence
from typing import Any

import bson
from pymongo import ASCENDING, DESCENDING
from pymongo.collection import Collection
from pymongo.errors import BulkWriteError, DuplicateKeyError

from shared.kernel.errors import Busy, OutboxFull
from shared.mongo import filters
from shared.mongo.errors import DUPLICATE, is_deadlock, refused, steady
from shared.mongo.outbox import NO_LEASE, stored
from shared.store.documents import MAX_WAITING, Document, Index, Page, Taken, Where, Write, at

MAX_BYTES = 16 * 1024 * 1024
HIDDEN = {"outbox": 0, "outbox_due": 0, "relay_lease": 0, "relay_owner": 0, "newest": 0, "again": 0}


class MongoDocuments:
    """`tombstones` keeps the last sequence of what was deleted, for all collections of a store."""

    def __init__(self, collection: Collection[Document], tombstones: Collection[Document],
                 indexes: Sequence[Index]) -> None:
        self.collection, self._tombstones = collection, tombstones
        self._unique = [field for index in indexes if index.unique for field in index.fields]
        self._make_indexes([Index(("due_at",)), Index(("outbox_due",)), *indexes])

    @steady
    def _make_indexes(self, indexes: Sequence[Index]) -> None:
        for index in indexes:
            self.collection.create_index([(field, ASCENDING) for field in index.columns], name=index.name,
                                         unique=index.unique)

    @property
    def name(self) -> str:
        return self.collection.name

    @steady
    def has(self, index: Index) -> bool:
        return index.name in self.collection.index_information()

    @steady
    def get(self, id: str) -> Document | None:
        return self.collection.find_one({"_id": id}, HIDDEN)

    @steady
    def get_many(self, ids: Sequence[str]) -> list[Document]:
        return list(self.collection.find({"_id": {"$in": list(ids)}}, HIDDEN))

    @steady
    def parts(self, where: Where, fields: Sequence[str]) -> list[list[Any]]:
        found = self.collection.find(filters.condition(where), {"_id": 0} | dict.fromkeys(fields, 1))
        return [[at(one, field) for field in fields] for one in found]

    def insert(self, writes: Sequence[Write]) -> list[bool]:
        documents = [self._new(write) for write in writes]
        if len(documents) == 1:
            return [self._insert_one(documents[0])]
        errors = self._insert_many(documents)
        return [self._was_added(document, errors.get(place)) for place, document in enumerate(documents)]

    def _new(self, write: Write) -> Document:
        self._check(write.document)
        return {**write.document, "outbox": [stored(event) for event in write.outbox], "relay_lease": NO_LEASE,
                "relay_owner": "", "outbox_due": write.outbox[0].time if write.outbox else None}

    @steady
    def _insert_one(self, document: Document) -> bool:
        try:
            self.collection.insert_one(document)
        except DuplicateKeyError:
            return False
        return True

    @steady
    def _insert_many(self, documents: Sequence[Document]) -> dict[int, dict[str, Any]]:
        """What failed, by place. The driver's own error holds whole documents and never leaves this function."""
        if not documents:
            return {}
        try:
            self.collection.insert_many(documents, ordered=False)
        except BulkWriteError as error:
            return {one["index"]: {"code": one["code"], "text": str(one.get("errmsg", ""))}
                    for one in error.details["writeErrors"]}
        return {}

    def _was_added(self, document: Document, error: dict[str, Any] | None) -> bool:
        if error is None:
            return True
        if error["code"] in DUPLICATE:
            return False
        if is_deadlock(error["code"], error["text"]):
            return self._insert_one(document)
        raise refused(error)

    def _check(self, document: Document) -> None:
        missing = [field for field in self._unique if at(document, field) is None]
        if missing:
            raise ValueError(f"{self.name}: a unique field is missing: {', '.join(missing)}")
        if (size := len(bson.encode(document))) > MAX_BYTES:
            raise ValueError(f"a document of {size} bytes is over the limit of {MAX_BYTES}")

    def replace(self, write: Write, expected: int) -> bool:
        self._check(write.document)
        if len(write.outbox) > MAX_WAITING:
            raise self._full(write)
        for _ in range(20):
            if self._set(write, expected):
                return True
            if self._is_lost(write, expected):
                return False
        raise Busy(f"{self.name} {write.document['_id']} is published and changed at once: try again")

    def _set(self, write: Write, expected: int) -> bool:
        fields = {name: value for name, value in write.document.items() if name != "_id"}
        own = {"_id": write.document["_id"], "version": expected}
        if not write.outbox:
            return self._update(own, {"$set": fields})
        push = {"outbox": {"$each": [stored(event) for event in write.outbox]}}
        # since when it waits is set with the first event only; the relay may empty the outbox between the two tries
        empty = {**own, "outbox_due": None}
        if self._update(empty, {"$set": {**fields, "outbox_due": write.outbox[0].time}, "$push": push}):
            return True
        waiting = {**own, "outbox_due": {"$gt": ""}, f"outbox.{MAX_WAITING - len(write.outbox)}": {"$exists": False}}
        return self._update(waiting, {"$set": fields, "$push": push})

    def _update(self, where: Document, change: Document) -> bool:
        try:
            return self._update_once(where, change)
        except Taken:
            raise Taken(f"{self.name}: a unique index is taken") from None

    @steady
    def _update_once(self, where: Document, change: Document) -> bool:
        return self.collection.update_one(where, change).matched_count == 1

    def _is_lost(self, write: Write, expected: int) -> bool:
        """Whether another was faster. Raises OutboxFull where that was not the reason."""
        found = self._standing(write.document["_id"])
        if found is None or found["version"] != expected:
            return True
        if write.outbox and len(found.get("outbox", ())) + len(write.outbox) > MAX_WAITING:
            raise self._full(write)
        return False

    @steady
    def _standing(self, id: str) -> Document | None:
        return self.collection.find_one({"_id": id}, {"version": 1, "outbox.sequence": 1})

    def _full(self, write: Write) -> OutboxFull:
        return OutboxFull(f"{self.name} {write.document['_id']} has {MAX_WAITING} events to publish: try again later")

    @steady
    def delete(self, id: str, expected: int) -> bool:
        """The tombstone comes first: what is left of a delete that was cut short is only a number that nobody asks for
        while the document is there."""
        own = {"_id": id, "version": expected, "outbox_due": None}
        found = self.collection.find_one(own, {"sequence": 1})
        if found is None:
            return False
        if sequence := found.get("sequence"):
            self._tombstones.update_one({"_id": self._tombstone(id)}, {"$set": {"sequence": sequence}}, upsert=True)
        return self.collection.delete_one(own).deleted_count == 1

    @steady
    def last_sequences(self, ids: Sequence[str]) -> dict[str, str]:
        found = self._tombstones.find({"_id": {"$in": [self._tombstone(one) for one in ids]}})
        return {one["_id"].removeprefix(self._tombstone("")): one["sequence"] for one in found}

    def _tombstone(self, id: str) -> str:
        return f"{self.name}/{id}"

    def find(self, where: Where, order_by: str = "_id", *, limit: int, after: tuple[Any, str] | None = None,
             descending: bool = False) -> Page:
        found = self._page(HIDDEN, where, order_by, limit + 1, after, descending)
        last = found[limit - 1] if len(found) > limit else None
        return Page(found[:limit], (at(last, order_by), last["_id"]) if last else None)

    @steady
    def _page(self, fields: dict[str, int], where: Where, order_by: str, limit: int,
              after: tuple[Any, str] | None = None, descending: bool = False) -> list[Document]:
        wanted = filters.condition(where)
        if after:
            wanted = {"$and": [wanted, filters.behind(order_by, after, descending)]}
        way = DESCENDING if descending else ASCENDING
        order = [(order_by, way)] if order_by == "_id" else [(order_by, way), ("_id", way)]
        return list(self.collection.find(wanted, fields).sort(order).limit(limit))

    def places(self, where: Where, order_by: str, *, limit: int, after: tuple[Any, str] | None = None
               ) -> list[tuple[Any, str]]:
        found = self._page({order_by: 1}, where, order_by, limit, after)
        return [(at(one, order_by), one["_id"]) for one in found]

    @steady
    def id_at(self, where: Where, place: int) -> str | None:
        found = self.collection.find(filters.condition(where), {"_id": 1}).sort("_id", ASCENDING).skip(place).limit(1)
        return next((str(one["_id"]) for one in found), None)

    @steady
    def count(self, where: Where) -> int:
        return self.collection.count_documents(filters.condition(where))

    @steady
    def count_by(self, where: Where, field: str) -> dict[Any, int]:
        groups = self.collection.aggregate([{"$match": filters.condition(where)},
                                            {"$group": {"_id": f"${field}", "number": {"$sum": 1}}}])
        return {one["_id"]: one["number"] for one in groups}
