"""What every outbox promises: the table on SQLite and the arrays on MongoDB."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest

from shared.kernel.errors import OutboxFull
from shared.messaging.envelope import Outgoing
from shared.store.documents import MAX_WAITING, Documents, Outbox, Store, Write
from tests.contract.store_builders import a_document, an_envelope, changed, written

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(seconds=30)


def leased(outbox: Outbox, limit: int = 500) -> list[Outgoing]:
    return outbox.lease(NOW, LATER, "me", limit)


def numbers(events: list[Outgoing]) -> list[int]:
    return [one.sequence.number for one in events]


def test_what_leaves_with_a_document_waits_whole(store: Store) -> None:
    event = an_envelope(1, causation_id="c", correlation_id="d", traceparent="t")
    tombstone = an_envelope(2, data=None)

    store.documents("pairs").insert([Write(a_document(sequence=str(tombstone.sequence)), [event, tombstone])])

    assert leased(store.outbox()) == [event, tombstone]


def test_what_leaves_with_changes_waits_in_order(store: Store) -> None:
    pairs = written(store.documents("pairs"), a_document())
    changed(pairs, "p1", an_envelope(1), an_envelope(2))
    changed(pairs, "p1")
    changed(pairs, "p1", an_envelope(3))

    assert numbers(leased(store.outbox())) == [1, 2, 3]


def test_nothing_waits_of_a_change_that_was_not_saved(store: Store) -> None:
    pairs = written(store.documents("pairs"), a_document())

    pairs.replace(Write(a_document(version=1), [an_envelope(1)]), 7)
    pairs.insert([Write(a_document(), [an_envelope(1)])])

    assert leased(store.outbox()) == []


def test_what_was_acknowledged_is_gone(store: Store) -> None:
    pairs = written(store.documents("pairs"), a_document())
    changed(pairs, "p1", an_envelope(1), an_envelope(2))
    outbox = store.outbox()

    outbox.clear(leased(outbox))

    assert leased(outbox) == []
    assert outbox.depth() == (0, None)
    assert pairs.delete("p1", 1)


def test_what_waits_of_one_source_is_told_also_while_it_is_leased(store: Store) -> None:
    pairs = written(written(store.documents("pairs"), a_document()), a_document("p2"))
    changed(pairs, "p1", an_envelope(1), an_envelope(2))
    outbox = store.outbox()
    first, second = outbox.waiting(an_envelope(1).source)

    events = leased(outbox)

    assert outbox.waiting(first.source) == [first, second] == events
    assert outbox.waiting(first.source.replace("p1", "p2")) == outbox.waiting(first.source.replace("p1", "p3")) == []
    outbox.clear(events)
    assert outbox.waiting(first.source) == []


def test_what_came_meanwhile_stays(store: Store) -> None:
    pairs = written(store.documents("pairs"), a_document())
    changed(pairs, "p1", an_envelope(1))
    outbox = store.outbox()
    events = leased(outbox)
    changed(pairs, "p1", an_envelope(2), an_envelope(3))

    outbox.clear(events)

    assert numbers(leased(outbox)) == [2, 3]


def test_what_was_not_acknowledged_may_be_leased_again_at_once(store: Store) -> None:
    pairs = written(store.documents("pairs"), a_document())
    changed(pairs, "p1", *(an_envelope(number) for number in (1, 2, 3)))
    outbox = store.outbox()
    events = leased(outbox)

    outbox.clear(events[:1])
    outbox.release(events[1:])

    assert numbers(leased(outbox)) == [2, 3]


def test_what_was_acknowledged_behind_what_was_not_leaves_alone(store: Store) -> None:
    pairs = store.documents("pairs")
    for second, name in enumerate("ab"):
        changed(written(pairs, a_document(name)), name, an_envelope(1, name, second=second))
    outbox = store.outbox()
    first, last = leased(outbox)

    outbox.clear([last])
    outbox.release([first])

    assert leased(outbox) == [first]


def waits(pairs: Documents, name: str, *topics: str, second: int = 0) -> None:
    """A pair with an event to each of these topics, since this second."""
    events = [an_envelope(number, name, second=second, topic=topic) for number, topic in enumerate(topics, 1)]
    changed(written(pairs, a_document(name)), name, *events)


def relayed(outbox: Outbox, *refused: str, limit: int = 2) -> list[str]:
    """The keys of what leaves in a step of a relay whose log takes nothing for the topics that are refused."""
    events, gone, stopped = leased(outbox, limit), list[Outgoing](), set[str]()
    for one in events:
        if one.topic in refused or one.source in stopped:
            stopped.add(one.source)
        else:
            gone.append(one)
    outbox.clear(gone)
    outbox.release([one for one in events if one not in gone])
    return [f"{one.key}{one.sequence.number}" for one in gone]


@pytest.mark.parametrize("apart", [0, 1], ids=["at once", "one after the other"])
def test_what_is_refused_holds_up_nobody_who_waits_behind_it(store: Store, apart: int) -> None:
    pairs, outbox = store.documents("pairs"), store.outbox()
    for second, name in enumerate("abcde"):
        waits(pairs, name, "missing", second=apart * second)
    waits(pairs, "z", "there", second=apart * 5)

    assert [relayed(outbox, "missing") for _ in range(3)] == [[], [], ["z1"]]
    assert outbox.depth()[0] == 5


def test_what_was_refused_is_tried_again_when_all_others_had_their_turn(store: Store) -> None:
    pairs, outbox = store.documents("pairs"), store.outbox()
    for second, (name, topic) in enumerate([("a", "missing"), ("b", "there"), ("c", "missing"), ("d", "there")]):
        waits(pairs, name, topic, second=second)

    assert [relayed(outbox, "missing") for _ in range(2)] == [["b1"], ["d1"]]
    assert [relayed(outbox) for _ in range(2)] == [["a1", "c1"], []]


def test_what_was_refused_is_tried_again_though_more_comes_than_leaves(store: Store) -> None:
    pairs, outbox = store.documents("pairs"), store.outbox()
    waits(pairs, "a", "missing")
    tried = 0
    for second in range(20):
        for name in ("x", "y", "z"):
            waits(pairs, f"{second:02}{name}", "there", second=second)
        events = leased(outbox, limit=2)
        tried += "a" in [one.key for one in events]
        outbox.clear([one for one in events if one.key != "a"])
        outbox.release([one for one in events if one.key == "a"])

    assert tried > 1


def test_nothing_leaves_before_what_was_refused_of_its_source(store: Store) -> None:
    pairs, outbox = store.documents("pairs"), store.outbox()
    for second, name in enumerate("abc"):
        waits(pairs, name, "there", "missing", "there", second=second)
    for second, name in enumerate("xy", 3):
        waits(pairs, name, "there", "there", "there", second=second)
    for name in "abc":
        changed(pairs, name, an_envelope(4, name, second=9, topic="there"))

    without = [one for _ in range(20) for one in relayed(outbox, "missing")]
    then = [one for _ in range(10) for one in relayed(outbox)]

    assert sorted(without) == ["a1", "b1", "c1", "x1", "x2", "x3", "y1", "y2", "y3"]
    assert [sorted(then), outbox.depth()] == [[f"{name}{number}" for name in "abc" for number in (2, 3, 4)], (0, None)]
    for name in "abcxy":
        own = [one for one in [*without, *then] if one.startswith(name)]
        assert own == sorted(own)


def test_nothing_acknowledged_clears_nothing(store: Store) -> None:
    pairs = written(store.documents("pairs"), a_document())
    changed(pairs, "p1", an_envelope(1))
    outbox = store.outbox()
    events = leased(outbox)

    outbox.clear([])
    outbox.release(events)

    assert leased(outbox) == events


def test_of_a_source_a_prefix_is_leased(store: Store) -> None:
    pairs = store.documents("pairs")
    for second, name in enumerate("ab"):
        written(pairs, a_document(name))
        changed(pairs, name, *(an_envelope(number, name, second=second) for number in (1, 2, 3)))
    outbox = store.outbox()

    first = leased(outbox, limit=4)
    outbox.clear(first)
    rest = leased(outbox, limit=4)

    assert [(one.key, one.sequence.number) for one in first] == [("a", 1), ("a", 2), ("a", 3), ("b", 1)]
    assert [(one.key, one.sequence.number) for one in rest] == [("b", 2), ("b", 3)]


def test_the_oldest_leaves_first_whatever_its_collection(store: Store) -> None:
    pairs, others = store.documents("pairs"), store.documents("others")
    for second, (collection, name) in enumerate([(pairs, "z"), (others, "y"), (pairs, "x")]):
        event = an_envelope(1, name, collection=collection.name, second=second)
        collection.insert([Write(a_document(name, sequence=str(event.sequence)), [event])])
    outbox = store.outbox()

    first = leased(outbox, limit=2)
    outbox.clear(first)

    assert [one.key for one in first] == ["z", "y"]
    assert [one.key for one in leased(outbox)] == ["x"]


def test_what_one_leases_nobody_else_gets(store: Store, again: Iterator[Store]) -> None:
    pairs = written(store.documents("pairs"), a_document())
    changed(pairs, "p1", an_envelope(1))
    other = next(again)
    other.documents("pairs")

    assert numbers(leased(store.outbox())) == [1]

    assert other.outbox().lease(NOW, LATER, "other", 500) == []


def test_depth_counts_what_waits_and_since_when(store: Store) -> None:
    pairs = store.documents("pairs")
    assert store.outbox().depth() == (0, None)
    for second, name in enumerate("ab"):
        written(pairs, a_document(name))
        changed(pairs, name, an_envelope(1, name, second=second), an_envelope(2, name, second=second))

    changed(pairs, "a", an_envelope(3, "a", second=50))

    assert store.outbox().depth() == (5, NOW)


def test_a_full_outbox_refuses_the_command(store: Store) -> None:
    pairs = written(store.documents("pairs"), a_document())
    changed(pairs, "p1", *(an_envelope(number) for number in range(1, MAX_WAITING)))

    with pytest.raises(OutboxFull):
        changed(pairs, "p1", an_envelope(MAX_WAITING), an_envelope(MAX_WAITING + 1))

    assert changed(pairs, "p1", an_envelope(MAX_WAITING))
    with pytest.raises(OutboxFull):
        changed(pairs, "p1", an_envelope(MAX_WAITING + 1))
    assert changed(pairs, "p1"), "a change without events needs no room"
    assert store.outbox().depth()[0] == MAX_WAITING


def test_an_emptied_outbox_takes_commands_again(store: Store) -> None:
    pairs = written(store.documents("pairs"), a_document())
    changed(pairs, "p1", *(an_envelope(number) for number in range(1, MAX_WAITING + 1)))
    outbox = store.outbox()
    outbox.clear(leased(outbox, limit=MAX_WAITING))

    assert changed(pairs, "p1", an_envelope(MAX_WAITING + 1))


def test_of_one_version_no_two_outboxes_are_written(store: Store) -> None:
    pairs = written(store.documents("pairs"), a_document())

    def race(number: int) -> bool:
        after = a_document(version=1, sequence=str(an_envelope(1).sequence))
        return pairs.replace(Write(after, [an_envelope(1, data={"number": number})]), 0)

    with ThreadPoolExecutor(8) as threads:
        won = list(threads.map(race, range(16)))

    assert (sum(won), len(leased(store.outbox()))) == (1, 1)


def test_while_many_write_and_one_relays_nothing_is_lost_doubled_or_out_of_order(store: Store) -> None:
    pairs, outbox, written_all = store.documents("pairs"), store.outbox(), Event()
    for name in "abcd":
        written(pairs, a_document(name))
    published: list[Outgoing] = []

    def write(name: str) -> None:
        for number in range(1, 41):
            while not changed(pairs, name, an_envelope(number, name)):
                pass

    def relay() -> None:
        while not written_all.is_set() or outbox.depth()[0]:
            events = leased(outbox, limit=7)
            half = events[:len(events) // 2 + 1]
            outbox.clear(half)
            outbox.release(events[len(half):])
            published.extend(half)

    with ThreadPoolExecutor(5) as threads:
        relaying = threads.submit(relay)
        list(threads.map(write, "abcd"))
        written_all.set()
        relaying.result(60)

    for name in "abcd":
        assert numbers([one for one in published if one.key == name]) == list(range(1, 41))


def test_two_relays_publish_everything_once(store: Store, again: Iterator[Store]) -> None:
    pairs, stores = store.documents("pairs"), [next(again), next(again)]
    for number in range(60):
        event = an_envelope(1, f"p{number}")
        pairs.insert([Write(a_document(f"p{number}", sequence=str(event.sequence)), [event])])

    def relay(own: Store) -> list[str]:
        own.documents("pairs")
        done: list[str] = []
        for turn in range(40):
            events = own.outbox().lease(NOW, LATER, f"{id(own)} {turn}", 5)
            own.outbox().clear(events)
            done += [one.key for one in events]
        return done

    with ThreadPoolExecutor(2) as threads:
        published = [key for keys in threads.map(relay, stores) for key in keys]

    assert sorted(published) == sorted(f"p{number}" for number in range(60))
