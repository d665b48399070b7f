"""Topics as they are made, groups that share, and foreign producers."""

import threading
import time
from contextlib import closing
from typing import Any

import orjson
import pytest
from kafka.admin import ConfigResource, ConfigResourceType

from shared.kafka.log import KafkaLog
from shared.kernel.errors import Unavailable
from shared.messaging.envelope import Received, Unreadable
from shared.messaging.log import Record
from tests.contract.event_builders import a_topic, an_event, numbers

DAY = 24 * 60 * 60 * 1_000


def settings_of(log: KafkaLog, topic: str) -> dict[str, str]:
    with closing(log._clients.admin()) as admin:
        found: Any = admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, topic)])
    return {name: one["value"] for name, one in found["topic"][topic].items()}


@pytest.mark.parametrize(("more", "expected"), [
    ({"retention_days": 7}, {"cleanup.policy": "delete", "retention.ms": str(7 * DAY)}),
    ({"compacted": True}, {"cleanup.policy": "compact", "min.compaction.lag.ms": str(30 * DAY),
                           "delete.retention.ms": str(30 * DAY)}),
    ({"compacted": True, "tier": "restricted"}, {
        "cleanup.policy": "compact", "max.compaction.lag.ms": str(DAY), "delete.retention.ms": str(30 * DAY)}),
])
def test_a_topic_is_made_as_the_catalogue_says(log: KafkaLog, more: Any, expected: dict[str, str]) -> None:
    topic = a_topic(log, **more)

    assert expected.items() <= settings_of(log, topic).items()


def test_a_topic_that_cannot_be_made_is_named(log: KafkaLog) -> None:
    with pytest.raises(Unavailable, match=r"cannot be made: Invalid"):
        a_topic(log, partitions=-7)


def test_two_members_share_a_group_and_nothing_is_missed(log: KafkaLog) -> None:
    topic = a_topic(log)
    with closing(log.subscribe("g", [topic])) as one, closing(log.subscribe("g", [topic])) as two:
        members, seen = (one, two), (list[Record](), list[Record]())
        joined, over = (threading.Event(), threading.Event()), threading.Event()

        def take(number: int) -> None:
            """In a thread of its own, as members live: in one thread each would wait for the other's answer."""
            while not over.is_set():
                seen[number].extend(members[number].poll(0.1))
                if members[number].positions():
                    joined[number].set()

        threads = [threading.Thread(target=take, args=(number,)) for number in range(2)]
        for thread in threads:
            thread.start()
        assert all(event.wait(60) for event in joined)
        log.publish([an_event(topic, number, source=f"/s/{number}", key=str(number)) for number in range(60)])
        deadline = time.monotonic() + 60
        while len(seen[0] + seen[1]) < 60 and time.monotonic() < deadline:
            time.sleep(0.05)
        over.set()
        for thread in threads:
            thread.join()

        assert all(seen)
        assert sorted(numbers(seen[0] + seen[1])) == list(range(60))
        assert not set(one.positions()) & set(two.positions())


def test_structured_mode_of_a_foreign_producer_is_read(log: KafkaLog) -> None:
    topic = a_topic(log)
    envelope = {"specversion": "1.0", "id": "1", "source": "/hr", "type": "hr.person-moved.v1", "partitionkey": "p1",
                "time": "2026-03-01T09:00:00Z", "sequence": "000001.000000000004", "data": {"person_id": "p1"}}
    with closing(log._clients.producer()) as producer:
        producer.send(topic, value=orjson.dumps(envelope),
                      headers=[("Content-Type", b"application/cloudevents+json")]).get(10)
        producer.send(topic, key=b"\xff", value=b"\x00\x01", headers=[("x", b"")]).get(10)

    records = list(log.read([topic]))

    [event] = [one for one in records if isinstance(one, Received)]
    [other] = [one for one in records if isinstance(one, Unreadable)]
    assert (event.key, event.data, event.sequence.number) == ("p1", {"person_id": "p1"}, 4)
    assert (other.value, other.headers) == (b"\x00\x01", (("x", b""),))
