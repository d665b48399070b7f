"""The two pairs of engines under a run: SQLite with the embedded log, and a MongoDB-compatible server with Kafka."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from tests.engines.kafka_server import KafkaServer
from tests.engines.mongo_server import MongoServer

BROKER, STORE = "broker", "store"
Server = KafkaServer | MongoServer


@dataclass(frozen=True)
class Engines:
    """`environ` leads services to them; `servers` may be killed; `day` is how many seconds a domain day lasts, long
    enough that a restarted server is back before mails are too old to be sent; `pause` lies between two kills."""

    environ: Mapping[str, str]
    versions: Mapping[str, str]
    day: float
    pause: tuple[float, float]
    threads: int
    servers: Mapping[str, Server] = field(default_factory=dict)


@contextmanager
def embedded(folder: Path) -> Iterator[Engines]:
    """Files in the folder, written to the disk at every commit."""
    yield Engines({"STORE_URL": f"sqlite:{folder}?min_free=0", "EVENTS_URL": f"embedded:{folder}?min_free=0"},
                  {"sqlite": sqlite3.sqlite_version}, day=3.0, pause=(0.02, 0.4), threads=4)


@contextmanager
def cluster(_folder: Path) -> Iterator[Engines]:
    """The broker lets a member go after 1.5 seconds, so that killed workers hold nobody up for long. The pause between
    two kills leaves a broker that begins enough of the machine to be back within a few seconds."""
    with ExitStack() as stack:
        mongo, kafka = stack.enter_context(MongoServer(durable=True)), stack.enter_context(KafkaServer())
        versions = {"kafka": "4.3.1", "mongo-java-server": "1.47.0", "kafka-python": version("kafka-python"),
                    "pymongo": version("pymongo")}
        yield Engines({"STORE_URL": mongo.url, "EVENTS_URL": kafka.url}, versions, day=15.0, pause=(0.3, 1.5),
                      threads=6, servers={BROKER: kafka, STORE: mongo})


PAIRS: dict[str, Callable[[Path], AbstractContextManager[Engines]]] = {"embedded": embedded, "cluster": cluster}
