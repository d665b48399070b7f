"""The event log in one SQLite file: offsets appear in the order of commits, so a reader never skips one."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from shared.embedded.subscription import EmbeddedSubscription, record
from shared.kernel.points import reached
from shared.messaging.envelope import Outgoing
from shared.messaging.log import Lag, Record, Topic
from shared.sqlite.database import Database
from shared.sqlite.outbox import envelope_text
from shared.sqlite.writers import Connection

_COMPACT = ("DELETE FROM records WHERE topic=?1 AND at<?2 AND EXISTS(SELECT 1 FROM records newer WHERE newer.topic=?1 "
            "AND newer.key=records.key AND newer.offset>records.offset)")
_EXPIRE = "DELETE FROM records WHERE topic=?1 AND at<?2"
_TIDY_EVERY = 20_000
"""Records, or an hour: whatever comes first."""
_TIDY_SECONDS = 3_600.0
_DAY = 86_400.0


class EmbeddedLog:
    """Topics with one partition each. Records of compacted topics stay until a newer one of their key came and their
    lag is over, all others as long as their topic keeps them. `seconds` is the machine's time."""

    def __init__(self, database: Database, seconds: Callable[[], float] = time.time) -> None:
        self.database, self._seconds = database, seconds
        self.appended = threading.Condition()
        self._topics: dict[str, tuple[bool, float]] = {}
        self._since_tidy, self._next_tidy = 0, seconds() + _TIDY_SECONDS
        with database.preparing() as db:
            db.execute("CREATE TABLE IF NOT EXISTS topics(name TEXT PRIMARY KEY, compacted INTEGER NOT NULL, "
                       "days REAL NOT NULL)")
            db.execute("CREATE TABLE IF NOT EXISTS records(offset INTEGER PRIMARY KEY AUTOINCREMENT, "
                       "topic TEXT NOT NULL, key TEXT NOT NULL, event BLOB NOT NULL, "
                       "at REAL NOT NULL DEFAULT (CAST(strftime('%s', 'now') AS REAL)))")
            db.execute("CREATE INDEX IF NOT EXISTS records_topic ON records(topic, offset)")
            db.execute("CREATE TABLE IF NOT EXISTS positions(grp TEXT, topic TEXT, offset INTEGER NOT NULL, "
                       "PRIMARY KEY(grp, topic))")

    def create_topics(self, topics: Sequence[Topic]) -> None:
        rows = [(topic.name, topic.compacted, topic.kept_days) for topic in topics]
        self.database.write(lambda db: db.executemany("INSERT OR REPLACE INTO topics VALUES(?,?,?)", rows))
        self._topics.clear()

    def _known(self) -> dict[str, tuple[bool, float]]:
        if not self._topics:
            rows = self.database.all("SELECT name, compacted, days FROM topics")
            self._topics = {name: (bool(compacted), days) for name, compacted, days in rows}
        return self._topics

    def publish(self, events: Sequence[Outgoing]) -> list[Outgoing]:
        taken = self._takeable(events)
        now = self._seconds()
        rows = [(event.topic, event.key, envelope_text(event), now) for event in taken]
        self.database.write(lambda db: self._append(db, rows))
        with self.appended:
            self.appended.notify_all()
        self._since_tidy += len(taken)
        self._tidy_in_time()
        return taken

    @staticmethod
    def _append(db: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
        db.executemany("INSERT INTO records(topic, key, event, at) VALUES(?,?,?,?)", rows)
        reached("relay-after-send")

    def _takeable(self, events: Sequence[Outgoing]) -> list[Outgoing]:
        """Without those to topics that do not exist, and without what follows them in their source."""
        refused: set[str] = set()
        taken: list[Outgoing] = []
        for event in events:
            if event.topic not in self._known():
                self._topics.clear()
            if event.topic not in self._known() or event.source in refused:
                refused.add(event.source)
            else:
                taken.append(event)
        return taken

    def _tidy_in_time(self) -> None:
        """Also when nothing is published any more: whoever polls looks at the time."""
        if self._since_tidy >= _TIDY_EVERY or self._seconds() >= self._next_tidy:
            self.tidy()

    def tidy(self) -> None:
        """Of every key of a compacted topic the last record stays, and what is younger than the topic's lag; of other
        topics what is young enough."""
        now, known = self._seconds(), self._known()
        self._since_tidy, self._next_tidy = 0, now + _TIDY_SECONDS

        def expire(db: Connection) -> None:
            db.execute("CREATE INDEX IF NOT EXISTS records_key ON records(topic, key, offset)")
            for name, (compacted, days) in known.items():
                db.execute(_COMPACT if compacted else _EXPIRE, (name, now - days * _DAY))
        self.database.write(expire)

    def subscribe(self, group: str, topics: Sequence[str]) -> EmbeddedSubscription:
        return EmbeddedSubscription(self.database, self.appended, group, tuple(topics), self._tidy_in_time)

    def read(self, topics: Sequence[str], *, follow: bool = False) -> Iterator[Record]:
        marks, last = ",".join("?" * len(topics)), 0
        while True:
            rows = self.database.all(f"SELECT offset, topic, key, event FROM records WHERE topic IN ({marks}) "
                                     f"AND offset>? ORDER BY offset LIMIT 500", [*topics, last])
            yield from (record(*row) for row in rows)
            if not rows and not follow:
                return
            last = rows[-1][0] if rows else last
            if not rows:
                time.sleep(0.05)

    def latest(self, limit: int) -> list[Record]:
        """The newest records of all topics, newest first."""
        rows = self.database.all("SELECT offset, topic, key, event FROM records ORDER BY offset DESC LIMIT ?", (limit,))
        return [record(*row) for row in rows]

    def lag(self, group: str, topics: Sequence[str]) -> Lag:
        positions = dict(self.database.all("SELECT topic, offset FROM positions WHERE grp=?", (group,)))
        behind = {topic: self.database.one("SELECT count(*) FROM records WHERE topic=? AND offset>?",
                                           (topic, positions.get(topic, 0))) for topic in topics}
        return Lag(group, {topic: int(row[0]) if row else 0 for topic, row in behind.items()})

    def ping(self) -> None:
        self.database.one("SELECT 1")

    def describe(self) -> dict[str, str]:
        compacted = [compacted for compacted, _ in self._known().values()]
        return {"engine": "embedded", **self.database.describe(),
                "compaction": f"of {sum(compacted)} of {len(compacted)} topics, every hour"}

    def close(self) -> None:
        self.database.close()
