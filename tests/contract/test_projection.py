"""A projection is rebuilt beside the one that is read, on every document engine."""

from collections.abc import Callable, Iterator

import pytest

from shared.kernel.errors import Busy, Unavailable
from shared.kernel.events import Sequence as Number
from shared.messaging.envelope import Received
from shared.runtime.rebuilding import Rebuild
from shared.store.builds import LOOK, Builds
from shared.store.documents import Index, Store
from shared.store.projection import Projection

TOPIC, KIND = "test.pairs.v1", "test.pair-changed.v1"


class Watch:
    """Seconds that pass when they are told to."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds

    def wait(self, seconds: float) -> None:
        self.seconds += seconds


def a_projection(store: Store, watch: Watch) -> Projection:
    builds = Builds(store.documents("projection_builds"), "pairs", watch)
    return Projection(store, "pairs", builds, [Index(("state",))])


def an_event(pair: str, number: int, state: str) -> Received:
    return Received(id=f"{pair}#{number}", source=f"/test/pairs/{pair}", sequence=Number(1, number), type=KIND,
                    topic=TOPIC, key=pair, time="2026-03-01T09:00:00.000Z", data={"state": state})


def keep(projection: Projection) -> Callable[[Received], object]:
    return lambda event: projection.put(event.key, dict(event.data or {}), event)


def rows(projection: Projection) -> dict[str, str]:
    return {one["_id"]: one["state"] for one in projection.each({})}


class Log:
    """Holds what was published; `meanwhile` happens between two events while somebody reads."""

    def __init__(self) -> None:
        self.events: list[Received] = []
        self.meanwhile: list[Callable[[], object]] = []

    def read(self, topics: list[str]) -> Iterator[Received]:
        for event in list(self.events):
            if self.meanwhile:
                self.meanwhile.pop(0)()
            yield event


class Rig:
    """A worker that keeps what arrives, and somebody else who rebuilds, each with an own look at the store."""

    def __init__(self, worker: Store, other: Store) -> None:
        self.watch, self.log, self.other = Watch(), Log(), other
        self.live, self.rebuilt = a_projection(worker, self.watch), a_projection(other, self.watch)

    def arrive(self, pair: str, number: int, state: str) -> None:
        event = an_event(pair, number, state)
        self.log.events.append(event)
        keep(self.live)(event)

    def rebuild(self) -> int:
        return Rebuild({TOPIC: self.rebuilt}, {TOPIC: keep(self.rebuilt)}, {KIND}, self.log,  # type: ignore[arg-type]
                       self.watch.wait).run()

    def look_again(self) -> None:
        self.watch.wait(LOOK)


@pytest.fixture
def rig(store: Store, again: Iterator[Store]) -> Rig:
    return Rig(store, next(again))


def test_a_rebuilt_projection_has_what_the_log_has_and_nothing_else(rig: Rig) -> None:
    rig.arrive("a", 1, "open")
    rig.arrive("a", 2, "closed")
    rig.arrive("b", 1, "open")
    keep(rig.live)(an_event("never-published", 1, "a bug made this"))
    rig.live.documents.delete("b", 0)

    assert rig.rebuild() == 3
    rig.look_again()

    assert rows(rig.live) == {"a": "closed", "b": "open"}
    assert rig.live.documents.name == "pairs_2"
    assert [one["_id"] for one in rig.live.find({"state": "closed"})] == ["a"]


def test_what_arrives_meanwhile_is_in_it_too(rig: Rig) -> None:
    for number in range(4):
        rig.arrive(f"old-{number}", 1, "open")
    rig.log.meanwhile = [
        lambda: rig.arrive("new", 1, "open"), lambda: rig.arrive("old-0", 2, "closed"),
        lambda: rig.arrive("old-3", 2, "closed"), lambda: rig.arrive("new", 2, "closed")]

    rig.rebuild()
    rig.arrive("later", 1, "open")
    rig.look_again()

    assert rows(rig.live) == {"old-0": "closed", "old-1": "open", "old-2": "open", "old-3": "closed", "new": "closed",
                              "later": "open"}


def test_until_the_switch_the_old_rows_are_read(rig: Rig) -> None:
    rig.arrive("a", 1, "open")
    rig.arrive("b", 1, "open")
    seen: list[dict[str, str]] = []
    rig.log.meanwhile = [lambda: seen.append(rows(rig.live))]

    rig.rebuild()

    assert seen == [{"a": "open", "b": "open"}]


def test_a_rebuild_that_was_cut_short_changes_nothing_and_can_be_done_again(rig: Rig) -> None:
    rig.arrive("a", 1, "open")
    rig.log.meanwhile = [_cut]
    with pytest.raises(Unavailable):
        rig.rebuild()
    rig.look_again()
    rig.arrive("a", 2, "closed")
    assert rows(rig.live) == {"a": "closed"}

    rig.rebuild()
    rig.look_again()

    assert (rig.live.documents.name, rows(rig.live)) == ("pairs_3", {"a": "closed"})
    assert rig.other.documents("pairs_2").count({}) == 0


def test_the_one_before_goes_with_the_next_rebuild(rig: Rig) -> None:
    rig.arrive("a", 1, "open")
    rig.rebuild()
    assert rig.other.documents("pairs").count({}) == 1

    rig.rebuild()
    rig.look_again()

    assert rows(rig.live) == {"a": "open"}
    assert rig.other.documents("pairs").count({}) == 0


def test_of_two_rebuilds_the_one_that_began_last_is_switched_to(rig: Rig) -> None:
    rig.arrive("a", 1, "open")
    second = a_projection(rig.other, rig.watch)
    rig.log.meanwhile = [second.begin]

    with pytest.raises(Busy, match="another rebuild"):
        rig.rebuild()

    assert rows(rig.live) == {"a": "open"}
    second.builds.switch(3)


def _cut() -> None:
    raise Unavailable("the log is away")
