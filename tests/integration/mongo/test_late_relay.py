"""A relay that was held up while it published, and finds that another has published newer events meanwhile."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from shared.embedded.log import EmbeddedLog
from shared.kernel.clock import SettableClock
from shared.kernel.ids import new_id
from shared.messaging.envelope import Outgoing, Received
from shared.messaging.log import EventLog, Topic
from shared.messaging.relay import LEASE, Relay
from shared.mongo.store import MongoStore
from shared.runtime.engines import open_log
from tests.contract.store_builders import a_document, an_envelope, changed, written

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


class HeldUp:
    """A log whose first publishing is held up until something else has happened."""

    def __init__(self, log: EventLog, meanwhile: Callable[[], object]) -> None:
        self._log, self._meanwhile = log, meanwhile

    def publish(self, events: Sequence[Outgoing]) -> list[Outgoing]:
        self._meanwhile()
        return self._log.publish(events)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[EmbeddedLog]:
    with closing(open_log(f"embedded:{tmp_path}")) as log:
        assert isinstance(log, EmbeddedLog)
        log.create_topics([Topic("test.pairs.v1", compacted=True, retention_days=0)])
        yield log


def last_numbers(log: EmbeddedLog) -> list[int]:
    """What a late joiner finds: of each key the last record."""
    log.tidy()
    return [one.sequence.number for one in log.read(["test.pairs.v1"]) if isinstance(one, Received)]


def test_what_is_last_on_a_compacted_topic_is_the_newest(mongo_url: str, log: EmbeddedLog) -> None:
    url, clock = f"{mongo_url.rstrip('/')}/t{new_id()[:8]}", SettableClock(NOW)
    with closing(MongoStore(url, "test")) as one, closing(MongoStore(url, "test")) as two:
        changed(written(one.documents("pairs"), a_document()), "p1", an_envelope(1))
        two.documents("pairs")
        other = Relay(two.outbox(), log, clock, "two")

        def the_other_takes_over() -> None:
            clock.set(NOW + LEASE + timedelta(seconds=1))
            changed(one.documents("pairs"), "p1", an_envelope(2))
            other.step()

        Relay(one.outbox(), HeldUp(log, the_other_takes_over), clock, "one").step()  # type: ignore[arg-type]
        assert last_numbers(log) == [1], "an old state lies behind the newest"
        other.step()
        one.drop()

    assert last_numbers(log) == [2]
