"""The documents of an import, as somebody would insert them with sqlite3 alone."""

import gc
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any

from shared.sqlite.database import ROOM_TO_WRITE

AT_ONCE = 200


@dataclass(frozen=True)
class Table:
    """`made`: its statement, and those of its indexes. Cells of `rows` that hold JSON are documents."""

    name: str
    made: list[str]
    rows: list[list[Any]]


def inserted(kept: Path, folder: Path) -> float:
    """Seconds of the processor for all that is in the databases of a town that has done nothing but import: people,
    what is left of the file, the audit log, the event log and what waits to be told to them. Into the same tables with
    the same indexes and settings, each document encoded with json, as many to a commit as the import has."""
    databases = [[*_tables(file)] for file in sorted(kept.glob("*.db"))]
    gc.collect()
    gc.freeze()  # what is inserted is not searched for garbage meanwhile
    begun = process_time()
    for number, tables in enumerate(databases):
        with closing(sqlite3.connect(folder / f"bare{number}.db")) as database:
            for setting in ("journal_mode=WAL", "synchronous=NORMAL", *ROOM_TO_WRITE):
                database.execute(f"PRAGMA {setting}")
            for table in tables:
                _insert(database, table)
    seconds = process_time() - begun
    gc.unfreeze()
    return seconds


def _tables(file: Path) -> Iterator[Table]:
    with closing(sqlite3.connect(file)) as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        for (name,) in names.fetchall():
            made = database.execute("SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql NOT NULL "
                                    "ORDER BY type DESC", (name,)).fetchall()
            rows = database.execute(f'SELECT * FROM "{name}"').fetchall()
            yield Table(name, [sql for (sql,) in made], [[*map(_document, row)] for row in rows])


def _document(cell: Any) -> Any:
    try:
        found = json.loads(cell)
    except (TypeError, ValueError):
        return cell
    return found if isinstance(found, dict) else cell


def _insert(database: sqlite3.Connection, table: Table) -> None:
    for sql in table.made:
        database.execute(sql)
    for first in range(0, len(table.rows), AT_ONCE):
        for row in table.rows[first:first + AT_ONCE]:
            cells = [json.dumps(cell) if isinstance(cell, dict) else cell for cell in row]
            database.execute(f'INSERT INTO "{table.name}" VALUES ({", ".join("?" for _ in cells)})', cells)
        database.commit()
