"""What the embedded log keeps, and for how long."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from shared.embedded.log import EmbeddedLog
from shared.messaging.envelope import Received
from shared.messaging.log import Topic
from shared.sqlite.database import Database
from tests.contract.event_builders import an_event

DAY = 86_400.0
PAIRS = Topic("pairs.v1", compacted=True)
PEOPLE = Topic("people.v1", compacted=True, tier="restricted")
CHECK_INS = Topic("check-ins.v1", retention_days=30)


class Calendar:
    """The machine's time, moved by hand."""

    def __init__(self) -> None:
        self.now = 1_000 * DAY

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def log(tmp_path: Path, calendar: Calendar) -> Iterator[EmbeddedLog]:
    with closing(EmbeddedLog(Database(str(tmp_path / "events.db")), calendar)) as log:
        log.create_topics([PAIRS, PEOPLE, CHECK_INS])
        yield log


def numbers(log: EmbeddedLog, topic: Topic) -> list[int]:
    return [one.sequence.number for one in log.read([topic.name]) if isinstance(one, Received)]


def told(log: EmbeddedLog, topic: Topic, *which: int) -> None:
    log.publish([an_event(topic.name, number) for number in which])


def test_an_older_record_of_a_key_stays_for_the_lag_of_its_topic(log: EmbeddedLog, calendar: Calendar) -> None:
    told(log, PAIRS, 1, 2)
    calendar.now += 29 * DAY
    log.tidy()
    assert numbers(log, PAIRS) == [1, 2]

    calendar.now += 2 * DAY
    log.tidy()

    assert numbers(log, PAIRS) == [2]


def test_what_was_said_of_a_person_goes_with_the_first_event_of_the_next_hour(
        log: EmbeddedLog, calendar: Calendar) -> None:
    told(log, PEOPLE, 1, 2)
    calendar.now += 3_601

    told(log, CHECK_INS, 1)

    assert numbers(log, PEOPLE) == [2]


def test_what_was_said_of_a_person_goes_within_the_hour_though_nothing_happens_any_more(
        log: EmbeddedLog, calendar: Calendar) -> None:
    told(log, PEOPLE, 1, 2)
    with closing(log.subscribe("worker", [PEOPLE.name])) as subscription:
        subscription.poll(0)
        assert numbers(log, PEOPLE) == [1, 2]
        calendar.now += 3_601

        subscription.poll(0)

    assert numbers(log, PEOPLE) == [2]


def test_other_topics_keep_their_days_and_no_more(log: EmbeddedLog, calendar: Calendar) -> None:
    told(log, CHECK_INS, 1)
    calendar.now += 20 * DAY
    told(log, CHECK_INS, 2)

    calendar.now += 11 * DAY
    log.tidy()

    assert numbers(log, CHECK_INS) == [2]


def test_the_log_says_how_many_of_its_topics_are_compacted(log: EmbeddedLog) -> None:
    assert log.describe()["compaction"] == "of 2 of 3 topics, every hour"
