"""The event log on Apache Kafka."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

from kafka import TopicPartition
from kafka.errors import KafkaError

from shared.kafka import topics as catalogue
from shared.kafka import urls
from shared.kafka.clients import SAFELY, Clients
from shared.kafka.publishing import Publisher
from shared.kafka.standing import Onlooker
from shared.kafka.subscription import KafkaSubscription, raw, wait_for_topics
from shared.messaging.cloudevents import read
from shared.messaging.envelope import Outgoing
from shared.messaging.log import Lag, Record, Topic


class KafkaLog:
    """On one cluster. Nothing is connected before it is needed, so that it may be made before a fork."""

    def __init__(self, clients: Clients) -> None:
        self._clients, self._publisher, self._onlooker = clients, Publisher(clients), Onlooker(clients)

    @classmethod
    def from_url(cls, url: str) -> "KafkaLog":
        """As `shared.kafka.urls.read` says. Raises ValueError."""
        return cls(urls.read(url))

    def create_topics(self, topics: Sequence[Topic]) -> None:
        """Raises Unavailable."""
        if not topics:
            return
        with closing(self._clients.admin()) as admin:
            try:
                catalogue.create(admin, topics)
            except KafkaError as error:
                raise self._clients.failed(error) from None

    def publish(self, events: Sequence[Outgoing]) -> list[Outgoing]:
        return self._publisher.publish(events)

    def subscribe(self, group: str, topics: Sequence[str]) -> KafkaSubscription:
        return KafkaSubscription(self._clients, group, topics)

    def read(self, topics: Sequence[str], *, follow: bool = False) -> Iterator[Record]:
        """Order holds within a partition. Raises Unavailable."""
        with closing(self._clients.consumer(None)) as consumer:
            wait_for_topics(consumer, topics, self._clients.patience)
            places = _partitions(consumer, topics)
            consumer.assign(places)
            consumer.seek_to_beginning(*places)
            ends = consumer.end_offsets(places)
            while follow or any(consumer.position(place) < end for place, end in ends.items()):
                for records in consumer.poll(timeout_ms=500).values():
                    yield from (read(raw(record)) for record in records)

    def lag(self, group: str, topics: Sequence[str]) -> Lag:
        """Cheap, and from any thread. Raises Unavailable within seconds."""
        return self._onlooker.lag(group, topics)

    def ping(self) -> None:
        self._cluster()

    def describe(self) -> dict[str, str]:
        """Raises Unavailable."""
        found = self._cluster()
        return {"engine": "kafka", "version": found["version"], "place": self._clients.bootstrap,
                "cluster": found["cluster"], "security": self._clients.security.describe(),
                "idempotence": "yes" if SAFELY["enable_idempotence"] else "no", "acknowledged by": SAFELY["acks"]}

    def _cluster(self) -> dict[str, str]:
        with closing(self._clients.admin()) as admin:
            try:
                cluster: Any = admin.describe_cluster()
            except KafkaError as error:
                raise self._clients.failed(error) from None
            version = ".".join(str(part) for part in admin._manager.broker_version)
            return {"cluster": str(cluster["cluster_id"]), "version": f"{version} or newer"}

    def close(self) -> None:
        """Bounded."""
        self._publisher.close()
        self._onlooker.close()


def _partitions(consumer: Any, topics: Sequence[str]) -> list[TopicPartition]:
    known = {topic: sorted(consumer.partitions_for_topic(topic)) for topic in topics}
    return [TopicPartition(topic, number) for topic, numbers in known.items() for number in numbers]
