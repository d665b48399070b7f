"""A service's worker: relay, consumer and clock, each a small loop with a heartbeat."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

import structlog
from prometheus_client import Histogram

from shared.audit.handing_over import AuditedLog
from shared.kernel.alive import heard_by
from shared.kernel.clock import SystemClock
from shared.kernel.errors import DomainError, Unavailable
from shared.kernel.ids import new_id
from shared.messaging.clock_loop import ClockLoop, Ticking
from shared.messaging.consumer import Consumer
from shared.messaging.dead_letters import DeadLetters, Handler, describe
from shared.messaging.envelope import Received
from shared.messaging.relay import Relay
from shared.runtime.backbone import Backbone

log = structlog.get_logger("worker")

DEAD_AFTER = 60.0
"""Seconds without a heartbeat after which a loop counts as dead."""
DRAIN = 7.0
"""Seconds to finish what is in hand when it is time to stop: with what is to be closed, less than ten."""
STUCK_LOOK = 10.0
LONGEST_REST = 2.0
"""Seconds between two tries to publish while the log is away."""


@dataclass
class Worker:
    """`handlers` by event type, `topics` they come from, `ticking` what has timers, `keep` what fills a projection, by
    topic, for a rebuild.

    In threads: `start`, then `stop`, which drains. In a test or a rehearsal: `settle`.
    """

    backbone: Backbone
    handlers: Mapping[str, Handler]
    topics: Sequence[str]
    ticking: Sequence[Ticking]
    keep: Mapping[str, Handler] = field(default_factory=dict)
    dead_after: float = DEAD_AFTER
    stopping: threading.Event = field(default_factory=threading.Event)
    beats: dict[str, float] = field(default_factory=dict)
    _threads: list[threading.Thread] = field(default_factory=list)
    _consumer: Consumer | None = None
    _looked: float = 0.0
    _stuck: int = 0

    def __post_init__(self) -> None:
        backbone = self.backbone
        self.handler_seconds = Histogram("handler_seconds", "how long the effect of an event takes", ["type"],
                                         registry=None)
        self.handlers = {kind: self._timed(kind, handler) for kind, handler in self.handlers.items()}
        self.dead_letters = DeadLetters(backbone.service, backbone.parked_keys, self.handlers, SystemClock(),
                                        backbone.foreign)
        self.outbox = backbone.store.outbox()
        published = AuditedLog(backbone.log.publish, lambda: backbone.trail)
        self.relay = Relay(self.outbox, published, SystemClock(), new_id())
        self.clock = ClockLoop(self.ticking, backbone.clock, backbone.failing_timers, self.stopping.is_set,
                               backbone.store.ringing)

    def _timed(self, kind: str, handler: Handler) -> Handler:
        def handle(event: Received) -> object:
            with self.handler_seconds.labels(kind).time():
                return handler(event)
        return handle

    @property
    def consumer(self) -> Consumer:
        """Joins the group when first asked for."""
        if self._consumer is None:
            with ExitStack() as otherwise:  # a member that nobody polls would keep its share of the group
                subscription = self.backbone.log.subscribe(self.backbone.service, self.topics)
                otherwise.callback(subscription.close)
                self._consumer = Consumer(subscription, self.handlers, self.dead_letters, self.backbone.positions,
                                          self.stopping.is_set)
                otherwise.pop_all()
        return self._consumer

    def consume(self, timeout: float = 0.2) -> int:
        """One step of the consumer; a stuck subscription is given up and made anew."""
        done = self.consumer.step(timeout)
        if time.monotonic() > self._looked + STUCK_LOOK:
            self._looked = time.monotonic()
            self._look_after_consumer(done)
        return done

    def publish(self) -> int:
        """One step of the relay; a log that takes nothing is asked again after a while, however much is saved."""
        done = self.relay.step()
        if self.relay.refused:
            self.stopping.wait(min(0.05 * 2 ** min(self.relay.refused, 10), LONGEST_REST))
        return done

    def _look_after_consumer(self, done: int) -> None:
        if done:
            self._stuck = 0
        elif self.consumer.subscription.stuck():
            self._stuck += 1
            log.error("consumer_stuck", service=self.backbone.service, times=self._stuck)
            self._leave()

    def _leave(self) -> None:
        if self._consumer:
            self._consumer.close()
            self._consumer = None

    def step(self) -> int:
        """One step of everything, without waiting; answers how much was done."""
        return (self.clock.step() + self.relay.step() + self.consumer.step(0) + self.consumer.retry_at_once())

    def settle(self, limit: int = 10_000) -> int:
        """Steps until nothing is left to do now; answers how many steps did something."""
        done = 0
        for _ in range(limit):
            if self.step():
                done += 1
            elif not self.topics or self.consumer.held_up or self.consumer.subscription.caught_up():
                self.backbone.positions.keep(self.consumer.subscription, at_once=True)
                return done
            else:
                done += bool(self.consumer.step(0.05))
        raise RuntimeError(f"{self.backbone.service} does not settle")

    def start(self) -> None:
        """Begins the loops, each in a thread of its own."""
        loops: list[tuple[str, Callable[[], int], threading.Event | None]] = [
            ("relay", self.publish, self.backbone.wake), ("clock", self.clock.step, None)]
        if self.topics:
            loops.append(("consumer", self.consume, None))
        for name, step, wake in loops:
            thread = threading.Thread(target=self._run, args=(name, step, wake), name=f"{self.backbone.service}-{name}",
                                      daemon=True)
            self._threads.append(thread)
            thread.start()

    def _run(self, name: str, step: Callable[[], int], wake: threading.Event | None) -> None:
        first, longest = self._pauses(name)
        pause = first
        with heard_by(lambda: self._beat(name)):
            while not self.stopping.is_set():
                self._beat(name)
                busy = self._stepped(name, step) or self._rest(wake, pause)
                pause = first if busy else min(1.5 * pause, longest)
        if name == "consumer":
            self._leave()

    def _beat(self, name: str) -> None:
        self.beats[name] = time.monotonic()

    def _stepped(self, name: str, step: Callable[[], int]) -> int:
        try:
            return step()
        except Exception as error:
            known = isinstance(error, DomainError)
            log.error("loop_failed", loop=name, error=describe(error), exc_info=not known)
            self.stopping.wait(0.5)
            return 0

    def _pauses(self, name: str) -> tuple[float, float]:
        """Seconds between two looks for work: the first, and the longest after nothing was found again and again. The
        consumer waits at the log instead."""
        first, longest = self.backbone.store.looks
        least = {"relay": 0.0, "clock": 0.05}
        return (max(first, least[name]), max(longest, least[name])) if name in least else (0.0, 0.0)

    def _rest(self, wake: threading.Event | None, pause: float) -> bool:
        """Whether somebody said that there is work."""
        if wake is None:
            self.stopping.wait(pause)
        elif wake.wait(pause):
            wake.clear()
            return True
        return False

    def alive(self) -> bool:
        """Whether every loop has been seen lately; never asks store or log."""
        return all(time.monotonic() - beat < self.dead_after for beat in list(self.beats.values()))

    def ready(self) -> None:
        """Raises Unavailable while the store or the log does not answer or the consumer gets nothing of what is there,
        Halted when it has stopped itself."""
        self.backbone.ready()
        if self._stuck > 1:
            raise Unavailable("the consumer was made anew and gets nothing though there is more: restart this worker")
        if self._consumer and self._consumer.halted:
            raise Halted("too many keys are parked: see dead-letters list")

    def stop(self, seconds: float = DRAIN) -> None:
        """Finishes what is in hand, commits, leaves the group; what a batch had still to do is left to the next."""
        self.stopping.set()
        self.backbone.wake.set()
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        if not self._threads:
            self._leave()


class Halted(DomainError):
    """The consumer has stopped itself."""

    code = "consumer-halted"
