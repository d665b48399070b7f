"""Events that wait to be published: one table a service, written in the transaction of the change."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson

from shared.kernel.clock import parse
from shared.kernel.events import Sequence as Number
from shared.messaging.envelope import Outgoing
from shared.sqlite.database import Database
from shared.sqlite.files import Turn


def envelope_text(event: Outgoing) -> bytes:
    """The envelope as JSON."""
    return orjson.dumps({**vars(event), "sequence": str(event.sequence)})


def envelope_fields(text: bytes) -> dict[str, Any]:
    """The fields of an envelope again. Raises ValueError, KeyError."""
    fields: dict[str, Any] = orjson.loads(text)
    return {**fields, "sequence": Number.parse(fields["sequence"])}


class Letters:
    """The table: in the order of commits, which is the order of every source."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def create(self, db: sqlite3.Connection) -> None:
        db.execute("CREATE TABLE IF NOT EXISTS _outbox(position INTEGER PRIMARY KEY AUTOINCREMENT, "
                   "source TEXT NOT NULL, since TEXT NOT NULL, event BLOB NOT NULL)")
        db.execute("CREATE INDEX IF NOT EXISTS _outbox_source ON _outbox(source)")

    def append(self, db: sqlite3.Connection, events: Sequence[Outgoing]) -> None:
        for event in events:
            db.execute("INSERT INTO _outbox(source, since, event) VALUES(?,?,?)",
                       (event.source, event.time, envelope_text(event)))

    def waiting(self, db: sqlite3.Connection, source: str) -> int:
        return int(db.execute("SELECT count(*) FROM _outbox WHERE source=?", (source,)).fetchone()[0])


class SqliteOutbox:
    """One relay at a time, by a turn that is free at once when its holder dies: no lease can run out."""

    def __init__(self, letters: Letters) -> None:
        self._db = letters.database
        self._turn = Turn(self._db.path + ".relay")
        self._positions: dict[str, int] = {}

    def lease(self, now: datetime, until: datetime, owner: str, limit: int) -> list[Outgoing]:  # noqa: ARG002 - the port's
        if not self._turn.mine():
            return []
        rows = self._db.all("SELECT position, event FROM _outbox ORDER BY position LIMIT ?", (limit,))
        events = [(Outgoing(**envelope_fields(text)), position) for position, text in rows]
        self._positions = {event.id: position for event, position in events}
        return [event for event, _ in events]

    def clear(self, published: Sequence[Outgoing]) -> None:
        if published:
            positions = [self._positions[event.id] for event in published]
            self._db.write(lambda db: self._take_out(db, positions))

    def _take_out(self, db: sqlite3.Connection, positions: Sequence[int]) -> None:
        if len(positions) == len(self._positions):  # nothing below the last of them was left, and nothing comes there
            db.execute("DELETE FROM _outbox WHERE position<=?", (max(positions),))
        else:
            db.executemany("DELETE FROM _outbox WHERE position=?", [(one,) for one in positions])

    def release(self, envelopes: Sequence[Outgoing]) -> None:
        """Nothing to do: the next lease of the same turn takes them again."""

    def waiting(self, source: str) -> list[Outgoing]:
        rows = self._db.all("SELECT event FROM _outbox WHERE source=? ORDER BY position", (source,))
        return [Outgoing(**envelope_fields(text)) for text, in rows]

    def depth(self) -> tuple[int, datetime | None]:
        row = self._db.one("SELECT count(*), min(since) FROM _outbox")
        return (int(row[0]), parse(row[1]) if row[1] else None) if row else (0, None)

    def close(self) -> None:
        self._turn.close()
