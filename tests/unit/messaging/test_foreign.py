"""What becomes of events that others than Ithaca write, when a rule says no to them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from marshmallow import ValidationError

from shared.kernel.clock import SettableClock, SystemClock
from shared.kernel.errors import Invalid, NotFound
from shared.kernel.ids import derived_id
from shared.messaging.consumer import MOST_PARKED_A_MINUTE, Consumer
from shared.messaging.envelope import Received
from shared.messaging.parking import ParkedKey
from shared.runtime.cli import commands
from shared.runtime.metrics import WorkerMetrics
from shared.sqlite.database import Database
from tests.unit.messaging.harbour import BOATS, START, Boat, BoatLeft, Harbour

REFUSALS = [Invalid("no crew of 13"), ValidationError("no number")]


@pytest.fixture
def harbour(tmp_path: Path) -> Iterator[Harbour]:
    """Its tower is told of boats by strangers."""
    harbour = Harbour(tmp_path, foreign=[BOATS.name])
    yield harbour
    harbour.close()


def leave(harbour: Harbour, name: str, crew: int = 5) -> None:
    if not harbour.boats.exists(name):
        harbour.boats.add(Boat(id=name))
    harbour.boats.change(name, lambda boat: boat.leave(crew, START))


def dead(harbour: Harbour) -> list[ParkedKey]:
    return list(harbour.workers[1].dead_letters.waiting())


def crew(harbour: Harbour, name: str) -> int:
    return harbour.sightings.get(derived_id("sighting", name)).crew


@pytest.mark.parametrize("error", REFUSALS, ids=["by a rule", "by its form"])
def test_what_is_refused_is_kept_and_what_comes_after_it_has_its_effect(harbour: Harbour, error: Exception) -> None:
    harbour.broken.append(error)
    leave(harbour, "argo", 13)
    harbour.settle()
    harbour.broken.clear()

    leave(harbour, "argo", 6)
    harbour.settle()

    assert crew(harbour, "argo") == 6
    assert [(one.key, one.refused, [event.data for event in one.waiting]) for one in dead(harbour)] == [
        ("argo", True, [{"boat_id": "argo", "crew": 13}])]


def test_an_unreadable_record_of_a_stranger_is_kept_alone(harbour: Harbour) -> None:
    harbour.log.database.write(  # type: ignore[attr-defined]
        lambda db: db.execute("INSERT INTO records(topic, key, event) VALUES(?, 'argo', ?)", (BOATS.name, b"{broken")))
    leave(harbour, "argo")
    harbour.settle()

    [kept] = dead(harbour)

    assert (kept.error, kept.refused, crew(harbour, "argo")) == ("unreadable: JSONDecodeError", True, 5)


@pytest.mark.parametrize("error", REFUSALS, ids=["by a rule", "by its form"])
def test_however_much_is_refused_the_consumer_goes_on(harbour: Harbour, error: Exception) -> None:
    harbour.broken.append(error)
    for number in range(MOST_PARKED_A_MINUTE + 2):
        leave(harbour, f"boat-{number}")
    harbour.settle()
    harbour.broken.clear()
    leave(harbour, "argo")
    harbour.settle()

    assert not harbour.workers[1].consumer.halted
    assert len(dead(harbour)) == MOST_PARKED_A_MINUTE + 2
    assert crew(harbour, "argo") == 5


def test_a_bug_that_strangers_find_halts_the_consumer_all_the_same(harbour: Harbour) -> None:
    harbour.broken.append(RuntimeError("a bug"))
    for number in range(MOST_PARKED_A_MINUTE + 1):
        leave(harbour, f"boat-{number}")
    harbour.settle()

    assert harbour.workers[1].consumer.halted
    assert not [one for one in dead(harbour) if one.refused]


def test_what_waited_for_something_and_is_refused_then_lets_the_next_go_on(harbour: Harbour) -> None:
    harbour.broken.append(NotFound("no harbour yet"))
    leave(harbour, "argo", 13)
    leave(harbour, "argo", 6)
    harbour.settle()
    assert [(one.refused, len(one.waiting)) for one in dead(harbour)] == [(False, 2)]

    harbour.broken[:] = [Invalid("no crew of 13")]
    harbour.workers[1].step()
    harbour.broken.clear()
    harbour.settle()

    assert [(one.refused, len(one.waiting)) for one in dead(harbour)] == [(True, 1)]
    assert crew(harbour, "argo") == 6


def meanwhile(harbour: Harbour, happens: Callable[[Received], object], error: Exception) -> None:
    """A worker tries what waits, and what happens does so before the first of it fails."""
    def slow(event: Received) -> None:
        happens(event)
        raise error
    letters = replace(harbour.workers[1].dead_letters, handlers={BoatLeft.type: slow})
    letters.retry(at_once=True)


@pytest.mark.parametrize("goes_on", [False, True], ids=["the next waits", "nothing waits"])
def test_what_another_worker_refused_meanwhile_takes_nothing_else_with_it(harbour: Harbour, goes_on: bool) -> None:
    harbour.broken.append(NotFound("no harbour yet"))
    leave(harbour, "argo", 13)
    leave(harbour, "argo", 6)
    harbour.settle()
    harbour.broken.clear()
    letters = harbour.workers[1].dead_letters
    [parked] = dead(harbour)

    def refused(event: Received) -> None:
        letters.refuse(event, "Invalid: no crew of 13")
        letters.discard(parked.id, event.id)
        if goes_on:
            letters.replay(parked.id)

    meanwhile(harbour, refused, Invalid("no crew of 13"))
    harbour.settle()

    assert [[event.data for event in one.waiting] for one in dead(harbour)] == [[{"boat_id": "argo", "crew": 13}]]
    assert crew(harbour, "argo") == 6


@pytest.mark.parametrize("error", [NotFound("no harbour yet"), RuntimeError("a bug")], ids=["missing", "a bug"])
def test_what_another_worker_handled_meanwhile_puts_nothing_else_off(harbour: Harbour, error: Exception) -> None:
    harbour.broken.append(NotFound("no harbour yet"))
    leave(harbour, "argo", 5)
    leave(harbour, "argo", 6)
    harbour.settle()
    letters = harbour.workers[1].dead_letters
    [parked] = dead(harbour)

    meanwhile(harbour, lambda event: letters.discard(parked.id, event.id), error)

    assert letters.get(parked.id).retry_at == parked.retry_at


@pytest.mark.parametrize("error", [NotFound("no harbour yet"), Invalid("no crew of 13"), RuntimeError("a bug")],
                         ids=["missing", "refused", "a bug"])
def test_what_is_erased_while_it_is_tried_is_nobodys_business(harbour: Harbour, error: Exception) -> None:
    harbour.broken.append(NotFound("no harbour yet"))
    leave(harbour, "argo", 13)
    harbour.settle()
    [parked] = dead(harbour)

    meanwhile(harbour, lambda _: harbour.tower.parked_keys.delete(parked.id), error)

    assert dead(harbour) == []


def test_what_was_refused_is_replayed_or_discarded_by_command_and_changes_nothing_newer(harbour: Harbour) -> None:
    harbour.broken.append(Invalid("no crew of 13"))
    for name in ("argo", "fram"):
        leave(harbour, name, 13)
    harbour.settle()
    run, group = CliRunner(), commands(lambda: harbour.workers[1])
    argo, fram = sorted(dead(harbour), key=lambda one: one.key)
    refused = run.invoke(group, ["dead-letters", "replay", argo.id])
    harbour.broken.clear()
    leave(harbour, "argo", 6)
    harbour.settle()

    replayed = [run.invoke(group, ["dead-letters", "replay", one.id]).output for one in (argo, fram)]

    assert "no crew of 13" in refused.output
    assert replayed == 2 * ["1 event(s) handled\n"]
    assert (crew(harbour, "argo"), crew(harbour, "fram"), dead(harbour)) == (6, 13, [])
    assert not [*harbour.workers[1].dead_letters.keys.each({"refused": True})]


def test_what_was_refused_is_let_go_when_the_log_has_it_no_more(harbour: Harbour) -> None:
    harbour.broken.append(Invalid("no crew of 13"))
    for name in ("argo", "fram"):
        leave(harbour, name, 13)
    harbour.settle()
    tower = harbour.workers[1]
    tower.dead_letters.clock = later = SettableClock(SystemClock().now() + timedelta(days=29))

    kept = tower.dead_letters.let_go()
    later.set(later.now() + timedelta(days=2))
    tower.consumer._next_look = 0.0
    harbour.settle()

    assert (kept, dead(harbour)) == (0, [])
    assert not [*tower.dead_letters.keys.each({})]


def test_a_key_that_waits_behind_a_bug_waits_for_ever(harbour: Harbour) -> None:
    harbour.broken.append(RuntimeError("a bug"))
    leave(harbour, "argo")
    harbour.settle()

    letters = replace(harbour.workers[1].dead_letters, clock=SettableClock(SystemClock().now() + timedelta(days=365)))

    assert (letters.let_go(), len(dead(harbour))) == (0, 1)


def test_all_that_was_refused_is_discarded_by_one_command(harbour: Harbour) -> None:
    harbour.broken.append(Invalid("no crew of 13"))
    for number in range(3):
        leave(harbour, f"boat-{number}")
    harbour.settle()
    harbour.broken[:] = [RuntimeError("a bug")]
    leave(harbour, "argo")
    harbour.settle()
    tower = harbour.workers[1]
    measured = {name: figure() for name, _, figure in WorkerMetrics(tower).gauges()}

    answer = CliRunner().invoke(commands(lambda: tower), ["dead-letters", "discard-refused", BOATS.name])

    assert (measured["parked_keys"], measured["refused_events"]) == (4, 3)
    assert answer.output == "3 event(s) discarded\n"
    assert [(one.key, one.refused) for one in dead(harbour)] == [("argo", False)]


def test_however_much_was_refused_nobody_reads_it_but_who_asks_for_it(
        harbour: Harbour, monkeypatch: pytest.MonkeyPatch) -> None:
    harbour.broken.append(Invalid("no crew of 13"))
    for number in range(5):
        leave(harbour, f"boat-{number}")
    harbour.settle()
    harbour.broken[:] = [NotFound("no harbour yet")]
    leave(harbour, "argo")
    harbour.settle()
    read, plans, all_of, tower = list[str](), list[str](), Database.all, harbour.workers[1]

    def explained(database: Database, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        rows = all_of(database, sql, values)
        if "parked_keys" in sql:
            read.extend(str(row[0]) for row in rows)
            plans.extend(row[3] for row in all_of(database, f"EXPLAIN QUERY PLAN {sql}", values))
        return rows

    monkeypatch.setattr(Database, "all", explained)
    tower.dead_letters.retry(at_once=True)
    tower.dead_letters.retry()
    figures = {name: figure() for name, _, figure in WorkerMetrics(tower).gauges()}
    Consumer(tower.consumer.subscription, {}, tower.dead_letters, tower.backbone.positions)

    assert (figures["parked_keys"], figures["dead_letters"]) == (6, 6)
    assert read
    assert not [document for document in read if '"refused":true' in document]
    assert all("SEARCH parked_keys USING INDEX parked_keys_group" in plan for plan in plans)
