"""How much the relay takes at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shared.kernel.clock import SystemClock
from shared.messaging.relay import Relay


@dataclass
class Queue:
    """An outbox of numbers, and a log that takes so many of a batch."""

    waiting: list[int]
    takes: int = 1_000_000
    asked: list[int] = field(default_factory=list)

    def lease(self, now: datetime, until: datetime, owner: str, limit: int) -> list[int]:
        self.asked.append(limit)
        return self.waiting[:limit]

    def publish(self, events: Sequence[int]) -> list[int]:
        return list(events[:self.takes])

    def clear(self, published: Sequence[int]) -> None:
        self.waiting = self.waiting[len(published):]

    def release(self, envelopes: Sequence[int]) -> None:
        """They lie here as before."""


def relay(queue: Any) -> Relay:
    return Relay(queue, queue, SystemClock(), "me")


def test_a_long_queue_leaves_in_larger_batches() -> None:
    queue = Queue(list(range(6_000)))
    relaying = relay(queue)

    published = [relaying.step() for _ in range(6)]

    assert published == [500, 1_000, 2_000, 2_000, 500, 0]
    assert queue.asked == [500, 1_000, 2_000, 2_000, 2_000, 500]
    assert queue.waiting == []


def test_a_log_that_takes_little_is_given_little() -> None:
    queue = Queue(list(range(3_000)))
    relaying = relay(queue)
    relaying.step()
    queue.takes = 700

    published = [relaying.step() for _ in range(2)]

    assert published == [700, 500]
    assert queue.asked == [500, 1_000, 500]
