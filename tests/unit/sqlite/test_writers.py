"""Writers who come at once: each change stands for itself, and one commit takes all of them to the disk."""

import signal
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from shared.kernel.errors import StoreFull
from shared.sqlite.database import Database

Write = Callable[[sqlite3.Connection], object]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(str(tmp_path / "letters.db"), min_free=0)
    database.write(lambda db: db.execute("CREATE TABLE letters(name TEXT PRIMARY KEY)"))
    yield database
    database.close()


def put(name: str) -> Write:
    return lambda db: db.execute("INSERT INTO letters VALUES(?)", (name,))


def stumble(db: sqlite3.Connection) -> None:
    put("half done")(db)
    raise LookupError("no such drawer")


def at_once(database: Database, *changes: Write) -> list[Future[None]]:
    """They wait behind somebody who writes until all of them are there; answers when all are done."""
    with ThreadPoolExecutor(len(changes)) as pool:
        def until_all_wait(_: sqlite3.Connection) -> list[Future[None]]:
            futures = [pool.submit(database.write, change) for change in changes]
            while database.writers.behind < len(changes):
                threading.Event().wait(0.001)
            return futures
        return database.write(until_all_wait)


def names(database: Database) -> set[str]:
    return {row[0] for row in database.all("SELECT name FROM letters")}


def test_those_who_wait_are_committed_together(database: Database) -> None:
    seen: list[str] = []
    database.write(lambda db: db.set_trace_callback(seen.append))

    at_once(database, *(put(f"letter {number}") for number in range(6)))

    assert len(names(database)) == 6
    assert seen.count("COMMIT") == 3  # one when the trace was set, one of who came first, one for all


def test_who_stumbles_takes_nobody_along(database: Database) -> None:
    futures = at_once(database, put("before"), stumble, put("after"))

    assert names(database) == {"before", "after"}
    assert [type(future.exception()) for future in futures] == [type(None), LookupError, type(None)]


def test_who_takes_a_name_that_is_taken_is_told_alone(database: Database) -> None:
    futures = at_once(database, put("one"), put("one"), put("two"))

    assert names(database) == {"one", "two"}
    assert sum(isinstance(future.exception(), sqlite3.IntegrityError) for future in futures) == 1


def test_a_full_disk_takes_nothing_that_was_accepted(database: Database) -> None:
    [[pages]] = database.all("PRAGMA page_count")
    database.write(lambda db: db.execute(f"PRAGMA max_page_count={pages}"))

    futures = at_once(database, put("small"), put("large" * 10_000), put("also small"))

    accepted = {name for name, future in zip(("small", "large", "also small"), futures, strict=True)
                if future.exception() is None}
    assert names(database) == accepted
    assert isinstance(futures[1].exception(), StoreFull)


def interrupt(db: sqlite3.Connection) -> None:
    put("interrupted")(db)
    raise KeyboardInterrupt


def test_who_is_interrupted_while_writing_leaves_the_others_to_the_next(database: Database) -> None:
    futures = at_once(database, interrupt, put("before"), put("after"))

    assert names(database) == {"before", "after"}
    assert [type(future.exception()) for future in futures] == [KeyboardInterrupt, type(None), type(None)]


@pytest.fixture
def heard() -> Iterator[None]:
    """Ctrl-C raises, though whoever started this in the background had it passed over."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heard")
def test_who_is_interrupted_while_waiting_writes_nothing_and_holds_nobody_up(database: Database) -> None:
    this, began = threading.get_ident(), threading.Event()

    def interrupt_who_waits(_: sqlite3.Connection) -> None:
        began.set()
        while database.writers.behind == 0:
            threading.Event().wait(0.001)
        signal.pthread_kill(this, signal.SIGINT)
        while database.writers.behind == 1:
            threading.Event().wait(0.001)

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(database.write, interrupt_who_waits)
        began.wait()
        with pytest.raises(KeyboardInterrupt):
            database.write(put("never"))
    database.write(put("afterwards"))

    assert writing.exception() is None
    assert names(database) == {"afterwards"}
