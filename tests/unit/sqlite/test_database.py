"""A database that many threads ask, each for a moment."""

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path

from shared.sqlite.database import Database


def open_files(path: Path) -> int:
    """How often this process has it open."""
    found = 0
    for one in os.listdir("/proc/self/fd"):
        with suppress(FileNotFoundError):
            found += os.readlink(f"/proc/self/fd/{one}") == str(path)
    return found


def test_threads_that_are_over_leave_no_connection_behind(tmp_path: Path) -> None:
    path = tmp_path / "service.db"
    with closing(Database(str(path))) as database:
        database.write(lambda db: db.execute("CREATE TABLE things(id TEXT)"))
        database.one("SELECT 1")
        before = open_files(path)

        for _ in range(20):
            with ThreadPoolExecutor(3) as pool:
                assert [*pool.map(lambda _: database.one("SELECT count(*) FROM things"), range(3))] == [(0,)] * 3

        assert open_files(path) <= before + 3, "SQLite keeps some for the next ones while a lock is held"
        database.write(lambda db: db.execute("INSERT INTO things VALUES('a')"))
        assert database.one("SELECT count(*) FROM things") == (1,)
    assert open_files(path) == 0
