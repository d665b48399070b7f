"""(c) From the commit to somebody else's consumer at 100 commands a second, web and worker each a process of its own,
against a producer and a consumer that nothing stands between."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from statistics import quantiles
from threading import Thread
from typing import Any

import orjson
from kafka import KafkaProducer

from shared.messaging.log import Topic
from shared.runtime.engines import open_log
from tests.bench.commands import signed_in
from tests.bench.figures import Contest, Demand, Figures, Sides
from tests.bench.load import Load
from tests.bench.notes import NOTES
from tests.bench.serving import command, running, served
from tests.bench.topics import Listener, Sent
from tests.bench.workbench import Workbench
from tests.engines.child import free_port

BARE = Topic("bench.sent-by-hand.v1")
A_SECOND = 100.0


@dataclass
class Post:
    """When each record left and when it came, by its key; and what came."""

    left: dict[str, float] = field(default_factory=dict)
    came: dict[str, float] = field(default_factory=dict)
    records: list[Sent] = field(default_factory=list)

    def receive(self, record: Any) -> None:
        self.came[record.key.decode()] = time.time()
        self.records.append(Sent(record.key, record.value, tuple(record.headers)))

    def figures(self) -> Figures:
        """Milliseconds. Raises AssertionError when something left and did not come."""
        assert self.left.keys() == self.came.keys(), "what left and what came differ"
        hundredths = quantiles([1_000 * (self.came[key] - at) for key, at in self.left.items()], n=100)
        return {"p50": hundredths[49], "p99": hundredths[98]}


def measured(listener: Listener, count: int, send: Callable[[Post], object]) -> Post:
    """Sends while somebody listens."""
    post = Post()
    hearing = Thread(target=listener.each, args=(count, post.receive))
    hearing.start()
    send(post)
    hearing.join()
    return post


@dataclass
class Ours:
    """The time of a commit is told by the process that made it."""

    load: Load
    listener: Listener
    records: list[Sent] = field(default_factory=list)

    def __call__(self, size: int) -> Figures:
        post = measured(self.listener, size, lambda post: self.load.evenly(size, A_SECOND, self._committed(post)))
        self.records = post.records
        return post.figures()

    @staticmethod
    def _committed(post: Post) -> Callable[[Any, bytes], None]:
        def note(answer: Any, content: bytes) -> None:
            post.left[orjson.loads(content)["id"]] = float(answer.headers["Committed-At"])
        return note


@dataclass
class Theirs:
    """Sends what ours sent last, at the same rate, each record at once."""

    producer: KafkaProducer
    listener: Listener
    ours: Ours

    def __call__(self, size: int) -> Figures:
        return measured(self.listener, size, self._send).figures()

    def _send(self, post: Post) -> None:
        began = time.perf_counter()
        for number, one in enumerate(self.ours.records):
            time.sleep(max(0.0, began + number / A_SECOND - time.perf_counter()))
            post.left[one.key.decode()] = time.time()
            self.producer.send(BARE.name, key=one.key, value=one.value, headers=list(one.headers))


@contextmanager
def opened(bench: Workbench) -> Iterator[Sides]:
    with closing(open_log(bench.kafka.url)) as log:
        log.create_topics([NOTES, BARE])
    with ExitStack() as stack:
        ours = Ours(stack.enter_context(_house(bench)), stack.enter_context(closing(_listener(bench, NOTES))))
        producer = stack.enter_context(closing(KafkaProducer(bootstrap_servers=bench.kafka.bootstrap, acks="all")))
        theirs = Theirs(producer, stack.enter_context(closing(_listener(bench, BARE))), ours)
        yield Sides(ours, theirs, lambda: None)


@contextmanager
def _house(bench: Workbench) -> Iterator[Load]:
    folder, port = bench.folder(), free_port()
    key, headers = signed_in()
    environ = {**key, "STORE_URL": f"sqlite:{folder}", "EVENTS_URL": bench.kafka.url, "PROBE_PORT": str(port)}
    with (served("tests.bench.notes_web:open_app()", folder, environ) as web,
          running(command("tests.bench.notes_worker", environ=environ), folder, port),
          closing(Load(web, headers)) as load):
        yield load


def _listener(bench: Workbench, topic: Topic) -> Listener:
    return Listener(bench.kafka.bootstrap, topic.name)


CONTEST = Contest("latency-kafka", opened, 1_000, [Demand("latency-p50", "p50", "ms", "<=", 25.0),
                                                   Demand("latency-p99", "p99", "ms", "<=", 10.0)])
