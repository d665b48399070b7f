"""Events for the suite of the event logs, and what a consumer got of them."""

import time
from typing import Any

from shared.kernel.events import Sequence as Number
from shared.kernel.ids import new_id
from shared.messaging.envelope import Outgoing
from shared.messaging.log import EventLog, Record, Subscription, Topic


def a_topic(log: EventLog, partitions: int = 3, **more: Any) -> str:
    """A topic nobody else uses."""
    name = f"test.{new_id()}.v1"
    log.create_topics([Topic(name, partitions=partitions, **more)])
    return name


def an_event(topic: str, number: int = 1, *, source: str = "/matching/pairs/1", key: str = "pair-1",
             **more: Any) -> Outgoing:
    """The event of this number from the source."""
    return Outgoing(**{
        "id": f"{source}#{number}", "source": source, "sequence": Number(1, number), "type": "test.pair-created.v1",
        "topic": topic, "key": key, "time": "2026-03-01T09:00:00.000Z", "data": {"number": number}, **more})


def polled(subscription: Subscription, count: int, seconds: float = 20.0) -> list[Record]:
    """Polls until so many came, or the time is over."""
    found: list[Record] = []
    deadline = time.monotonic() + seconds
    while len(found) < count and time.monotonic() < deadline:
        found += subscription.poll(0.1)
    return found


def numbers(records: list[Record]) -> list[int]:
    """The numbers of the events, in the order they came."""
    return [record.sequence.number for record in records if isinstance(record, Outgoing)]
