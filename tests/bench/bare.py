"""What somebody would write with Flask, sqlite3 and pymongo alone: the same document, as durable as ours."""

import os
import sqlite3
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
from flask import Flask, Response, request
from pymongo import MongoClient

from shared.kernel.ids import new_id
from shared.store.documents import Document
from tests.bench.notes import AUTHOR

EMPTY = {"version": 0, "sequence": "000000.000000000000", "timers": {}, "applied": [], "answered": [], "shape": 1,
         "due_at": None}
"""The bookkeeping that every document of ours holds: the bare contenders write as many bytes."""


class BareSqlite:
    """A connection a thread, WAL, fsync at every commit; SQLite itself makes writers wait for one another."""

    def __init__(self, path: Path) -> None:
        self._path, self._local = path, threading.local()
        self._db().execute("CREATE TABLE IF NOT EXISTS notes(id TEXT PRIMARY KEY, version INTEGER NOT NULL, "
                           "doc TEXT NOT NULL)")

    def _db(self) -> sqlite3.Connection:
        if not hasattr(self._local, "db"):
            self._local.db = sqlite3.connect(self._path, timeout=30, isolation_level=None)
            self._local.db.execute("PRAGMA journal_mode=WAL")
            self._local.db.execute("PRAGMA synchronous=FULL")
        db: sqlite3.Connection = self._local.db
        return db

    def insert(self, document: Document) -> None:
        self._db().execute("INSERT INTO notes(id, version, doc) VALUES(?,?,?)",
                           (document["_id"], document["version"], orjson.dumps(document).decode()))

    def all(self) -> list[Document]:
        return [orjson.loads(row[0]) for row in self._db().execute("SELECT doc FROM notes")]

    def close(self) -> None:
        self._db().close()


class BareMongo:
    """One client for all threads; acknowledged by the majority, in their journals."""

    def __init__(self, url: str) -> None:
        self._client: MongoClient[dict[str, Any]] = MongoClient(url, w="majority", journal=True, tz_aware=True)
        self._notes = self._client.get_default_database()["notes"]

    def insert(self, document: Document) -> None:
        self._notes.insert_one(document)

    def all(self) -> list[Document]:
        return list(self._notes.find())

    def close(self) -> None:
        self._client.close()


def opened(url: str) -> BareSqlite | BareMongo:
    """`sqlite:FILE` or `mongodb://…`."""
    return BareMongo(url) if url.startswith("mongodb:") else BareSqlite(Path(url.removeprefix("sqlite:")))


def open_app() -> Flask:
    """Opened by gunicorn after its fork."""
    app, url = Flask("bare"), os.environ["BARE_URL"]
    insert, on_mongo = opened(url).insert, url.startswith("mongodb:")

    @app.post("/v1/notes")
    def add() -> Response:
        now = datetime.now(UTC)
        document = {**EMPTY, "_id": new_id(), "author": AUTHOR, "text": request.get_json()["text"],
                    "sequence": "000001.000000000001", "written_at": now if on_mongo else now.isoformat()}
        insert(document)
        shown = {"id": document["_id"], "version": 0, "author": AUTHOR, "text": document["text"],
                 "written_at": now.isoformat()}
        return Response(orjson.dumps(shown), 201, content_type="application/json")

    @app.get("/livez")
    def alive() -> str:
        return "alive\n"

    return app
