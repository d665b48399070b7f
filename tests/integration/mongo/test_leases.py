"""Leases on MongoDB run out; on SQLite the kernel gives them back, so this is about MongoDB alone."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from shared.kernel.ids import new_id
from shared.messaging.envelope import Outgoing
from shared.mongo.store import MongoStore
from tests.contract.store_builders import a_document, an_envelope, changed, written

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
THEN = NOW + timedelta(seconds=30)
END = NOW + timedelta(seconds=60)


@pytest.fixture
def stores(mongo_url: str) -> Iterator[tuple[MongoStore, MongoStore]]:
    """One service opened by two processes, with one event waiting."""
    url = f"{mongo_url.rstrip('/')}/t{new_id()[:8]}"
    with closing(MongoStore(url, "test")) as one, closing(MongoStore(url, "test")) as two:
        changed(written(one.documents("pairs"), a_document()), "p1", an_envelope(1))
        two.documents("pairs")
        yield one, two
        one.drop()


def numbers(events: list[Outgoing]) -> list[int]:
    return [event.sequence.number for event in events]


def test_a_lease_runs_out(stores: tuple[MongoStore, MongoStore]) -> None:
    one, two = stores
    one.outbox().lease(NOW, THEN, "one", 9)

    assert two.outbox().lease(THEN - timedelta(milliseconds=1), END, "two", 9) == []
    assert numbers(two.outbox().lease(THEN, END, "two", 9)) == [1]


def test_who_lost_the_lease_takes_nothing_from_whose_it_is_now(stores: tuple[MongoStore, MongoStore]) -> None:
    one, two = stores
    events = one.outbox().lease(NOW, THEN, "one", 9)
    changed(one.documents("pairs"), "p1", an_envelope(2))
    assert numbers(two.outbox().lease(THEN, END, "two", 9)) == [1, 2]

    one.outbox().clear(events)

    assert one.outbox().lease(THEN, END, "one", 9) == [], "the lease is still the other's"
    assert numbers(one.outbox().lease(END, END, "one", 9)) == [1, 2]


def test_who_lost_the_lease_cannot_give_it_away(stores: tuple[MongoStore, MongoStore]) -> None:
    one, two = stores
    events = one.outbox().lease(NOW, THEN, "one", 9)
    two.outbox().lease(THEN, END, "two", 9)

    one.outbox().release(events)

    assert one.outbox().lease(THEN, END, "one", 9) == []


def test_after_a_lost_lease_the_newest_is_sent_once_more(stores: tuple[MongoStore, MongoStore]) -> None:
    one, two = stores
    late = one.outbox().lease(NOW, THEN, "one", 9)
    changed(one.documents("pairs"), "p1", an_envelope(2))
    two.outbox().clear(two.outbox().lease(THEN, END, "two", 9))
    one.outbox().clear(late)

    again = two.outbox().lease(THEN, END, "two", 9)
    two.outbox().clear(again)

    assert again == [an_envelope(2)]
    assert two.outbox().lease(END, END, "two", 9) == []
    assert two.documents("pairs").delete("p1", 2)


def test_the_newest_of_each_topic_is_sent_before_what_came_since(stores: tuple[MongoStore, MongoStore]) -> None:
    one, two = stores
    late = one.outbox().lease(NOW, THEN, "one", 9)
    changed(one.documents("pairs"), "p1", an_envelope(2, topic="test.closings.v1"), an_envelope(3))
    two.outbox().clear(two.outbox().lease(THEN, END, "two", 9))
    one.outbox().clear(late)

    changed(one.documents("pairs"), "p1", an_envelope(4))

    assert numbers(two.outbox().lease(THEN, END, "two", 9)) == [2, 3, 4]


def test_a_lease_lost_while_the_other_sends_makes_him_send_again(stores: tuple[MongoStore, MongoStore]) -> None:
    one, two = stores
    late = one.outbox().lease(NOW, THEN, "one", 9)
    changed(one.documents("pairs"), "p1", an_envelope(2))
    sending = two.outbox().lease(THEN, END, "two", 9)

    one.outbox().clear(late)
    two.outbox().clear(sending)

    assert two.outbox().lease(THEN, END, "two", 9) == [an_envelope(2)]


def test_whoever_takes_over_from_the_dead_sends_what_was_sent(stores: tuple[MongoStore, MongoStore]) -> None:
    one, two = stores
    late = one.outbox().lease(NOW, THEN, "one", 9)
    assert numbers(two.outbox().lease(THEN, END, "two", 9)) == [1]
    one.outbox().clear(late)

    two.outbox().clear(two.outbox().lease(END, END, "two", 9))

    assert two.outbox().lease(END, END, "two", 9) == []
    assert two.documents("pairs").delete("p1", 1)


def test_who_died_after_acknowledgement_leaves_a_repeat(stores: tuple[MongoStore, MongoStore]) -> None:
    one, two = stores
    before = one.outbox().lease(NOW, THEN, "one", 9)

    assert two.outbox().lease(THEN, END, "two", 9) == before
