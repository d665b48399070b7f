"""What kafka-python does that a reader of its manual does not expect, and what we do about it; on a real broker."""

import subprocess
import sys
import threading
import time
from contextlib import closing, suppress
from itertools import count

import pytest

from shared.kafka.log import KafkaLog
from shared.kernel.errors import Unavailable
from shared.messaging.envelope import Outgoing
from shared.messaging.log import Topic
from tests.contract.event_builders import a_topic, an_event, numbers, polled
from tests.engines.child import free_port
from tests.engines.kafka_server import KafkaServer
from tests.integration.kafka.brokers import Sender, within


def test_no_consumer_starts_without_its_partitions(log: KafkaLog) -> None:
    topic = a_topic(log)
    log.publish([an_event(topic, 1)])

    for number in range(25):
        with closing(log.subscribe(f"g{number}", [topic])) as subscription:
            assert numbers(polled(subscription, 1, seconds=5)) == [1]
            assert len(subscription.positions()) == 3


def test_kill_9_of_the_broker_loses_and_reorders_nothing(kafka: KafkaServer, log: KafkaLog) -> None:
    topic = a_topic(log)
    events = (an_event(topic, 1 + number // 4, source=f"/s/{number % 4}", key=str(number % 4)) for number in count())
    sender = Sender(log, events)

    with sender.at_work():
        for _ in range(3):
            time.sleep(0.5)
            kafka.kill9()
            kafka.start()

    read = [record for record in log.read([topic]) if isinstance(record, Outgoing)]
    assert {event.id for event in sender.sent} == {record.id for record in read}
    for source in {event.source for event in sender.sent}:
        seen = dict.fromkeys(record.sequence.number for record in read if record.source == source)
        assert list(seen) == list(range(1, len(seen) + 1))


def test_a_producer_is_back_soon_after_a_restart(kafka: KafkaServer, log: KafkaLog) -> None:
    topic = a_topic(log)
    log.publish([an_event(topic, 1)])
    kafka.restart()

    with within(4):
        while not log.publish([an_event(topic, 2)]):
            pass


def test_a_consumer_goes_on_after_kill_9(kafka: KafkaServer, log: KafkaLog) -> None:
    topic = a_topic(log)
    log.publish([an_event(topic, 1)])
    with closing(log.subscribe("g", [topic])) as subscription:
        polled(subscription, 1)
        subscription.commit()
        kafka.kill9()
        with within(3), suppress(Unavailable):
            subscription.poll(1)
        kafka.start()
        while not log.publish([an_event(topic, 2)]):
            pass

        with within(15):
            while 2 not in numbers(polled(subscription, 1)):
                pass


def test_an_absent_broker_is_named_soon_and_leaves_no_thread_behind() -> None:
    log, before = KafkaLog.from_url(f"kafka://127.0.0.1:{free_port()}"), threading.active_count()

    with within(3):
        assert log.publish([an_event("t.v1")]) == []
        for ask in (log.ping, log.describe, lambda: log.subscribe("g", ["t.v1"]), lambda: log.lag("g", ["t.v1"]),
                    lambda: list(log.read(["t.v1"])), lambda: log.create_topics([Topic("t.v1")])):
            with pytest.raises(Unavailable, match="does not answer"):
                ask()
        log.close()

    assert threading.active_count() == before


def test_a_silent_broker_holds_nobody_up_for_long(kafka: KafkaServer, log: KafkaLog) -> None:
    topic = a_topic(log)
    log.publish([an_event(topic, 1)])
    kafka.pause()
    try:
        with within(14):
            assert log.publish([an_event(topic, number) for number in (2, 3)]) == []
    finally:
        kafka.resume()

    while not log.publish([an_event(topic, 2)]):
        pass
    assert numbers(log.publish([an_event(topic, 3)])) == [3]  # type: ignore[arg-type]
    assert list(dict.fromkeys(numbers(list(log.read([topic]))))) == [1, 2, 3]


@pytest.mark.usefixtures("sockets_collected")
def test_who_looks_how_far_a_group_is_leaves_nothing_behind_and_is_never_held_up(
        kafka: KafkaServer, log: KafkaLog) -> None:
    topic, found = a_topic(log), list[object]()
    log.publish([an_event(topic, 1)])
    with closing(log.subscribe("g", [topic])) as subscription:
        polled(subscription, 1)  # without a group there is nobody to ask on a new broker
    assert log.lag("g", [topic]).behind == {topic: 1}
    before = threading.active_count()
    threads = [threading.Thread(target=lambda: found.append(log.lag("g", [topic]).behind)) for _ in range(20)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kafka.pause()
    try:
        with within(8), pytest.raises(Unavailable, match="does not answer"):
            log.lag("g", [topic])
        with within(8), pytest.raises(Unavailable, match="does not answer"):
            log.lag("g", [topic])
        assert threading.active_count() < before
    finally:
        kafka.resume()
    kafka.restart()

    with within(30):
        while found[-1] != "back":
            with suppress(Unavailable):  # its groups are not loaded at once
                found.append("back" if log.lag("g", [topic]).behind == {topic: 1} else "wrong")
    assert (found, threading.active_count()) == ([{topic: 1}] * 20 + ["back"], before)


def test_a_missing_topic_is_named_to_who_looks_how_far_a_group_is(log: KafkaLog) -> None:
    with within(5), pytest.raises(Unavailable, match=r"missing\.v1 does not exist"):
        log.lag("g", [a_topic(log), "missing.v1"])


def test_a_missing_topic_holds_up_nobody_else_for_long(log: KafkaLog) -> None:
    topic = a_topic(log)
    missing = [an_event("missing.v1", number, source=f"/s/{number}") for number in range(50)]

    with within(7):
        log.publish([*missing, an_event(topic, 1)])
    with within(1):
        acknowledged = log.publish([*missing, an_event(topic, 1)])

    assert numbers(acknowledged) == [1]  # type: ignore[arg-type]


def test_subscribing_to_a_missing_topic_names_it(kafka: KafkaServer) -> None:
    log = KafkaLog.from_url(f"kafka://{kafka.bootstrap}?patience=1")

    with pytest.raises(Unavailable, match=r"missing\.v1 does not exist"):
        log.subscribe("g", ["missing.v1"])


def test_topics_can_be_made_right_after_a_start(kafka: KafkaServer, log: KafkaLog) -> None:
    kafka.kill9()
    kafka.start()

    topics = [a_topic(log) for _ in range(3)]

    assert list(log.read(topics)) == []


def test_topics_are_never_made_by_asking_for_them(log: KafkaLog) -> None:
    log.publish([an_event("never-made.v1")])

    with closing(log._clients.admin()) as admin:
        assert "never-made.v1" not in admin.list_topics()


def test_a_log_made_before_a_fork_publishes_after_it(kafka: KafkaServer, log: KafkaLog) -> None:
    topic = a_topic(log)
    program = f"""
import os
from shared.kafka.log import KafkaLog
from tests.contract.event_builders import an_event
log = KafkaLog.from_url({"kafka://" + kafka.bootstrap!r})
assert log.publish([an_event({topic!r}, 1)])
if (child := os.fork()) == 0:
    done = log.publish([an_event({topic!r}, 2)])
    log.close()
    os._exit(0 if done else 1)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
assert log.publish([an_event({topic!r}, 3)])
log.close()
"""

    with within(10):
        subprocess.run([sys.executable, "-c", program], check=True, timeout=30)

    assert numbers(list(log.read([topic]))) == [1, 2, 3]


def test_attributes_without_a_value_make_no_header(log: KafkaLog) -> None:
    topic = a_topic(log)

    assert log.publish([an_event(topic, causation_id=None, correlation_id=None, traceparent=None)])

    [record] = log.read([topic])
    assert isinstance(record, Outgoing)
    assert record.causation_id is None


def test_closing_is_bounded_though_the_broker_is_dead(kafka: KafkaServer) -> None:
    log = KafkaLog.from_url(kafka.url)
    topic = a_topic(log)
    log.publish([an_event(topic, 1)])
    subscription = log.subscribe("g", [topic])
    polled(subscription, 1)
    kafka.kill9()
    try:
        with within(14):
            log.publish([an_event(topic, 2)])
        with within(6):
            subscription.commit()
        with within(7):
            log.close()
        with within(4):
            subscription.close()
    finally:
        kafka.start()


def test_every_safety_setting_is_written_out(log: KafkaLog) -> None:
    with closing(log._clients.producer()) as producer:
        assert {name: producer.config[name] for name in (
            "acks", "enable_idempotence", "allow_auto_create_topics", "max_block_ms", "delivery_timeout_ms",
            "linger_ms", "reconnect_backoff_max_ms")} == {
            "acks": -1, "enable_idempotence": True, "allow_auto_create_topics": False, "max_block_ms": 5_000,
            "delivery_timeout_ms": 10_000, "linger_ms": 0, "reconnect_backoff_max_ms": 1_000}
        assert producer.config["max_in_flight_requests_per_connection"] <= 5
    with closing(log._clients.consumer("g")) as consumer:
        assert {name: consumer.config[name] for name in (
            "enable_auto_commit", "auto_offset_reset", "allow_auto_create_topics", "reconnect_backoff_max_ms")} == {
            "enable_auto_commit": False, "auto_offset_reset": "earliest", "allow_auto_create_topics": False,
            "reconnect_backoff_max_ms": 1_000}
        assert [one.name for one in consumer.config["partition_assignment_strategy"]] == ["cooperative-sticky"]
    with closing(log._clients.admin()) as admin:
        assert admin.config["reconnect_backoff_max_ms"] == 1_000


def test_checksums_are_computed_by_the_library_that_is_quick() -> None:
    from kafka.record import util

    assert util.crc32c_c is not None
