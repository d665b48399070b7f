"""A foreign consumer: kafka-python and nothing of ours."""

import time
from collections.abc import Callable
from typing import Any, NamedTuple

from kafka import KafkaConsumer, TopicPartition

PATIENCE = 60.0


class Sent(NamedTuple):
    """A record as its receiver sees it."""

    key: bytes
    value: bytes
    headers: tuple[tuple[str, bytes], ...]


class Listener:
    """Reads everything that comes to a topic from now on."""

    def __init__(self, bootstrap: str, topic: str) -> None:
        self._consumer = KafkaConsumer(bootstrap_servers=bootstrap, enable_auto_commit=False, group_id=None,
                                       allow_auto_create_topics=False)
        places = [TopicPartition(topic, number) for number in sorted(self._consumer.partitions_for_topic(topic))]
        self._consumer.assign(places)
        self._consumer.seek_to_end(*places)
        for place in places:
            self._consumer.position(place)

    def next(self, count: int) -> list[Sent]:
        """So many records. Raises AssertionError when they do not come, or more than that."""
        found: list[Sent] = []
        self.each(count, lambda one: found.append(Sent(one.key, one.value, tuple(one.headers))))
        return found

    def each(self, count: int, received: Callable[[Any], object]) -> None:
        """Hands every record over at once when it comes."""
        seen, deadline = 0, time.monotonic() + PATIENCE
        while seen < count and time.monotonic() < deadline:
            for records in self._consumer.poll(timeout_ms=200).values():
                for record in records:
                    received(record)
                seen += len(records)
        assert seen == count, f"{seen} of {count} records came"

    def close(self) -> None:
        self._consumer.close()
