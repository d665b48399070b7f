"""Events that wait to be published, in the documents that they leave with; a lease per document."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from operator import itemgetter

import orjson
from pymongo import ASCENDING, DESCENDING, UpdateOne
from pymongo.collection import Collection

from shared.audit.entries import TRAIL
from shared.kernel.clock import parse
from shared.kernel.events import Sequence as Number
from shared.kernel.ids import new_id
from shared.messaging.envelope import Outgoing
from shared.mongo import filters
from shared.mongo.errors import steady
from shared.store.documents import Document
from shared.store.rounds import Round

NO_LEASE = datetime(2000, 1, 1, tzinfo=UTC)
WAITING = {"outbox_due": {"$gt": ""}}
_FREE = {"relay_lease": NO_LEASE}
_EMPTY: Document = {"outbox": [], "outbox_due": None, "again": None, **_FREE}
_OLDEST_FIRST = [("outbox_due", ASCENDING), ("_id", ASCENDING)]
_WANTED = {"outbox": 1, "outbox_due": 1, "newest": 1, "again": 1}

Place = tuple[str, str]
"""Collection and id of a document."""
Reached = dict[str, tuple[str, str]]
"""How far a collection has been leased: since when the last document waits, and its id."""
Collections = Callable[[], Mapping[str, Collection[Document]]]


def stored(event: Outgoing) -> Document:
    """The envelope as it lies in the outbox: its sequence to compare by, and the whole as JSON."""
    return {"sequence": str(event.sequence), "event": orjson.dumps({**vars(event), "sequence": str(event.sequence)})}


def _envelope(entry: Document) -> Outgoing:
    fields = orjson.loads(entry["event"])
    return Outgoing(**{**fields, "sequence": Number.parse(fields["sequence"])})


class MongoOutbox:
    """The outboxes of all collections of a service. An owner that died keeps its leases until they run out.

    Who was only slow finds that somebody else has published meanwhile, and that his own events came behind newer ones.
    He marks the document (`again`), and whoever leases it next sends the last event of each topic (`newest`) once more,
    so that what is last on a compacted topic is the newest there is.
    """

    def __init__(self, collections: Collections) -> None:
        self._collections = collections
        self._token, self._until = "", NO_LEASE
        self._again: dict[Place, str | None] = {}
        self._round: Round[Reached] = Round({})

    @steady
    def lease(self, now: datetime, until: datetime, owner: str, limit: int) -> list[Outgoing]:
        self._token, self._until = f"{owner}#{new_id()}", until
        ready = self._ready(now, limit)
        if not ready and self._round.is_under_way:
            self._round.begin_anew()
            ready = self._ready(now, limit)
        found: list[tuple[str, str, Document]] = []
        for name, ids in _by_collection(ready).items():
            found += [(one["outbox_due"], name, one) for one in self._claim(name, ids, now)]
        self._again = {(name, one["_id"]): one.get("again") for _, name, one in found}
        return self._taken(sorted(found, key=_order), limit, is_last=len(ready) < limit)

    def _ready(self, now: datetime, limit: int) -> list[tuple[str, str, str]]:
        """Since when, collection and id of the longest waiting documents that nobody leases."""
        past = self._round.past
        found: list[tuple[str, str, str]] = []
        for name, collection in self._collections().items():
            behind = filters.behind("outbox_due", past[name], False) if name in past else {}
            ready = collection.find({**WAITING, "relay_lease": {"$lte": now}, **behind}, {"outbox_due": 1})
            found += [(one["outbox_due"], name, one["_id"]) for one in ready.sort(_OLDEST_FIRST).limit(limit)]
        return sorted(found)[:limit]

    def _claim(self, name: str, ids: list[str], now: datetime) -> list[Document]:
        """Of these documents the ones that are ours now: two owners may ask at once."""
        collection = self._collections()[name]
        collection.update_many({"_id": {"$in": ids}, "relay_lease": {"$lte": now}},
                               {"$set": {"relay_lease": self._until, "relay_owner": self._token}})
        mine = list(collection.find({"_id": {"$in": ids}, "relay_owner": self._token}, _WANTED))
        self._mend(collection, [one["_id"] for one in mine if not _to_send(one)])
        return [one for one in mine if _to_send(one)]

    def _mend(self, collection: Collection[Document], ids: list[str]) -> None:
        """A document of an older release has no newest event to send again: it is not due any more."""
        for one in ids:
            own = {"_id": one, "relay_owner": self._token, "outbox.0": {"$exists": False}}
            collection.update_one(own, {"$set": _EMPTY})

    def _taken(self, found: Iterable[tuple[str, str, Document]], limit: int, *, is_last: bool) -> list[Outgoing]:
        events: list[Outgoing] = []
        left: list[tuple[str, str, str]] = []
        reached, latest = dict(self._round.past), ""
        for due, name, document in found:
            if len(events) < limit:
                events += [_envelope(one) for one in _to_send(document)[:limit - len(events)]]
                reached[name], latest = (due, document["_id"]), due
            else:
                left.append((due, name, document["_id"]))
        self._free(_by_collection(left))
        self._round.leased(reached, latest, is_last=is_last and not left)
        return events

    def _free(self, ids: Mapping[str, list[str]]) -> None:
        for name, some in ids.items():
            self._collections()[name].update_many({"_id": {"$in": some}, "relay_owner": self._token}, {"$set": _FREE})

    @steady
    def clear(self, published: Sequence[Outgoing]) -> None:
        sent: dict[Place, list[Outgoing]] = {}
        for event in published:
            sent.setdefault(_place(event), []).append(event)
        for name, collection in self._collections().items():
            mine = {one: events for (place, one), events in sent.items() if place == name}
            if mine and self._empty(name, mine) < len(mine):
                self._take_out(collection, mine)

    def _empty(self, name: str, sent: Mapping[str, Sequence[Outgoing]]) -> int:
        """Where nothing came after what was published: the usual case, in one write a document."""
        return self._collections()[name].bulk_write(
            [UpdateOne({"_id": one, "sequence": str(events[-1].sequence), "relay_owner": self._token,
                        "again": self._again.get((name, one))}, {"$set": {**_EMPTY, **_newest(events)}})
             for one, events in sent.items()], ordered=False).matched_count

    def _take_out(self, collection: Collection[Document], sent: Mapping[str, Sequence[Outgoing]]) -> None:
        """Where more came meanwhile; or the lease was lost: then nothing is taken out of what is another's now."""
        writes: list[UpdateOne] = []
        for one, events in sent.items():
            pull = {"$pull": {"outbox": {"sequence": {"$lte": str(events[-1].sequence)}}}}
            lost, again = {"_id": one, "relay_owner": {"$ne": self._token}}, {"again": new_id()}
            writes += [UpdateOne({"_id": one, "relay_owner": self._token, **WAITING},
                                 {**pull, "$set": {**_FREE, **_newest(events)}}),
                       UpdateOne({**lost, "outbox_due": None}, {"$set": {**again, "outbox_due": events[-1].time}}),
                       UpdateOne({**lost, **WAITING}, {"$set": again})]
        collection.bulk_write(writes, ordered=False)

    @steady
    def release(self, envelopes: Sequence[Outgoing]) -> None:
        ids: dict[str, list[str]] = {}
        for name, one in dict.fromkeys(_place(event) for event in envelopes):
            ids.setdefault(name, []).append(one)
        self._free(ids)
        if ids:
            self._round.given_back(lambda: max(map(self._latest, self._collections().values())))

    def _latest(self, collection: Collection[Document]) -> str:
        """Since when the last document waits."""
        found = collection.find_one(WAITING, {"outbox_due": 1}, sort=[("outbox_due", DESCENDING)])
        return str(found["outbox_due"]) if found else ""

    @steady
    def waiting(self, source: str) -> list[Outgoing]:
        _, _, name, one = source.split("/", 3)
        found = self._collections()[name].find_one({"_id": one}, {"outbox": 1}) or {}
        return [_envelope(entry) for entry in found.get("outbox", ())]

    @steady
    def depth(self) -> tuple[int, datetime | None]:
        number, oldest = 0, ""
        for collection in self._collections().values():
            for one in collection.find(WAITING, {"outbox_due": 1, "outbox.sequence": 1}):
                number += len(one["outbox"])
                oldest = min(oldest or one["outbox_due"], one["outbox_due"])
        return number, parse(oldest) if oldest and number else None


def _order(one: tuple[str, str, Document]) -> tuple[str, str, str]:
    due, name, document = one
    return due, name, document["_id"]


def _by_collection(places: Iterable[tuple[str, str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for _, name, one in places:
        found.setdefault(name, []).append(one)
    return found


def _to_send(document: Document) -> list[Document]:
    """What waits; before it, where that is asked for, what was sent last."""
    again = (document.get("newest") or {}).values() if document.get("again") else ()
    return sorted(again, key=itemgetter("sequence")) + list(document["outbox"])


def _newest(events: Iterable[Outgoing]) -> Document:
    """The last event of each topic, as it is kept in the document; the audit log needs none: it drops no entry."""
    return {f"newest.{event.topic.replace('.', '/')}": stored(event) for event in events if event.topic != TRAIL}


def _place(event: Outgoing) -> Place:
    """Collection and id of the source `/service/collection/id`."""
    _, _, name, document = event.source.split("/", 3)
    return name, document
