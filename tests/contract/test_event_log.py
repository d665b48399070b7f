"""What every event log promises: the embedded one and Apache Kafka."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from shared.embedded.log import EmbeddedLog
from shared.kafka.log import KafkaLog
from shared.kernel.clock import SystemClock
from shared.messaging.envelope import Received, Unreadable
from shared.messaging.log import EventLog, Topic
from shared.runtime.backbone import Backbone
from shared.runtime.worker import Worker
from shared.sqlite.database import Database
from shared.sqlite.documents import SqliteStore
from shared.store.documents import Write
from tests.contract.event_builders import a_topic, an_event, numbers, polled


@pytest.fixture(params=["embedded", pytest.param("kafka", marks=pytest.mark.kafka)])
def log(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EventLog]:
    if request.param == "kafka":
        made: EventLog = KafkaLog.from_url(request.getfixturevalue("kafka").url)
    else:
        made = EmbeddedLog(Database(str(tmp_path / "events.db")))
    yield made
    made.close()


def test_an_event_arrives_whole(log: EventLog) -> None:
    topic = a_topic(log)
    event = an_event(topic, 7, key="pair-ä", data={"text": "Grüße", "none": None, "list": [1, {"a": True}]},
                     causation_id="c1", correlation_id="c2", traceparent=f"00-{'a' * 32}-{'b' * 16}-01")

    assert log.publish([event]) == [event]

    with closing(log.subscribe("g", [topic])) as subscription:
        [received] = polled(subscription, 1)
    assert isinstance(received, Received)
    assert {name: getattr(received, name) for name in vars(event)} == vars(event)


def test_events_of_a_key_arrive_in_order(log: EventLog) -> None:
    topic = a_topic(log)
    events = [an_event(topic, number, source=f"/s/{key}", key=key) for number in range(1, 60) for key in "abc"]

    assert len(log.publish(events)) == len(events)

    with closing(log.subscribe("g", [topic])) as subscription:
        records = polled(subscription, len(events))
    for key in "abc":
        assert numbers([one for one in records if one.key == key]) == list(range(1, 60))


def test_of_each_source_a_prefix_is_acknowledged(log: EventLog) -> None:
    topic = a_topic(log)
    events = [an_event(topic, 1), an_event("missing.v1", 2), an_event(topic, 3), an_event(topic, 1, source="/s/other")]

    acknowledged = log.publish(events)

    assert sorted(one.id for one in acknowledged) == ["/matching/pairs/1#1", "/s/other#1"]


def test_a_tombstone_arrives_without_data_and_with_its_attributes(log: EventLog) -> None:
    topic = a_topic(log, compacted=True)

    log.publish([an_event(topic, 3, data=None)])

    with closing(log.subscribe("g", [topic])) as subscription:
        [record] = polled(subscription, 1)
    assert isinstance(record, Received)
    assert (record.data, record.key, record.sequence.number) == (None, "pair-1", 3)


def test_nothing_to_publish_is_nothing_published(log: EventLog) -> None:
    assert log.publish([]) == []


def test_every_group_gets_everything(log: EventLog) -> None:
    topic = a_topic(log)
    log.publish([an_event(topic, number) for number in (1, 2, 3)])

    for group in ("one", "two"):
        with closing(log.subscribe(group, [topic])) as subscription:
            assert numbers(polled(subscription, 3)) == [1, 2, 3]


def test_a_group_goes_on_behind_what_it_committed(log: EventLog) -> None:
    topic = a_topic(log)
    log.publish([an_event(topic, 1), an_event(topic, 2)])
    with closing(log.subscribe("g", [topic])) as subscription:
        polled(subscription, 2)
        subscription.commit()
    log.publish([an_event(topic, 3)])

    with closing(log.subscribe("g", [topic])) as again:
        assert numbers(polled(again, 1)) == [3]


def test_what_was_not_committed_comes_again(log: EventLog) -> None:
    topic = a_topic(log)
    log.publish([an_event(topic, 1), an_event(topic, 2)])
    with closing(log.subscribe("g", [topic])) as subscription:
        polled(subscription, 2)

    with closing(log.subscribe("g", [topic])) as again:
        assert numbers(polled(again, 2)) == [1, 2]


def test_what_is_rewound_comes_again_with_all_behind_it(log: EventLog) -> None:
    topic = a_topic(log)
    log.publish([an_event(topic, number) for number in (1, 2, 3)])
    with closing(log.subscribe("g", [topic])) as subscription:
        records = polled(subscription, 3)

        subscription.rewind(records[1])

        assert numbers(polled(subscription, 2)) == [2, 3]


def test_what_is_rewound_is_not_committed(log: EventLog) -> None:
    topic = a_topic(log)
    log.publish([an_event(topic, number) for number in (1, 2, 3)])
    with closing(log.subscribe("g", [topic])) as subscription:
        subscription.rewind(polled(subscription, 3)[1])
        subscription.commit()

    with closing(log.subscribe("g", [topic])) as again:
        assert numbers(polled(again, 2)) == [2, 3]


def test_a_paused_partition_waits_until_it_is_resumed(log: EventLog) -> None:
    topic, other = a_topic(log, partitions=1), a_topic(log, partitions=1)
    log.publish([an_event(topic, 1), an_event(other, 2)])
    with closing(log.subscribe("g", [topic, other])) as subscription:
        polled(subscription, 2)
        subscription.pause(topic, 0)
        log.publish([an_event(topic, 3), an_event(other, 4)])

        assert numbers(polled(subscription, 2, seconds=1)) == [4]
        subscription.resume(topic, 0)

        assert numbers(polled(subscription, 1)) == [3]


def test_what_is_rewound_and_paused_comes_after_resuming(log: EventLog) -> None:
    topic = a_topic(log, partitions=1)
    log.publish([an_event(topic, 1), an_event(topic, 2)])
    with closing(log.subscribe("g", [topic])) as subscription:
        subscription.rewind(polled(subscription, 2)[0])
        subscription.pause(topic, 0)
        assert polled(subscription, 1, seconds=0.5) == []

        subscription.resume(topic, 0)

        assert numbers(polled(subscription, 2)) == [1, 2]


def test_partitions_that_are_not_ours_are_passed_over(log: EventLog) -> None:
    topic = a_topic(log, partitions=1)
    log.publish([an_event(topic, 1)])
    with closing(log.subscribe("g", [topic])) as subscription:
        polled(subscription, 1)

        subscription.pause("other.v1", 3)
        subscription.resume("other.v1", 3)
        subscription.commit()

        assert list(subscription.positions()) == [f"{topic}:0"]


def test_a_lower_stored_position_wins_and_a_higher_does_not(log: EventLog) -> None:
    topic = a_topic(log, partitions=1)
    log.publish([an_event(topic, number) for number in (1, 2, 3)])
    with closing(log.subscribe("g", [topic])) as subscription:
        records = polled(subscription, 3)
        place = f"{topic}:0"
        assert subscription.positions() == {place: records[-1].offset + 1}

        subscription.seek({place: records[-1].offset + 1_000, "other.v1:0": 0})
        assert polled(subscription, 1, seconds=0.5) == []
        subscription.seek({place: records[1].offset})

        assert numbers(polled(subscription, 2)) == [2, 3]


def test_a_consumer_whose_store_was_restored_takes_what_was_lost_before_what_is_new(
        log: EventLog, tmp_path: Path) -> None:
    topic, other, handled = a_topic(log), a_topic(log, partitions=1), list[Received]()
    restored = Backbone("g", SqliteStore(Database(str(tmp_path / "g.db")), "g"), log, SystemClock())
    log.publish([an_event(topic, number) for number in (1, 2, 3)])
    with closing(log.subscribe("g", [topic, other])) as before:
        polled(before, 1)
        restored.positions.keep(before, at_once=True)
        at = dict.fromkeys(before.positions(), 0)
        before.commit()
    _keep_as_of(restored, at)
    log.publish([an_event(topic, 4), an_event(other, 1, source="/other")])

    worker = Worker(restored, {"test.pair-created.v1": handled.append}, (topic, other), [])
    deadline = time.monotonic() + 20
    while len(handled) < 5 and time.monotonic() < deadline:
        worker.consumer.step(0.1)
    worker.stop()
    restored.close()

    assert [one.sequence.number for one in handled if one.topic == topic] == [1, 2, 3, 4]
    assert [one.sequence.number for one in handled if one.topic == other] == [1]


def _keep_as_of(backbone: Backbone, positions: dict[str, int]) -> None:
    """What a backup held that was made before the first event came."""
    documents = backbone.store.documents("positions")
    before: Any = documents.get("g")
    older = {**before, "version": before["version"] + 1, "positions": positions}
    documents.replace(Write(older, ()), before["version"])


def test_a_subscription_knows_when_it_has_caught_up(log: EventLog) -> None:
    topic = a_topic(log)
    log.publish([an_event(topic, 1)])
    with closing(log.subscribe("g", [topic])) as subscription:
        assert not subscription.caught_up()
        polled(subscription, 1)
        assert subscription.poll(0.2) == []
        assert subscription.caught_up()

        log.publish([an_event(topic, 2)])

        assert not subscription.caught_up()
        assert not subscription.stuck()


def test_an_empty_topic_is_caught_up_soon(log: EventLog) -> None:
    with closing(log.subscribe("g", [a_topic(log)])) as subscription:
        polled(subscription, 1, seconds=1.5)

        assert subscription.caught_up()


def test_of_two_members_each_event_reaches_one_and_the_second_takes_over(log: EventLog) -> None:
    topic = a_topic(log)
    log.publish([an_event(topic, number, source=f"/s/{number}", key=str(number)) for number in range(1, 21)])
    with closing(log.subscribe("g", [topic])) as first, closing(log.subscribe("g", [topic])) as second:
        seen = polled(first, 20)
        first.commit()
        first.close()
        log.publish([an_event(topic, number, source=f"/s/{number}", key=str(number)) for number in range(21, 41)])

        seen += polled(second, 20)

    assert sorted(numbers(seen)) == list(range(1, 41))


def test_lag_counts_what_was_not_committed(log: EventLog) -> None:
    topic, other = a_topic(log), a_topic(log)
    log.publish([an_event(topic, number) for number in (1, 2, 3)])
    assert log.lag("g", [topic, other]).behind == {topic: 3, other: 0}
    with closing(log.subscribe("g", [topic, other])) as subscription:
        polled(subscription, 3)
        subscription.commit()

    log.publish([an_event(topic, 4), an_event(other, 5)])

    assert log.lag("g", [topic, other]).behind == {topic: 1, other: 1}


def test_everything_is_read_without_a_group(log: EventLog) -> None:
    topic, empty = a_topic(log), a_topic(log)
    log.publish([an_event(topic, number) for number in (1, 2, 3)])

    assert numbers(list(log.read([topic, empty]))) == [1, 2, 3]
    assert numbers(list(log.read([topic, empty]))) == [1, 2, 3]


def test_following_waits_for_what_comes(log: EventLog) -> None:
    topic = a_topic(log)
    log.publish([an_event(topic, 1)])
    following = log.read([topic], follow=True)
    assert numbers([next(following)]) == [1]

    log.publish([an_event(topic, 2)])

    assert numbers([next(following)]) == [2]
    following.close()  # type: ignore[attr-defined]


def test_topics_that_exist_stay_as_they_are(log: EventLog) -> None:
    topic = a_topic(log)
    log.publish([an_event(topic, 1)])

    log.create_topics([Topic(topic), Topic(f"{topic}.more")])

    assert numbers(list(log.read([topic, f"{topic}.more"]))) == [1]


def test_a_record_that_is_no_event_is_kept_whole(log: EventLog) -> None:
    topic = a_topic(log)
    _spoil(log)(topic, b"k", b"{half an ev")
    log.publish([an_event(topic, 1, key="k")])

    with closing(log.subscribe("g", [topic])) as subscription:
        bad, good = polled(subscription, 2)

    assert isinstance(bad, Unreadable)
    assert (bad.topic, bad.key, bad.value) == (topic, "k", b"{half an ev")
    assert "half" not in bad.error
    assert numbers([good]) == [1]


def _spoil(log: EventLog) -> Callable[[str, bytes, bytes], Any]:
    if isinstance(log, EmbeddedLog):
        return lambda topic, key, value: _spoil_embedded(log, topic, key, value)
    assert isinstance(log, KafkaLog)
    return lambda topic, key, value: _spoil_kafka(log, topic, key, value)


def _spoil_embedded(log: EmbeddedLog, topic: str, key: bytes, value: bytes) -> None:
    log.database.write(
        lambda db: db.execute("INSERT INTO records(topic, key, event) VALUES(?,?,?)", (topic, key.decode(), value)))


def _spoil_kafka(log: KafkaLog, topic: str, key: bytes, value: bytes) -> None:
    producer = log._clients.producer()
    producer.send(topic, key=key, value=value).get(10)
    producer.close()


def test_the_log_answers_and_says_what_it_is(log: EventLog) -> None:
    log.ping()

    about = log.describe()
    assert {"engine", "version", "place"} <= set(about)
    holds_to = {"embedded": {"journal": "WAL", "synchronous": "FULL"},
                "kafka": {"idempotence": "yes", "acknowledged by": "all", "security": "PLAINTEXT"}}[about["engine"]]
    assert holds_to.items() <= about.items()
