"""(d) A consumer that writes a document for every event, against a bare one that inserts the same."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import partial

from shared.kernel.clock import SystemClock, iso
from shared.kernel.events import Sequence
from shared.kernel.ids import new_id
from shared.messaging.envelope import Outgoing
from shared.messaging.log import EventLog
from shared.runtime.engines import open_backbone, open_log
from shared.runtime.worker import Worker
from shared.store.conversion import event_data
from tests.bench import notes
from tests.bench.bare import BareSqlite
from tests.bench.bare_consumers import READ, BareConsumer, BareEmbedded, BareKafka
from tests.bench.figures import Contest, Demand, Figures, Sides
from tests.bench.notes import AUTHOR, Copy, NoteWritten, Reader
from tests.bench.workbench import Workbench

CLOCK = SystemClock()


@dataclass
class Ours:
    """The consumer of a worker. What it reads is published before the time is taken, and read by theirs too."""

    log: EventLog
    worker: Worker
    published: int = 0

    def __call__(self, size: int) -> Figures:
        self._publish(size)
        began, done = time.perf_counter(), 0
        while done < size:
            done += self.worker.consume()
        assert done == size, f"{done} of {size} events were handled"
        return {"rate": size / (time.perf_counter() - began)}

    def _publish(self, size: int) -> None:
        events = [_event(self.published + number) for number in range(size)]
        for start in range(0, size, 500):
            assert len(self.log.publish(events[start:start + 500])) == len(events[start:start + 500])
        self.published += size


@dataclass
class Theirs:
    """One transaction a document, as ours; the position is committed once a batch, as ours."""

    consumer: BareConsumer
    store: BareSqlite

    def __call__(self, size: int) -> Figures:
        began = time.perf_counter()
        self.consumer.consume(size, self.store.insert)
        return {"rate": size / (time.perf_counter() - began)}


def contest(engine: str, size: int) -> Contest:
    """From `kafka` or from the `embedded` log; documents on SQLite."""
    name = f"consumer-{engine}"
    return Contest(name, partial(opened, engine), size, [Demand(name, "rate", "events/s", ">=", 0.6)])


@contextmanager
def opened(engine: str, bench: Workbench) -> Iterator[Sides]:
    folder = bench.folder()
    with ExitStack() as stack:
        log = stack.enter_context(closing(open_log(bench.kafka.url if engine == "kafka" else f"embedded:{folder}")))
        log.create_topics([READ])
        backbone = stack.enter_context(closing(open_backbone("reader", f"sqlite:{folder}", log)))
        copies = backbone.repository(Copy, "copies")
        worker = Worker(backbone, {NoteWritten.type: Reader(copies).on_note_written}, (READ.name,), [])
        stack.callback(worker.stop)
        bare = stack.enter_context(closing(BareKafka(bench.kafka.bootstrap) if engine == "kafka"
                                           else BareEmbedded(folder / "events.db")))
        store = stack.enter_context(closing(BareSqlite(folder / "bare.db")))
        yield Sides(Ours(log, worker), Theirs(bare, store), lambda: notes.same(_all(copies), store.all()))


def _all(copies: notes.Repository[Copy]) -> list[notes.Document]:
    return copies.documents.find({}, limit=10_000_000).documents


def _event(number: int) -> Outgoing:
    note, now = new_id(), CLOCK.now()
    written = NoteWritten(note_id=note, author=AUTHOR, text=notes.text(number), written_at=now)
    return Outgoing(id=new_id(), source=f"/notes/notes/{note}", sequence=Sequence(1, 1), type=written.type,
                    topic=READ.name, key=note, time=iso(now), data=event_data(written))
