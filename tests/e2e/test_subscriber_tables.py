"""The sample subscriber keeps a table of pairs: after whatever befalls it, its live pairs are those of matching."""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, fields
from pathlib import Path

import pytest
from kafka import KafkaConsumer, KafkaProducer, TopicPartition

from services.matching.domain.person import person_id
from services.matching.domain.under_way import LIVE
from shared.messaging.envelope import Outgoing, Received
from shared.messaging.log import Topic
from tests.e2e.test_subscribers import SAMPLE, TOPIC
from tests.e2e.village import MENTEES, MENTORS, Village
from tests.engines.kafka_server import KafkaServer

COMPACTED = "compacted.pairs.v1"
"""What is left of the topic when only the last record of each key is."""
GROUP = "my-system"
PROPOSALS = 20


@pytest.fixture
def village(tmp_path: Path, fresh_kafka: KafkaServer) -> Iterator[Village]:
    """Whose pairs are told on a broker of their own."""
    one = Village(tmp_path, EVENTS_URL=f"{fresh_kafka.url}&wait=0.02")
    yield one
    one.close()


@dataclass
class Subscriber:
    """The sample in a folder of its own, as a process that is killed, which its broker notices sooner here."""

    broker: KafkaServer
    folder: Path
    topic: str = TOPIC
    group: str = GROUP

    def __enter__(self) -> "Subscriber":
        code = SAMPLE.read_text(encoding="utf-8").replace("localhost:9092", self.broker.bootstrap)
        code = code.replace(f'"{TOPIC}"', f'"{self.topic}"')
        code = code.replace("enable_auto_commit=False", "enable_auto_commit=False, session_timeout_ms=6000")
        self.folder.mkdir(exist_ok=True)
        (self.folder / "subscriber.py").write_text(code.replace(f'"{GROUP}"', f'"{self.group}"'))
        self._out = (self.folder / "out").open("ab")
        self.process = subprocess.Popen([sys.executable, "subscriber.py"], cwd=self.folder, stdout=self._out)
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        self._out.close()

    def lines(self) -> int:
        """What it did, as it printed it."""
        return (self.folder / "out").read_text().count("\n")

    def live(self) -> dict[str, str]:
        """Of its table."""
        with closing(sqlite3.connect(self.folder / "my-system.db")) as db:
            return {pair: state for pair, state in db.execute("SELECT id, state FROM pairs") if state in LIVE}

    def behind(self) -> int:
        """Records that its group has not committed."""
        with closing(KafkaConsumer(bootstrap_servers=self.broker.bootstrap, group_id=self.group,
                                   enable_auto_commit=False)) as consumer:
            parts = [TopicPartition(self.topic, one) for one in consumer.partitions_for_topic(self.topic) or ()]
            ends, begins = consumer.end_offsets(parts), consumer.beginning_offsets(parts)
            return sum(ends[one] - (consumer.committed(one) or begins[one]) for one in parts)


def until(true: Callable[[], object], seconds: float = 60.0, pause: float = 0.2) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(pause)


def caught_up(subscriber: Subscriber) -> dict[str, str]:
    """Its live pairs, when it has read all there is."""
    until(lambda: subscriber.behind() == 0)
    return subscriber.live()


def live_pairs(village: Village) -> dict[str, str]:
    pairs = village.house.rooms["matching"].service.pairs.store.each({})
    return {one.id: str(one.state) for one in pairs if one.live}


def a_cohort(village: Village) -> list[str]:
    """Pairs under way, after some that came to nothing."""
    programme = village.programme()
    village.bring(programme, "mentor", MENTORS)
    village.bring(programme, "mentee", MENTEES)
    for _ in range(PROPOSALS):
        asked = village.send("POST", "matching", f"/programmes/{programme}/pairs",
                             json={"mentor_id": person_id("a1"), "mentee_id": person_id("e2")}).json["id"]
        end(village, asked, "declined")
    return [one.id for one in village.house.rooms["matching"].service.pairs.store.get_many(
        [str(one["id"]) for one in village.matched(programme)]) if one.live]


def records(village: Village) -> list[Received]:
    return [one for one in village.house.log.read([TOPIC]) if isinstance(one, Received)]


def again(village: Village, events: list[Received]) -> None:
    """The same on the log once more, as after a crash of the relay."""
    names = [field.name for field in fields(Outgoing)]
    same = [Outgoing(**{name: getattr(one, name) for name in names}) for one in events]
    assert len(village.house.log.publish(same)) == len(same)


def end(village: Village, pair: str, reason: str = "ended-early") -> None:
    village.send("POST", "matching", f"/pairs/{pair}/closure", json={"reason": reason})
    village.settle()


@pytest.mark.feature("O7")
def test_after_a_restart_it_knows_what_happened_meanwhile(village: Village, fresh_kafka: KafkaServer,
                                                        tmp_path: Path) -> None:
    pairs = a_cohort(village)
    with Subscriber(fresh_kafka, tmp_path / "one") as subscriber:
        assert caught_up(subscriber) == live_pairs(village)
    end(village, pairs[0])

    with Subscriber(fresh_kafka, tmp_path / "one") as subscriber:
        assert caught_up(subscriber) == live_pairs(village)
        assert set(subscriber.live()) == set(pairs[1:])


@pytest.mark.feature("O7")
def test_killed_midway_it_goes_on_and_a_replay_with_repeats_changes_nothing(village: Village, fresh_kafka: KafkaServer,
                                                                          tmp_path: Path) -> None:
    pairs = a_cohort(village)
    end(village, pairs[0])
    told = records(village)
    again(village, told)

    with Subscriber(fresh_kafka, tmp_path / "one") as subscriber:
        until(lambda: subscriber.lines() >= 3, pause=0.002)
    assert subscriber.lines() < len(told)
    with Subscriber(fresh_kafka, tmp_path / "one") as subscriber:
        assert caught_up(subscriber) == live_pairs(village)
    done = subscriber.lines()
    again(village, told[:-1])

    with Subscriber(fresh_kafka, tmp_path / "one", group="from-the-beginning") as subscriber:
        assert caught_up(subscriber) == live_pairs(village)
        assert subscriber.lines() == done, "nothing had an effect again, though the last on the log is older"


@pytest.mark.feature("O7")
def test_who_comes_late_needs_the_last_record_of_each_key_alone(village: Village, fresh_kafka: KafkaServer,
                                                              tmp_path: Path) -> None:
    pairs = a_cohort(village)
    end(village, pairs[0])
    village.house.log.create_topics([Topic(COMPACTED)])
    last = compacted(fresh_kafka)

    with Subscriber(fresh_kafka, tmp_path / "late", topic=COMPACTED) as subscriber:
        assert caught_up(subscriber) == live_pairs(village)
        assert subscriber.lines() == last == PROPOSALS + len(pairs) < len(records(village))


def compacted(broker: KafkaServer) -> int:
    """Puts what compaction leaves on a topic of its own; answers how many records that is."""
    with closing(KafkaConsumer(TOPIC, bootstrap_servers=broker.bootstrap, auto_offset_reset="earliest",
                               enable_auto_commit=False, consumer_timeout_ms=3000)) as consumer:
        last = {record.key: record for record in consumer}
    with closing(KafkaProducer(bootstrap_servers=broker.bootstrap)) as producer:
        for record in last.values():
            producer.send(COMPACTED, key=record.key, value=record.value, headers=list(record.headers))
        producer.flush()
    return len(last)
