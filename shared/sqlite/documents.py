"""The SQLite engine behind the document port."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson

from shared.kernel.clock import iso
from shared.kernel.errors import OutboxFull
from shared.kernel.points import reached
from shared.messaging.envelope import Outgoing
from shared.sqlite import filters
from shared.sqlite.database import Database
from shared.sqlite.outbox import Letters, SqliteOutbox
from shared.store.documents import MAX_WAITING, Document, Index, Page, Taken, Where, Write, at

MAX_BYTES = 16 * 1024 * 1024
"""As MongoDB: a document that one engine takes, the other takes too."""


def _text(document: Document) -> str:
    text = orjson.dumps(document, default=_plain, option=orjson.OPT_PASSTHROUGH_DATETIME)
    if len(text) > MAX_BYTES:
        raise ValueError(f"a document of {len(text)} bytes is over the limit of {MAX_BYTES}")
    return text.decode()


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return iso(value)
    raise TypeError(f"{type(value).__name__} cannot be stored")


class SqliteStore:
    """One file a service: `<folder>/<service>.db`."""

    looks = (0.01, 0.01)

    def __init__(self, database: Database, service: str) -> None:
        self.database, self._service = database, service
        self._outbox: SqliteOutbox | None = None
        self.letters = Letters(database)
        with database.preparing() as db:
            db.execute("CREATE TABLE IF NOT EXISTS _meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL)")
            db.execute("INSERT OR IGNORE INTO _meta VALUES('generation', 1)")
            db.execute("CREATE TABLE IF NOT EXISTS _tombstones(source TEXT PRIMARY KEY, sequence TEXT NOT NULL)")
            self.letters.create(db)
        self._generation = self._stored_generation()

    def _stored_generation(self) -> int:
        row = self.database.one("SELECT value FROM _meta WHERE name='generation'")
        return int(row[0]) if row else 1

    @property
    def generation(self) -> int:
        return self._generation

    def raise_generation(self) -> int:
        self.database.write(lambda db: db.execute("UPDATE _meta SET value=value+1 WHERE name='generation'"))
        self._generation = self._stored_generation()
        return self._generation

    def documents(self, name: str, indexes: Sequence[Index] = ()) -> "SqliteDocuments":
        with self.database.preparing() as db:
            db.execute(f'CREATE TABLE IF NOT EXISTS "{name}"(id TEXT PRIMARY KEY, version INTEGER NOT NULL, '
                       f"doc TEXT NOT NULL)")
            db.execute(f'CREATE INDEX IF NOT EXISTS "{name}__due" ON "{name}"(json_extract(doc,\'$.due_at\'), id) '
                       f"WHERE json_extract(doc,'$.due_at') IS NOT NULL")
            for index in indexes:
                columns = ",".join(filters.column(field) for field in index.columns)
                db.execute(f'CREATE {"UNIQUE" if index.unique else ""} INDEX IF NOT EXISTS '
                           f'"{name}_{index.name}" ON "{name}"({columns})')
        return SqliteDocuments(self, name, f"/{self._service}/{name}/", indexes)

    def remove(self, name: str) -> None:
        self.database.write(lambda db: db.execute(f'DROP TABLE IF EXISTS "{name}"'))

    def ringing(self, collections: Sequence[str], now: datetime) -> set[str]:
        """By one statement, since it is asked many times a second."""
        looks = [f"SELECT '{name}' WHERE EXISTS(SELECT 1 FROM \"{name}\" WHERE json_extract(doc,'$.due_at') <= ?)"
                 for name in collections]
        found = self.database.all(" UNION ALL ".join(looks), [iso(now)] * len(looks)) if looks else []
        return {name for name, in found}

    def outbox(self) -> SqliteOutbox:
        self._outbox = self._outbox or SqliteOutbox(self.letters)
        return self._outbox

    def ping(self) -> None:
        self.database.one("SELECT 1")

    def describe(self) -> dict[str, str]:
        return {"engine": "sqlite", **self.database.describe()}

    def close(self) -> None:
        if self._outbox:
            self._outbox.close()
        self.database.close()


class SqliteDocuments:
    """One table: id, version and the document as JSON text."""

    def __init__(self, store: SqliteStore, name: str, source: str, indexes: Sequence[Index]) -> None:
        self._store, self._db, self._name, self._source = store, store.database, name, source
        self._unique = [field for index in indexes if index.unique for field in index.fields]

    @property
    def name(self) -> str:
        return self._name

    def has(self, index: Index) -> bool:
        return self._db.one("SELECT 1 FROM sqlite_master WHERE type='index' AND name=?",
                            (f"{self._name}_{index.name}",)) is not None

    def get(self, id: str) -> Document | None:
        row = self._db.one(f'SELECT doc FROM "{self._name}" WHERE id=?', (id,))
        return orjson.loads(row[0]) if row else None

    def get_many(self, ids: Sequence[str]) -> list[Document]:
        marks = ",".join("?" * len(ids))
        rows = self._db.all(f'SELECT doc FROM "{self._name}" WHERE id IN ({marks})', list(ids))
        return [orjson.loads(row[0]) for row in rows]

    def parts(self, where: Where, fields: Sequence[str]) -> list[list[Any]]:
        clause, values = filters.condition(where)
        rows = self._db.all(f'SELECT {filters.array(fields)} FROM "{self._name}" WHERE {clause}', values)
        return [values[1:] for values in orjson.loads(f"[{','.join(row[0] for row in rows)}]")]

    def insert(self, writes: Sequence[Write]) -> list[bool]:
        self._db.require_room()
        rows = [(write.document["_id"], write.document["version"], self._checked(write.document)) for write in writes]
        return self._db.write(
            lambda db: [self._insert_one(db, row, write) for row, write in zip(rows, writes, strict=True)])

    def _insert_one(self, db: sqlite3.Connection, row: tuple[Any, ...], write: Write) -> bool:
        added = db.execute(f'INSERT OR IGNORE INTO "{self._name}"(id, version, doc) VALUES(?,?,?)', row).rowcount
        if added:
            self._store.letters.append(db, write.outbox)
        return bool(added)

    def _checked(self, document: Document) -> str:
        missing = [field for field in self._unique if at(document, field) is None]
        if missing:
            raise ValueError(f"{self._name}: a unique field is missing: {', '.join(missing)}")
        return _text(document)

    def replace(self, write: Write, expected: int) -> bool:
        self._db.require_room()
        document = write.document
        row = (document["version"], self._checked(document), document["_id"], expected)
        try:
            return self._db.write(lambda db: self._replace_one(db, row, write.outbox))
        except sqlite3.IntegrityError:
            raise Taken(f"{self._name}: a unique index is taken") from None

    def _replace_one(self, db: sqlite3.Connection, row: tuple[Any, ...], outbox: Sequence[Outgoing]) -> bool:
        self._require_outbox_room(db, row[2], len(outbox))
        done = db.execute(f'UPDATE "{self._name}" SET version=?, doc=? WHERE id=? AND version=?', row).rowcount
        reached("store-within-write")
        if done:
            self._store.letters.append(db, outbox)
        return bool(done)

    def _require_outbox_room(self, db: sqlite3.Connection, id: str, more: int) -> None:
        if more and self._store.letters.waiting(db, self._source + id) + more > MAX_WAITING:
            raise OutboxFull(f"{self._name} {id} has {MAX_WAITING} events to publish: try again later")

    def delete(self, id: str, expected: int) -> bool:
        return self._db.write(lambda db: self._delete_one(db, id, expected))

    def _delete_one(self, db: sqlite3.Connection, id: str, expected: int) -> bool:
        if self._store.letters.waiting(db, self._source + id):
            return False
        row = db.execute(f'DELETE FROM "{self._name}" WHERE id=? AND version=? '
                         f"RETURNING json_extract(doc,'$.sequence')", (id, expected)).fetchone()
        if row and row[0]:
            db.execute("INSERT OR REPLACE INTO _tombstones VALUES(?,?)", (self._source + id, row[0]))
        return row is not None

    def last_sequences(self, ids: Sequence[str]) -> dict[str, str]:
        marks = ",".join("?" * len(ids))
        rows = self._db.all(f"SELECT source, sequence FROM _tombstones WHERE source IN ({marks})",
                            [self._source + one for one in ids])
        return {source.removeprefix(self._source): sequence for source, sequence in rows}

    def find(self, where: Where, order_by: str = "_id", *, limit: int, after: tuple[Any, str] | None = None,
             descending: bool = False) -> Page:
        rows = self._page("doc", where, order_by, limit + 1, after, descending)
        last = (rows[limit - 1][1], rows[limit - 1][2]) if len(rows) > limit else None
        return Page([orjson.loads(row[0]) for row in rows[:limit]], last)

    def _page(self, column: str, where: Where, order_by: str, limit: int, after: tuple[Any, str] | None = None,
              descending: bool = False) -> list[tuple[Any, ...]]:
        """Rows of this column and the place."""
        clause, values = filters.condition(where)
        if after:
            more, further = filters.behind(order_by, after, descending)
            clause, values = f"{clause} AND {more}", values + further
        return self._db.all(f'SELECT {column}, {filters.column(order_by)}, id FROM "{self._name}" WHERE {clause} '
                            f"ORDER BY {filters.order(order_by, descending)} LIMIT ?", [*values, limit])

    def places(self, where: Where, order_by: str, *, limit: int, after: tuple[Any, str] | None = None
               ) -> list[tuple[Any, str]]:
        return [(value, own) for _, value, own in self._page("id", where, order_by, limit, after)]

    def id_at(self, where: Where, place: int) -> str | None:
        clause, values = filters.condition(where)
        row = self._db.one(f'SELECT id FROM "{self._name}" WHERE {clause} ORDER BY id LIMIT 1 OFFSET ?',
                           [*values, place])
        return str(row[0]) if row else None

    def count(self, where: Where) -> int:
        clause, values = filters.condition(where)
        row = self._db.one(f'SELECT count(*) FROM "{self._name}" WHERE {clause}', values)
        return int(row[0]) if row else 0

    def count_by(self, where: Where, field: str) -> dict[Any, int]:
        clause, values = filters.condition(where)
        by = filters.column(field)
        return dict(self._db.all(f'SELECT {by}, count(*) FROM "{self._name}" WHERE {clause} GROUP BY {by}', values))
