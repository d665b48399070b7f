"""Consumers that somebody would write with kafka-python, or with sqlite3 on a log in a file."""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import orjson
from kafka import KafkaConsumer

from shared.messaging.log import Topic
from shared.store.documents import Document
from tests.bench.bare import EMPTY

READ = Topic("bench.read.v1")
PATIENCE = 60.0
Insert = Callable[[Document], object]


class BareConsumer(Protocol):
    """Reads on from where it was."""

    def consume(self, count: int, insert: Insert) -> None:
        """Inserts a document for each of so many events. Raises AssertionError when other numbers come."""

    def close(self) -> None: ...


class BareKafka:
    """A member of a group that commits after every poll."""

    def __init__(self, bootstrap: str) -> None:
        self._consumer = KafkaConsumer(bootstrap_servers=bootstrap, group_id="bare", enable_auto_commit=False,
                                       auto_offset_reset="earliest", max_poll_records=500)
        self._consumer.partitions_for_topic(READ.name)
        self._consumer.subscribe([READ.name])

    def consume(self, count: int, insert: Insert) -> None:
        done, deadline = 0, time.monotonic() + PATIENCE
        while done < count and time.monotonic() < deadline:
            found = self._consumer.poll(timeout_ms=200)
            for records in found.values():
                for record in records:
                    attributes = {name: value.decode() for name, value in record.headers}
                    insert(copied(record.key.decode(), attributes["ce_source"], attributes["ce_sequence"],
                                  orjson.loads(record.value)))
                done += len(records)
            if found:
                self._consumer.commit()
        assert done == count, f"{done} of {count} events came"

    def close(self) -> None:
        self._consumer.close()


class BareEmbedded:
    """Reads the file of the embedded log 500 rows at a time, and keeps its place in a file of its own."""

    def __init__(self, path: Path) -> None:
        self._log = sqlite3.connect(path, isolation_level=None)
        self._place = sqlite3.connect(path.with_name("bare-place.db"), isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            self._place.execute(f"PRAGMA {pragma}")
        self._place.execute("CREATE TABLE IF NOT EXISTS place(id INTEGER PRIMARY KEY, at INTEGER NOT NULL)")
        self._at = 0

    def consume(self, count: int, insert: Insert) -> None:
        done = 0
        while rows := self._log.execute("SELECT offset, key, event FROM records WHERE topic=? AND offset>? "
                                        "ORDER BY offset LIMIT 500", (READ.name, self._at)).fetchall():
            for self._at, key, text in rows:
                event = orjson.loads(text)
                insert(copied(key, event["source"], event["sequence"], event["data"]))
            self._place.execute("INSERT OR REPLACE INTO place VALUES(1, ?)", (self._at,))
            done += len(rows)
        assert done == count, f"{done} of {count} events came"

    def close(self) -> None:
        self._log.close()
        self._place.close()


def copied(key: str, source: str, sequence: str, data: dict[str, Any]) -> Document:
    """The document that ours keeps too, with its memory of the event."""
    return {**EMPTY, "_id": key, "author": data["author"], "text": data["text"],
            "applied": [f"{READ.name} {source} {sequence}"]}
