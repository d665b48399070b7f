"""The documents of an import, as somebody would insert them with sqlite3 alone."""

import sqlite3
from contextlib import closing
from pathlib import Path
from time import process_time

AT_ONCE = 200


def inserted(kept: Path, folder: Path) -> float:
    """Seconds of the processor for all that is in the databases of a town that has done nothing but import: people, the
    lines of the file, the audit log and the log of events; as many to a commit as the import has, without an index."""
    tables = [rows for file in sorted(kept.glob("*.db")) for rows in _tables(file)]
    begun = process_time()
    with closing(sqlite3.connect(folder / "bare.db")) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        for number, rows in enumerate(tables):
            _insert(database, f"t{number}", rows)
    return process_time() - begun


def _tables(file: Path) -> list[list[tuple[object, ...]]]:
    with closing(sqlite3.connect(file)) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return [rows for name in names if (rows := database.execute(f'SELECT * FROM "{name}"').fetchall())]


def _insert(database: sqlite3.Connection, table: str, rows: list[tuple[object, ...]]) -> None:
    columns = range(len(rows[0]))
    database.execute(f"CREATE TABLE {table} ({', '.join(f'c{number}' for number in columns)})")
    insert = f"INSERT INTO {table} VALUES ({', '.join('?' for _ in columns)})"
    for first in range(0, len(rows), AT_ONCE):
        for row in rows[first:first + AT_ONCE]:
            database.execute(insert, row)
        database.commit()
