"""What a topic of the catalogue is on Kafka."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import structlog
from kafka.errors import KafkaError, NodeNotReadyError, RetriableError, TopicAlreadyExistsError, for_code
from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_random_exponential

from shared.kernel.errors import Unavailable
from shared.messaging.log import Topic

log = structlog.get_logger("kafka")


def _milliseconds(**time: int) -> str:
    return str(int(timedelta(**time).total_seconds() * 1_000))


def settings(topic: Topic) -> dict[str, str]:
    """Retention and compaction; replication is the broker's default."""
    if not topic.compacted:
        return {"cleanup.policy": "delete", "retention.ms": _milliseconds(days=topic.retention_days)}
    if topic.restricted:
        lag = {"min.compaction.lag.ms": "0", "max.compaction.lag.ms": _milliseconds(hours=24),
               "segment.ms": _milliseconds(hours=12)}
    else:
        lag = {"min.compaction.lag.ms": _milliseconds(days=topic.kept_days)}
    return {"cleanup.policy": "compact", "delete.retention.ms": _milliseconds(days=30), **lag}


def create(admin: Any, topics: Sequence[Topic]) -> None:
    """Makes those that are missing and waits until they have leaders. Right after a start a broker may refuse: then
    again, for half a minute. Raises Unavailable, KafkaError."""
    again = Retrying(stop=stop_after_delay(30), wait=wait_random_exponential(0.1, max=1), reraise=True,
                     retry=retry_if_exception_type((RetriableError, NodeNotReadyError)))
    wanted = {topic.name: {"num_partitions": topic.partitions, "replication_factor": -1, "configs": settings(topic)}
              for topic in topics}
    again(_create_once, admin, wanted)
    admin.wait_for_topics(list(wanted))


def _create_once(admin: Any, wanted: dict[str, Any]) -> None:
    for topic in admin.create_topics(wanted, raise_errors=False)["topics"]:
        kind: type[KafkaError] = for_code(topic["error_code"])
        if topic["error_code"] == 0:
            log.info("topic_created", topic=topic["name"])
        elif issubclass(kind, RetriableError):
            raise kind()
        elif kind is not TopicAlreadyExistsError:
            raise Unavailable(f"topic {topic['name']} cannot be made: {kind.__name__}")
