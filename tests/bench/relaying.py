"""(b) From the outbox to Kafka, against a loop that sends the very same records with a producer of its own."""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

from kafka import KafkaProducer

from shared.kernel.clock import SystemClock
from shared.kernel.ids import new_id
from shared.messaging.log import Topic
from shared.messaging.relay import Relay
from shared.runtime.backbone import Backbone
from shared.runtime.engines import open_backbone, open_log
from tests.bench.figures import Contest, Demand, Figures, Sides
from tests.bench.notes import AUTHOR, NOTES, Note, text
from tests.bench.topics import Listener, Sent
from tests.bench.workbench import Workbench

BARE = Topic("bench.relayed-by-hand.v1")
CLOCK = SystemClock()


@dataclass
class Ours:
    """Documents and outbox on SQLite."""

    backbone: Backbone
    listener: Listener
    written: int = 0
    sent: list[Sent] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._notes = self.backbone.repository(Note, "notes")
        self._relay = Relay(self.backbone.store.outbox(), self.backbone.log, CLOCK, new_id())

    def __call__(self, size: int) -> Figures:
        self._write(size)
        began = time.perf_counter()
        relayed = 0
        while relayed < size:
            relayed += self._relay.step()
        seconds = time.perf_counter() - began
        self.sent = self.listener.next(size)
        return {"rate": size / seconds}

    def _write(self, size: int) -> None:
        self._notes.add_many([Note.write(new_id(), AUTHOR, text(self.written + number), CLOCK.now())
                              for number in range(size)])
        self.written += size


@dataclass
class Theirs:
    """Sends what ours sent last, which lies in memory; waits for the acknowledgements at the end."""

    producer: KafkaProducer
    listener: Listener
    ours: Ours

    def __call__(self, size: int) -> Figures:
        began = time.perf_counter()
        futures = [self.producer.send(BARE.name, key=one.key, value=one.value, headers=list(one.headers))
                   for one in self.ours.sent]
        self.producer.flush()
        seconds = time.perf_counter() - began
        assert all(future.succeeded() for future in futures), "not everything was acknowledged"
        assert sorted(self.listener.next(size)) == sorted(self.ours.sent), "other records than theirs"
        return {"rate": size / seconds}


@contextmanager
def opened(bench: Workbench) -> Iterator[Sides]:
    log = open_log(bench.kafka.url)
    log.create_topics([NOTES, BARE])
    backbone = open_backbone("notes", f"sqlite:{bench.folder()}", log)
    with (closing(log), closing(backbone), closing(KafkaProducer(bootstrap_servers=bench.kafka.bootstrap, acks="all",
                                                                 allow_auto_create_topics=False)) as producer,
          closing(Listener(bench.kafka.bootstrap, NOTES.name)) as our_listener,
          closing(Listener(bench.kafka.bootstrap, BARE.name)) as their_listener):
        ours = Ours(backbone, our_listener)
        yield Sides(ours, Theirs(producer, their_listener, ours), lambda: None)


CONTEST = Contest("relay-kafka", opened, 10_000, [Demand("relay-kafka", "rate", "events/s", ">=", 0.6)])
