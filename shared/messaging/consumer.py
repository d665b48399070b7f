"""From the log to the effect: in order by key, exactly once in effect, one bad event never stops the others."""

import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import structlog

from shared.kernel.errors import NotFound, Unavailable
from shared.kernel.points import reached
from shared.messaging.dead_letters import TRANSIENT, DeadLetters, Handler, describe
from shared.messaging.envelope import Received, Unreadable
from shared.messaging.handling import handling
from shared.messaging.log import Record, Subscription
from shared.messaging.positions import Positions

log = structlog.get_logger("consumer")

MOST_PARKED_A_MINUTE = 20
"""More keys parked for good than this mean that the code is wrong, not the events."""

LOOK_SECONDS = 60.0
"""Between two looks for what was refused so long ago that it is let go."""

Place = tuple[str, int]


@dataclass
class Consumer:
    """One member of a group. `handlers` by event type; types without one are passed over."""

    subscription: Subscription
    handlers: Mapping[str, Handler]
    dead_letters: DeadLetters
    positions: Positions
    stopping: Callable[[], bool] = lambda: False
    """Whether to leave what has not been begun of a batch to whoever comes next."""
    halted: bool = False
    _waiting: set[str] = field(default_factory=set)
    _pauses: dict[Place, tuple[float, float]] = field(default_factory=dict)
    _parked_lately: deque[float] = field(default_factory=lambda: deque(maxlen=MOST_PARKED_A_MINUTE))
    _next_retry: float = 0.0
    _next_look: float = 0.0

    def __post_init__(self) -> None:
        self._waiting = {_key(one.topic, one.key) for one in self.dead_letters.held_up()}

    def step(self, timeout: float = 0.2) -> int:
        """Handles one batch; answers how many records it moved on by, or that it went back."""
        if self.halted:
            time.sleep(timeout)
            return 0
        self._resume()
        self._retry_parked()
        self._let_go()
        records = self.subscription.poll(timeout)
        if self.positions.go_back(self.subscription, records):
            return 1
        stopped: set[Place] = set()
        done = sum(self._take(record, stopped) for record in records)
        if records:
            self.subscription.commit()
            reached("consumer-after-commit")
        self.positions.keep(self.subscription)
        return done

    @property
    def held_up(self) -> bool:
        """Whether something waits for a time that has not come, or for a human."""
        return self.halted or bool(self._pauses)

    def retry_at_once(self) -> int:
        """Tries what waits for a prerequisite without waiting for its time."""
        return self.dead_letters.retry(at_once=True)

    def _retry_parked(self) -> None:
        if self._waiting and time.monotonic() >= self._next_retry:
            self.dead_letters.retry()
            self._next_retry = time.monotonic() + 0.2

    def _let_go(self) -> None:
        if time.monotonic() >= self._next_look:
            self.dead_letters.let_go()
            self._next_look = time.monotonic() + LOOK_SECONDS

    def _take(self, record: Record, stopped: set[Place]) -> int:
        place = (record.topic, record.partition)
        if place in stopped:
            return 0
        if self.stopping():
            stopped.add(place)
            self.subscription.rewind(record)
            return 0
        try:
            self._handle(record)
        except TRANSIENT as error:
            stopped.add(place)
            self._come_again(record, place, type(error).__name__)
            return 0
        self._pauses.pop(place, None)
        return 1

    def _handle(self, record: Record) -> None:
        if isinstance(record, Unreadable):
            self._keep_whole(record)
        elif record.type in self.handlers and not self._waits(record):
            self._call(record)

    def _waits(self, event: Received) -> bool:
        key = _key(event.topic, event.key)
        if key not in self._waiting:
            return False
        if self.dead_letters.join(event):
            return True
        self._waiting.discard(key)
        return False

    def _call(self, event: Received) -> None:
        reached("consumer-before-effect")
        try:
            with handling(event):
                self.handlers[event.type](event)
            reached("consumer-after-effect")
        except TRANSIENT:
            raise
        except Exception as error:  # noqa: BLE001 - the worker's loop: one event must not stop the others
            if self.dead_letters.is_refusal(event.topic, error):
                self.dead_letters.refuse(event, describe(error))
            else:
                self._park(event, error)
            reached("consumer-after-parking")

    def _keep_whole(self, record: Unreadable) -> None:
        if record.topic in self.dead_letters.foreign:
            self.dead_letters.refuse(record, f"unreadable: {record.error}")
            return
        self._count_parked(record)
        self._waiting.add(_key(record.topic, record.key))
        self.dead_letters.park_unreadable(record)

    def _park(self, event: Received, error: Exception) -> None:
        if not isinstance(error, NotFound):
            self._count_parked(event)
        self._waiting.add(_key(event.topic, event.key))
        self.dead_letters.park(event, error)

    def _count_parked(self, record: Record) -> None:
        now = time.monotonic()
        full = len(self._parked_lately) == MOST_PARKED_A_MINUTE
        if full and now - self._parked_lately[0] < 60:
            self.halted = True
            log.critical("consumer_halted", topic=record.topic, parked=MOST_PARKED_A_MINUTE)
            raise Unavailable("too many keys are parked: the handler is wrong")
        self._parked_lately.append(now)

    def _come_again(self, record: Record, place: Place, error: str) -> None:
        _, pause = self._pauses.get(place, (0.0, 0.05))
        self.subscription.rewind(record)
        self.subscription.pause(*place)
        self._pauses[place] = (time.monotonic() + pause, min(pause * 2, 15.0))
        log.warning("partition_paused", topic=place[0], partition=place[1], seconds=pause, error=error)

    def _resume(self) -> None:
        for place, (until, _) in self._pauses.items():
            if until <= time.monotonic():
                self.subscription.resume(*place)

    def close(self) -> None:
        """Leaves the group; what was handled is committed."""
        self.positions.keep(self.subscription, at_once=True)
        self.subscription.close()


def _key(topic: str, key: str) -> str:
    return f"{topic}:{key}"
