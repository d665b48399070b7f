"""One SQLite file: WAL, fsync at every commit, a connection a thread to read and one to write."""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakSet

from shared.kernel.errors import StoreFull, Unavailable
from shared.sqlite.writers import Change, Writers, named

T = TypeVar("T")

OLDEST = (3, 35)
"""RETURNING came with it."""
ROOM_TO_WRITE = ("cache_size=-32768", "wal_autocheckpoint=4000")
"""KiB, and pages. Ids are in no order: a few hundred rows change pages all over the file and its indexes. All of them
have room, and most are changed several times before they are copied from the log to their place."""


class _Held:
    """A connection that is closed when its thread is over: whoever asks in threads of a moment leaves none behind."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def __del__(self) -> None:
        self.db.close()


class Database:
    """`synchronous` is FULL (every commit reaches the disk) or NORMAL (a power cut may take the last ones).

    `min_free` is the part of the disk that must be free for commands. Open it after a fork, never before.
    """

    def __init__(self, path: str, *, synchronous: str = "FULL", min_free: float = 0.05) -> None:
        if sqlite3.sqlite_version_info < OLDEST:
            raise Unavailable(f"SQLite {sqlite3.sqlite_version} is too old: 3.35 is needed")
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        self.path, self._synchronous, self._min_free = path, synchronous, min_free
        self._local = threading.local()
        self._all: WeakSet[_Held] = WeakSet()
        self.writers = Writers(path + ".write", self._for_writing)
        self._looked_at_disk = 0.0

    @property
    def reading(self) -> sqlite3.Connection:
        """This thread's connection."""
        held: _Held | None = getattr(self._local, "held", None)
        if held is None:
            held = self._local.held = self._hold("NORMAL")
        return held.db

    def _for_writing(self) -> sqlite3.Connection:
        self._writing = self._hold(self._synchronous)
        for setting in ROOM_TO_WRITE:
            self._writing.db.execute(f"PRAGMA {setting}")
        return self._writing.db

    def _hold(self, synchronous: str) -> "_Held":
        held = _Held(self._connection(synchronous))
        self._all.add(held)
        return held

    def _connection(self, synchronous: str) -> sqlite3.Connection:
        db = sqlite3.connect(self.path, timeout=30, isolation_level=None, check_same_thread=False,
                             cached_statements=256)
        try:
            db.execute("PRAGMA journal_mode=WAL")
            db.execute(f"PRAGMA synchronous={synchronous}")
        except sqlite3.DatabaseError as error:
            db.close()
            raise named(error) from None
        return db

    def write(self, change: Change[T]) -> T:
        """What the change answers, made in a transaction that is on the disk then, or rolled back when anything is
        raised; perhaps in another thread, and anew after it was rolled back with others. Raises StoreFull, Unavailable;
        sqlite3.IntegrityError passes through."""
        return self.writers.write(change)

    @contextmanager
    def preparing(self) -> Iterator[sqlite3.Connection]:
        """One transaction for tables and indexes, made at every start where they are missing: it reaches the disk with
        the first change that is written after it, and a power cut before that takes nothing that counts."""
        db = self.reading
        try:
            db.execute("BEGIN IMMEDIATE")
            yield db
            db.execute("COMMIT")
        except sqlite3.Error as error:
            raise named(error) from None
        finally:
            if db.in_transaction:
                db.execute("ROLLBACK")

    def all(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a reading statement. Raises Unavailable."""
        try:
            return self.reading.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise named(error) from None

    def one(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row of a reading statement, or None."""
        try:
            row: tuple[Any, ...] | None = self.reading.execute(sql, values).fetchone()
        except sqlite3.DatabaseError as error:
            raise named(error) from None
        return row

    def describe(self) -> dict[str, str]:
        """Version and place, and how it keeps what is committed. Raises Unavailable."""
        journal = self.one("PRAGMA journal_mode") or ("none",)
        return {"version": sqlite3.sqlite_version, "place": self.path, "journal": str(journal[0]).upper(),
                "synchronous": self._synchronous, "commits": "shared by whoever writes at once",
                "kept free": f"{self._min_free:.0%} of the disk"}

    def require_room(self) -> None:
        """Raises StoreFull when too little of the disk is free; looks once a second."""
        if time.monotonic() - self._looked_at_disk < 1:
            return
        disk = os.statvfs(self.path)
        if disk.f_bavail < disk.f_blocks * self._min_free:
            raise StoreFull(f"under {self._min_free:.0%} of the disk is free: make room, then try again")
        self._looked_at_disk = time.monotonic()

    @contextmanager
    def closed_on_failure(self) -> Iterator["Database"]:
        """For whoever builds on it: when that fails, nothing stays open."""
        try:
            yield self
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Closes the connections of all threads."""
        for held in [*self._all]:
            held.db.close()
        self._local = threading.local()
        self.writers.close()

