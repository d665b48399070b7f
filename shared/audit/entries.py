"""One entry of the audit log, and the letter in which it leaves with the change that it is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import orjson

from shared.kernel.acting import current_acting
from shared.kernel.clock import iso
from shared.kernel.events import Sequence as Number
from shared.messaging.envelope import Outgoing
from shared.store.documents import Documents

TRAIL = "audit"
"""Where letters to the audit log go. No topic of the event log: the relay hands them over before it publishes."""

ADDED, CHANGED, DELETED = "added", "changed", "deleted"

_BOOKKEEPING = frozenset({"_id", "version", "sequence", "shape", "timers", "due_at", "applied", "answered", "audited"})


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Ids, codes and names of fields; never a name, a text or an answer.

    `number`: its place in the service's log. `document` of `kind` (its collection) is `revision` (its version) since
    then, `sequence` is that of its outbox. `what` was done to it: `fields` that changed; `values` of the few that are
    ids and codes, before and after; `events` that left with the change. `who`, `how`, `cause` and `correlation` are of
    `shared.kernel.acting`. `hash` is over the entry and the hash before it.
    """

    number: int
    kind: str
    document: str
    revision: int
    sequence: str
    at: str
    who: str | None
    how: str
    cause: str | None
    correlation: str | None
    what: str
    fields: list[str]
    values: dict[str, list[Any]]
    events: list[str]
    hash: str


class Audited(NamedTuple):
    """A collection whose changes are in the log, and the fields whose values are told."""

    documents: Documents
    fields: Sequence[str]


@dataclass(frozen=True)
class Auditing:
    """How the changes of one kind are told: `fields` are those whose values are ids or codes, and may stay for ever. A
    name such as `plan/gates` is a field of a record in the document, all of whose changed fields are named then."""

    fields: Sequence[str]

    def letter(self, source: str, before: Mapping[str, Any] | None, after: Mapping[str, Any],
               told: Sequence[Outgoing], at: datetime) -> Outgoing:
        """The letter that leaves with the document `after`, which was `before`, behind the events that it tells."""
        what = ADDED if before is None else CHANGED
        return self._letter(source, after, at, {
            "what": what, "fields": self._changed(before, after), "values": self._values(before or {}, after),
            "events": [one.type for one in told]})

    def farewell(self, source: str, after: Mapping[str, Any], at: datetime) -> Outgoing:
        """The letter of a document that is to be deleted."""
        return self._letter(source, after, at, {"what": DELETED, "fields": [], "values": {}, "events": []})

    def _letter(self, source: str, after: Mapping[str, Any], at: datetime, change: Mapping[str, Any]) -> Outgoing:
        _, _, kind, document = source.split("/", 3)
        now, sequence = iso(at), str(after["sequence"])
        data = {"kind": kind, "document": document, "revision": after["version"], "sequence": sequence, "at": now,
                **current_acting()._asdict(), **change}
        return Outgoing(id=f"{kind}/{document}/{sequence}", source=source, sequence=Number.parse(sequence),
                        type=TRAIL, topic=TRAIL, key=document, time=now, data=data)

    def _values(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
        pairs = {name: [value_of(before, name), value_of(after, name)] for name in self.fields}
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}

    def _changed(self, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> list[str]:
        if before is None:
            return []
        records = {record for record, inside, _ in (name.partition("/") for name in self.fields) if inside}
        found = _differing(before, after)
        inside = {name: _differing(_record(before, name), _record(after, name)) for name in found if name in records}
        return [one for name in found for one in ([f"{name}/{part}" for part in inside.get(name, ())] or [name])]


def _record(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = document.get(name)
    return found if isinstance(found, Mapping) else {}


def value_of(document: Mapping[str, Any], name: str) -> Any:
    """Of a field, or of one in a record. No dot stands between the two: a document server may not take it in a name."""
    record, inside, field = name.partition("/")
    return _record(document, record).get(field) if inside else document.get(name)


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return [name for name, value in after.items() if name not in _BOOKKEEPING and value != before.get(name)
            and as_stored(value) != as_stored(before.get(name))]


def as_stored(value: Any) -> bytes:
    """As it is stored: what comes from an engine and what is about to go there differ in their types of times."""
    return orjson.dumps(value, default=lambda one: iso(one) if isinstance(one, datetime) else str(one),
                        option=orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_NON_STR_KEYS)
