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
from shared.store.rounds import Round


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


_NEXT = ("SELECT position, event FROM _outbox WHERE position>?1 AND NOT EXISTS(SELECT 1 FROM _outbox before "
         "WHERE before.source=_outbox.source AND before.position<=?1) ORDER BY position LIMIT ?2")


class SqliteOutbox:
    """One relay at a time, by a turn that is free at once when its holder dies: no lease can run out. In a round, what
    waits behind something of its own source is left out."""

    def __init__(self, letters: Letters) -> None:
        self._db = letters.database
        self._turn = Turn(self._db.path + ".relay")
        self._positions: dict[str, int] = {}
        self._round, self._straight = Round(0), True

    def lease(self, now: datetime, until: datetime, owner: str, limit: int) -> list[Outgoing]:  # noqa: ARG002 - the port's
        if not self._turn.mine():
            return []
        events = [(Outgoing(**envelope_fields(text)), position) for position, text in self._rows(limit)]
        self._positions = {event.id: position for event, position in events}
        return [event for event, _ in events]

    def _rows(self, limit: int) -> list[tuple[Any, ...]]:
        rows = self._db.all(_NEXT, (self._round.past, limit))
        if not rows and self._round.is_under_way:
            self._round.begin_anew()
            return self._rows(limit)
        self._straight, last = not self._round.is_under_way, rows[-1][0] if rows else 0
        self._round.leased(last, last, is_last=len(rows) < limit)
        return rows

    def clear(self, published: Sequence[Outgoing]) -> None:
        if published:
            positions = [self._positions[event.id] for event in published]
            self._db.write(lambda db: self._take_out(db, positions))

    def _take_out(self, db: sqlite3.Connection, positions: Sequence[int]) -> None:
        # nothing below the last of them was left then, and nothing comes there
        if self._straight and len(positions) == len(self._positions):
            db.execute("DELETE FROM _outbox WHERE position<=?", (max(positions),))
        else:
            db.executemany("DELETE FROM _outbox WHERE position=?", [(one,) for one in positions])

    def release(self, envelopes: Sequence[Outgoing]) -> None:
        """They lie where they lay; the next lease of the same turn begins behind them."""
        if envelopes:
            self._round.given_back(lambda: (self._db.one("SELECT max(position) FROM _outbox") or (0,))[0])

    def waiting(self, source: str) -> list[Outgoing]:
        rows = self._db.all("SELECT event FROM _outbox WHERE source=? ORDER BY position", (source,))
        return [Outgoing(**envelope_fields(text)) for text, in rows]

    def depth(self) -> tuple[int, datetime | None]:
        row = self._db.one("SELECT count(*), min(since) FROM _outbox")
        return (int(row[0]), parse(row[1]) if row[1] else None) if row else (0, None)

    def close(self) -> None:
        self._turn.close()
