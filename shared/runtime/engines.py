"""Two engines behind one URL each: `sqlite:` or `mongodb:` for documents, `embedded:` or `kafka:` for events."""

import threading
from urllib.parse import parse_qs, urlsplit

from shared.kernel.clock import Clock, SystemClock
from shared.messaging.log import EventLog
from shared.runtime.backbone import Backbone
from shared.store.documents import Store


def _folder(url: str) -> tuple[str, str, float]:
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    synchronous = query.get("synchronous", ["FULL"])[0].upper()
    if synchronous not in ("FULL", "NORMAL"):
        raise ValueError(f"synchronous is FULL or NORMAL, not {synchronous}")
    return parts.netloc + parts.path, synchronous, float(query.get("min_free", ["0.05"])[0])


def open_store(url: str, service: str) -> Store:
    """The store of a service. `sqlite:FOLDER[?synchronous=NORMAL][&min_free=0.05]` or `mongodb://…`.

    Raises ValueError for another scheme, Unavailable. Open it after a fork, never before.
    """
    scheme = url.partition(":")[0]
    if scheme == "sqlite":
        from shared.sqlite.database import Database
        from shared.sqlite.documents import SqliteStore

        folder, synchronous, min_free = _folder(url)
        database = Database(f"{folder}/{service}.db", synchronous=synchronous, min_free=min_free)
        with database.closed_on_failure():
            return SqliteStore(database, service)
    if scheme in ("mongodb", "mongodb+srv"):
        from shared.mongo.store import MongoStore

        return MongoStore(url, service)
    raise ValueError(f"a store's URL begins with sqlite: or mongodb:, not {scheme}:")


def open_log(url: str) -> EventLog:
    """The event log. `embedded:FOLDER` or `kafka://…` as `shared.kafka.urls.read` says.

    Raises ValueError for another scheme, Unavailable. Open it after a fork, never before.
    """
    scheme = url.partition(":")[0]
    if scheme == "embedded":
        from shared.embedded.log import EmbeddedLog
        from shared.sqlite.database import Database

        folder, synchronous, min_free = _folder(url)
        database = Database(f"{folder}/events.db", synchronous=synchronous, min_free=min_free)
        with database.closed_on_failure():
            return EmbeddedLog(database)
    if scheme == "kafka":
        from shared.kafka.log import KafkaLog

        return KafkaLog.from_url(url)
    raise ValueError(f"an event log's URL begins with embedded: or kafka:, not {scheme}:")


def open_backbone(service: str, store_url: str, log: EventLog, clock: Clock | None = None) -> Backbone:
    """A service's ground on these engines."""
    return Backbone(service, open_store(store_url, service), log, clock or SystemClock(), threading.Event())
