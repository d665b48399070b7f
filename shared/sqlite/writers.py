"""Writers in turn, and one fsync for all who came while the one before was on its way to the disk."""

import sqlite3
import threading
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from shared.kernel.errors import StoreFull, Unavailable
from shared.sqlite.files import ProcessLock

T = TypeVar("T")
Connection = sqlite3.Connection
Change = Callable[[Connection], T]
"""What a writer does in its transaction. It may be done again after it was taken back."""


class _Writer:
    """Somebody who waits for the change to be on the disk, and what became of it."""

    def __init__(self, change: Change[Any]) -> None:
        self.change = change
        self.settled = False
        self.outcome: Any = None
        self.error: Exception | None = None
        self.leads = False
        self.woken = threading.Lock()  # given back when the change is settled, or to who leads next
        self.woken.acquire()

    def settle(self, outcome: Any, error: Exception | None = None) -> None:
        self.outcome, self.error, self.settled = outcome, error, True

    def lead(self) -> None:
        self.leads = True
        self.woken.release()


class Writers:
    """The threads that write to one file, through the one connection that `connect` makes.

    Whoever comes while nobody writes makes the changes of all who wait, its own too, and commits them with one fsync;
    meanwhile others come, and the first of them has the next turn. When one of the changes fails, all are taken back
    and each is made by itself. So of eight who come at once one waits for one fsync and seven for two, not the last
    for eight.
    """

    def __init__(self, path: str, connect: Callable[[], Connection]) -> None:
        self._connect, self._processes = connect, ProcessLock(path)
        self._db: Connection | None = None
        self._lock = threading.Lock()
        self._waiting: list[_Writer] = []
        self._writing = False

    @property
    def behind(self) -> int:
        """How many wait for who is writing."""
        return len(self._waiting)

    def write(self, change: Change[T]) -> T:
        """What the change answers, when it is on the disk. Taken back when it raises, without touching the others'.

        Raises StoreFull, Unavailable; sqlite3.IntegrityError passes through."""
        mine = _Writer(change)
        self._join(mine)
        try:
            mine.woken.acquire()
            if not mine.settled:
                self._lead()
        except BaseException:
            self._leave(mine)
            raise
        if mine.error:
            raise mine.error
        outcome: T = mine.outcome
        return outcome

    def _join(self, mine: _Writer) -> None:
        with self._lock:
            self._waiting.append(mine)
            if not self._writing:
                self._writing = True
                mine.lead()

    def _leave(self, mine: _Writer) -> None:
        """Interrupted: what is not written yet will not be, and somebody else leads."""
        with self._lock:
            waits = mine in self._waiting
            self._waiting = [one for one in self._waiting if one is not mine]
        if waits and mine.leads:
            self._follow()

    def _lead(self) -> None:
        with self._lock:
            group, self._waiting = self._waiting, []
        try:
            self._write_all(group)
        finally:
            with self._lock:  # those whom an interrupted leader leaves behind come first
                self._waiting[:0] = [one for one in group if not one.settled]
            self._follow()
            for one in group:
                if one.settled and not one.leads:
                    one.woken.release()

    def _follow(self) -> None:
        with self._lock:
            self._writing = bool(self._waiting)
            if self._waiting:
                self._waiting[0].lead()

    def _write_all(self, group: Sequence[_Writer]) -> None:
        self._processes.take()
        try:
            self._settle(group)
        finally:
            self._processes.give_back()

    def _settle(self, group: Sequence[_Writer]) -> None:
        try:
            outcomes = self._together([one.change for one in group])
        except Exception as error:  # noqa: BLE001 - each is told its own
            if len(group) == 1:
                group[0].settle(None, named(error))
            else:
                for one in group:
                    self._settle([one])
        else:
            for one, outcome in zip(group, outcomes, strict=True):
                one.settle(outcome)

    def _together(self, changes: Sequence[Change[Any]]) -> list[Any]:
        """What they answer, on the disk; or nothing is, and what the first raised that failed."""
        self._db = db = self._db or self._connect()
        try:
            db.execute("BEGIN IMMEDIATE")
            outcomes = [change(db) for change in changes]
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:  # SQLite may have taken everything back itself, as when the disk is full
                db.execute("ROLLBACK")
            raise
        return outcomes

    def close(self) -> None:
        """The connection belongs to whoever made it."""
        self._processes.close()


def named(error: Exception) -> Exception:
    """The refusal that an error of the engine is, a file that is no database too; what is our own mistake stays as it
    is. The text names tables and reasons, never values."""
    if type(error) not in (sqlite3.OperationalError, sqlite3.DatabaseError):
        return error
    if "full" in str(error):
        return StoreFull("the disk is full: make room, then try again")
    return Unavailable(f"the store does not answer: {error}")
