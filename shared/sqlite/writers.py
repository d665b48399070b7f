"""Writers in turn, and one fsync for all who came while the one before was on its way to the disk."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from shared.kernel.errors import StoreFull, Unavailable
from shared.sqlite.files import ProcessLock

_RESCUE = 0.5
"""Seconds after which those who wait for a commit make it themselves: who was to make it was interrupted."""


class _Group:
    """Changes that reach the disk together: all of them or none."""

    def __init__(self) -> None:
        self.settled = threading.Event()
        self.failure: sqlite3.Error | None = None


class Writers:
    """The threads that write to one file, through the one connection that `connect` makes.

    Each makes its change apart from the others', and is back when it is on the disk. Whoever finds others waiting
    behind it leaves the commit to them, so the last of those who wait commits for all: of eight who come at once, one
    waits for two fsyncs and seven for one, not the last for eight.
    """

    def __init__(self, path: str, connect: Callable[[], sqlite3.Connection]) -> None:
        self._connect, self._processes = connect, ProcessLock(path)
        self._turn, self._counting = threading.Lock(), threading.Lock()
        self._db: sqlite3.Connection | None = None
        self._group: _Group | None = None
        self.behind = 0
        """How many wait for their turn."""

    @contextmanager
    def turn(self) -> Iterator[sqlite3.Connection]:
        """One change, on the disk at the end; taken back when anything is raised, without touching the others'.

        Raises StoreFull, Unavailable; sqlite3.IntegrityError passes through."""
        group: _Group | None = None
        try:
            with self._next():
                group, db = self._joined()
                try:
                    with _apart(db):
                        yield db
                except sqlite3.Error as error:
                    group.failure = None if db.in_transaction else error
                    raise
                finally:
                    self._leave(group, db)
        except sqlite3.DatabaseError as error:
            raise named(error) from None
        finally:
            if group:
                self._settle(group)

    @contextmanager
    def _next(self) -> Iterator[None]:
        with self._counting:
            self.behind += 1
        try:
            self._turn.acquire()
        finally:
            with self._counting:
                self.behind -= 1
        try:
            yield
        finally:
            self._turn.release()

    def _joined(self) -> tuple[_Group, sqlite3.Connection]:
        self._db = db = self._db or self._connect()
        if self._group is None:
            self._processes.take()
            try:
                db.execute("BEGIN IMMEDIATE")
            except BaseException:
                self._processes.give_back()
                raise
            self._group = _Group()
        return self._group, db

    def _leave(self, group: _Group, db: sqlite3.Connection) -> None:
        if not db.in_transaction:  # SQLite took everything back, as it may when the disk is full
            self._end(group)
        elif not self.behind:
            self._commit(group, db)

    def _commit(self, group: _Group, db: sqlite3.Connection) -> None:
        try:
            db.execute("COMMIT")
        except sqlite3.Error as error:
            if db.in_transaction:
                db.execute("ROLLBACK")
            group.failure = error
        self._end(group)

    def _end(self, group: _Group) -> None:
        self._group = None
        self._processes.give_back()
        group.settled.set()

    def _settle(self, group: _Group) -> None:
        while not group.settled.wait(_RESCUE):
            with self._turn:
                if self._group is group and self._db:
                    self._commit(group, self._db)
        if group.failure:
            raise named(group.failure) from None

    def close(self) -> None:
        """The connection belongs to whoever made it."""
        self._processes.close()


@contextmanager
def _apart(db: sqlite3.Connection) -> Iterator[None]:
    db.execute("SAVEPOINT one")
    try:
        yield
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK TO one")
            db.execute("RELEASE one")
        raise
    db.execute("RELEASE one")


def named(error: sqlite3.Error) -> Exception:
    """The refusal that an error of the engine is, a file that is no database too; what is our own mistake stays as it
    is. The text names tables and reasons, never values."""
    if type(error) not in (sqlite3.OperationalError, sqlite3.DatabaseError):
        return error
    if "full" in str(error):
        return StoreFull("the disk is full: make room, then try again")
    return Unavailable(f"the store does not answer: {error}")
