"""One consumer of a group on the embedded log: a group's turn belongs to one process at a time."""

import threading
import time
from collections.abc import Callable, Sequence

from shared.messaging.envelope import Received, Unreadable
from shared.messaging.log import Record
from shared.sqlite.database import Database
from shared.sqlite.files import Turn
from shared.sqlite.outbox import envelope_fields

_BATCH = 500
_LOOK = 0.01
"""Seconds between two looks: another process may have appended, and nobody tells us."""


def record(offset: int, topic: str, key: str, event: bytes) -> Record:
    """A stored row as a consumer gets it."""
    try:
        return Received(**envelope_fields(event), offset=offset)
    except (ValueError, KeyError, TypeError) as error:
        return Unreadable(topic=topic, key=key, partition=0, offset=offset, error=type(error).__name__, value=event,
                          headers=())


class EmbeddedSubscription:
    """Positions are the last offset handled, by topic. `between` is done before each poll."""

    def __init__(self, database: Database, appended: threading.Condition, group: str, topics: tuple[str, ...],
                 between: Callable[[], None]) -> None:
        self._db, self._appended, self._group, self._topics = database, appended, group, topics
        self._turn, self._between = Turn(f"{database.path}.{group}.group"), between
        self._positions: dict[str, int] = {}
        self._paused: set[str] = set()
        self._seen = -1
        self._committed: dict[str, int] = {}

    def poll(self, timeout: float) -> Sequence[Record]:
        self._between()
        deadline = time.monotonic() + timeout
        while not self._ready() or not (found := self._look()):
            left = deadline - time.monotonic()
            if left <= 0:
                return []
            with self._appended:
                self._appended.wait(min(_LOOK, left))
        return found

    def _ready(self) -> bool:
        if not self._turn.mine():
            return False
        if not self._positions:
            stored = dict(self._db.all("SELECT topic, offset FROM positions WHERE grp=?", (self._group,)))
            self._positions = {topic: stored.get(topic, 0) for topic in self._topics}
            self._committed = dict(self._positions)
        return True

    def _look(self) -> list[Record]:
        end = self._end()
        if end == self._seen:
            return []
        found: list[Record] = []
        for topic in self._topics:
            if topic not in self._paused:
                found += self._of(topic, _BATCH - len(found))
        if not found:
            self._seen = end
        return found

    def _end(self) -> int:
        row = self._db.one("SELECT max(offset) FROM records")
        return int(row[0] or 0) if row else 0

    def _of(self, topic: str, limit: int) -> list[Record]:
        rows = self._db.all("SELECT offset, topic, key, event FROM records WHERE topic=? AND offset>? "
                            "ORDER BY offset LIMIT ?", (topic, self._positions[topic], max(limit, 0)))
        if rows:
            self._positions[topic] = rows[-1][0]
        return [record(*row) for row in rows]

    def rewind(self, record: Record) -> None:
        self._positions[record.topic] = min(self._positions[record.topic], record.offset - 1)
        self._seen = -1

    def pause(self, topic: str, partition: int) -> None:  # noqa: ARG002 - one partition a topic
        self._paused.add(topic)

    def resume(self, topic: str, partition: int) -> None:  # noqa: ARG002 - one partition a topic
        self._paused.discard(topic)
        self._seen = -1

    def commit(self) -> None:
        moved = [(self._group, topic, offset) for topic, offset in self._positions.items()
                 if offset != self._committed.get(topic)]
        if moved and self._turn.mine():
            self._db.write(lambda db: db.executemany(
                "INSERT INTO positions VALUES(?,?,?) ON CONFLICT(grp, topic) DO UPDATE SET offset=excluded.offset",
                moved))
            self._committed = dict(self._positions)

    def positions(self) -> dict[str, int]:
        return {f"{topic}:0": offset + 1 for topic, offset in self._positions.items()}

    def seek(self, positions: dict[str, int]) -> None:
        for place, following in positions.items():
            topic = place.rpartition(":")[0]
            if following - 1 < self._positions.get(topic, 0):
                self._positions[topic] = following - 1
        self._seen = -1

    def caught_up(self) -> bool:
        return bool(self._positions) and self._end() == self._seen

    def stuck(self) -> bool:
        """Never: whoever holds the turn reads."""
        return False

    def close(self) -> None:
        self._turn.close()
