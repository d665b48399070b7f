"""One member of a consumer group."""

import time
from collections.abc import Iterable, Sequence
from typing import Any

import structlog
from kafka import ConsumerRebalanceListener, OffsetAndMetadata, TopicPartition
from kafka.errors import KafkaError

from shared.kafka.clients import Clients
from shared.kafka.watchdog import Watchdog
from shared.kernel.errors import Unavailable
from shared.kernel.points import reached
from shared.messaging.cloudevents import Raw, read
from shared.messaging.log import Record

log = structlog.get_logger("kafka")


def raw(record: Any) -> Raw:
    """kafka-python's record without kafka-python."""
    return Raw(record.topic, record.partition, record.offset, record.key, record.value, tuple(record.headers))


def wait_for_topics(consumer: Any, topics: Iterable[str], seconds: float) -> None:
    """Until their partitions are known. Raises Unavailable naming one that is not there."""
    deadline = time.monotonic() + seconds
    for topic in topics:
        while not consumer.partitions_for_topic(topic):
            if time.monotonic() > deadline:
                raise Unavailable(f"topic {topic} does not exist or may not be read: set up the topics first")
            time.sleep(0.1)


class _Rebalances(ConsumerRebalanceListener):  # type: ignore[misc]
    """Told by kafka-python inside `poll`, in its thread."""

    def __init__(self, group: str, paused: set[TopicPartition]) -> None:
        self._group, self._paused = group, paused

    def on_partitions_assigned(self, assigned: Iterable[Any]) -> None:
        reached("consumer-in-rebalance")
        log.info("partitions_assigned", group=self._group, partitions=_names(assigned))

    def on_partitions_revoked(self, revoked: Iterable[Any]) -> None:
        """Nothing to commit here: a batch is handled and committed before the next poll."""
        reached("consumer-in-rebalance")
        self._paused.difference_update(revoked)
        log.info("partitions_revoked", group=self._group, partitions=_names(revoked))

    def on_partitions_lost(self, lost: Iterable[Any]) -> None:
        self._paused.difference_update(lost)
        log.warning("partitions_lost", group=self._group, partitions=_names(lost))


def _names(partitions: Iterable[Any]) -> list[str]:
    return sorted(f"{one.topic}:{one.partition}" for one in partitions)


class KafkaSubscription:
    """Joins when it is first polled; polls and commits in one thread."""

    def __init__(self, clients: Clients, group: str, topics: Sequence[str]) -> None:
        self._clients, self._group, self._topics = clients, group, tuple(topics)
        self._paused: set[TopicPartition] = set()
        self._consumer = clients.consumer(group)
        self._watchdog = Watchdog(self._consumer, self._paused)
        try:
            wait_for_topics(self._consumer, topics, clients.patience)
            self._consumer.subscribe(list(topics), listener=_Rebalances(group, self._paused))
        except (KafkaError, Unavailable) as error:
            self._consumer.close(timeout_ms=1_000)
            raise error if isinstance(error, Unavailable) else clients.failed(error) from None

    def poll(self, timeout: float) -> Sequence[Record]:
        try:
            found = self._consumer.poll(timeout_ms=int(timeout * 1_000))
        except KafkaError as error:
            raise self._clients.failed(error) from None
        self._watchdog.polled()
        return [read(raw(record)) for records in found.values() for record in records]

    def rewind(self, record: Record) -> None:
        self._seek(TopicPartition(record.topic, record.partition), record.offset)

    def pause(self, topic: str, partition: int) -> None:
        place = TopicPartition(topic, partition)
        if place in self._consumer.assignment():
            self._consumer.pause(place)
            self._paused.add(place)

    def resume(self, topic: str, partition: int) -> None:
        place = TopicPartition(topic, partition)
        self._paused.discard(place)
        if place in self._consumer.assignment():
            self._consumer.resume(place)

    def commit(self) -> None:
        """Lost commits only mean repeats, which change nothing: they are logged, never raised."""
        offsets = {place: OffsetAndMetadata(at, "", -1) for place, at in self._positions().items()}
        try:
            self._consumer.commit(offsets, timeout_ms=5_000)
        except KafkaError as error:
            log.warning("commit_failed", group=self._group, error=type(error).__name__)

    def positions(self) -> dict[str, int]:
        return {f"{place.topic}:{place.partition}": at for place, at in self._positions().items()}

    def _positions(self) -> dict[TopicPartition, int]:
        found = {place: self._consumer.position(place, timeout_ms=1_000) for place in self._consumer.assignment()}
        return {place: at for place, at in found.items() if at is not None}

    def seek(self, positions: dict[str, int]) -> None:
        for place, at in self._positions().items():
            stored = positions.get(f"{place.topic}:{place.partition}", at)
            if stored < at:
                self._seek(place, stored)

    def _seek(self, place: TopicPartition, offset: int) -> None:
        if place in self._consumer.assignment():
            self._consumer.seek(place, offset)

    def caught_up(self) -> bool:
        try:
            positions = self._positions()
            ends = self._consumer.end_offsets(list(positions), timeout_ms=2_000) if positions else {}
        except KafkaError:
            return False
        return bool(positions) and all(positions[place] >= end for place, end in ends.items())

    def stuck(self) -> bool:
        return self._watchdog.stuck()

    def close(self) -> None:
        """Leaves the group, in two seconds at most."""
        self._consumer.close(timeout_ms=2_000)
