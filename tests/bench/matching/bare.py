"""The documents of an import, as somebody would insert them with sqlite3 alone."""

import sqlite3
from pathlib import Path
from time import process_time

import orjson

from tests.bench.matching.town import Town

AT_ONCE = 200


def inserted(town: Town, folder: Path) -> float:
    """Seconds of the processor for everybody in the directory, as many to a commit as the import has: id and JSON."""
    everybody = town.house.matching.people.store.each({})
    people = [(one.id, orjson.loads(orjson.dumps(one, default=str))) for one in everybody]
    begun = process_time()
    with sqlite3.connect(folder / "bare.db") as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute("CREATE TABLE people (id TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID")
        for first in range(0, len(people), AT_ONCE):
            for person_id, body in people[first:first + AT_ONCE]:
                database.execute("INSERT INTO people VALUES (?, ?)", (person_id, orjson.dumps(body)))
            database.commit()
    seconds = process_time() - begun
    database.close()
    return seconds
