"""What the backbone does when events, handlers or timers are bad."""

import time
from base64 import b64decode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

import pytest
from click.testing import CliRunner

from shared.kernel.aggregate import Aggregate
from shared.kernel.alive import heard_by, still_alive
from shared.kernel.clock import SystemClock
from shared.kernel.errors import Busy, NotFound, OutboxFull, ShapeTooNew, Unavailable
from shared.kernel.ids import derived_id
from shared.messaging.clock_loop import ClockLoop, Ticking
from shared.messaging.consumer import MOST_PARKED_A_MINUTE
from shared.messaging.dead_letters import DeadLetters
from shared.messaging.envelope import Outgoing, Unreadable
from shared.messaging.parking import ParkedKey
from shared.runtime.cli import commands
from shared.runtime.metrics import WorkerMetrics
from shared.runtime.worker import Worker
from shared.store.documents import MAX_WAITING, Write
from tests.unit.messaging.harbour import BOATS, START, Boat, Harbour


@pytest.fixture
def harbour(tmp_path: Path) -> Iterator[Harbour]:
    harbour = Harbour(tmp_path)
    yield harbour
    harbour.close()


def leave(harbour: Harbour, name: str) -> None:
    harbour.boats.add(Boat(id=name))
    harbour.boats.change(name, lambda boat: boat.leave(5, START))


def test_other_keys_go_on_behind_a_parked_one(harbour: Harbour) -> None:
    leave(harbour, "argo")
    harbour.broken.append(RuntimeError("a bug"))
    harbour.settle()
    harbour.broken.clear()

    leave(harbour, "bounty")
    harbour.settle()

    assert harbour.sightings.exists(derived_id("sighting", "bounty"))
    assert not harbour.sightings.exists(derived_id("sighting", "argo"))


def test_too_many_parked_keys_halt_the_consumer_and_lose_nothing(harbour: Harbour) -> None:
    harbour.broken.append(RuntimeError("a bug"))
    for number in range(MOST_PARKED_A_MINUTE + 2):
        leave(harbour, f"boat-{number}")
    harbour.workers[0].settle()
    tower = harbour.workers[1]
    tower.consumer.step(0)

    assert tower.consumer.halted
    assert len(list(tower.dead_letters.waiting())) == MOST_PARKED_A_MINUTE
    assert harbour.log.lag("tower", [BOATS.name]).behind[BOATS.name] == 2


def test_a_crash_while_a_missing_prerequisite_is_parked_leaves_nothing_to_a_human(
        harbour: Harbour, monkeypatch: pytest.MonkeyPatch) -> None:
    leave(harbour, "argo")
    harbour.broken.append(NotFound("no harbour yet"))
    harbour.workers[0].settle()
    letters = harbour.workers[1].dead_letters
    monkeypatch.setattr(letters.keys, "change", only_before_it_is_parked(letters))

    harbour.workers[1].consumer.step(0)
    monkeypatch.undo()
    harbour.broken.clear()
    harbour.settle()

    assert harbour.sightings.get(derived_id("sighting", "argo")).times == 1
    assert not list(letters.waiting())


def only_before_it_is_parked(letters: DeadLetters) -> Callable[..., ParkedKey]:
    """A store that goes away with the write that parks the key."""
    change = letters.keys.change

    def changed(id: str, decide: Callable[[ParkedKey], object]) -> ParkedKey:
        if list(letters.waiting()):
            raise Unavailable("gone")
        return change(id, decide)
    return changed


def test_a_store_that_is_away_during_a_retry_gives_nothing_up(harbour: Harbour) -> None:
    leave(harbour, "argo")
    harbour.broken.append(NotFound("no harbour yet"))
    harbour.settle()
    harbour.broken[:] = [Unavailable("gone")]
    harbour.settle()

    harbour.broken.clear()
    harbour.settle()

    assert harbour.sightings.get(derived_id("sighting", "argo")).times == 1


def test_an_unreadable_record_is_kept_whole_and_parks_its_key(harbour: Harbour) -> None:
    harbour.log.database.write(  # type: ignore[attr-defined]
        lambda db: db.execute("INSERT INTO records(topic, key, event) VALUES(?, 'argo', ?)", (BOATS.name, b"{broken")))

    harbour.settle()
    [parked] = harbour.workers[1].dead_letters.waiting()

    assert parked.error == "unreadable: JSONDecodeError"
    assert parked.waiting[0].raw is not None


def test_of_a_record_that_cannot_be_read_value_and_headers_are_kept(harbour: Harbour) -> None:
    letters = harbour.workers[1].dead_letters

    letters.park_unreadable(Unreadable(topic=BOATS.name, key="argo", partition=2, offset=7, error="not an object",
                                       value=b"\x00[", headers=(("ce_id", b"\xff"), ("empty", b""))))
    [[event]] = [parked.waiting for parked in letters.waiting()]

    assert (event.partition, event.offset, b64decode(event.raw or "")) == (2, 7, b"\x00[")
    assert [(name, b64decode(value)) for name, value in event.raw_headers] == [("ce_id", b"\xff"), ("empty", b"")]


def test_what_cannot_be_read_is_discarded_and_what_waits_behind_it_is_handled(harbour: Harbour) -> None:
    harbour.log.database.write(  # type: ignore[attr-defined]
        lambda db: db.execute("INSERT INTO records(topic, key, event) VALUES(?, 'argo', ?)", (BOATS.name, b"{broken")))
    leave(harbour, "argo")
    harbour.settle()
    run, group = CliRunner(), commands(lambda: harbour.workers[1])
    [parked] = harbour.workers[1].dead_letters.waiting()
    assert len(parked.waiting) == 2

    refused = run.invoke(group, ["dead-letters", "replay", parked.id])
    discarded = run.invoke(group, ["dead-letters", "discard", parked.id, parked.waiting[0].id])
    replayed = run.invoke(group, ["dead-letters", "replay", parked.id])
    harbour.boats.change("argo", lambda boat: boat.leave(6, START))
    harbour.settle()

    assert "cannot be read: discard it" in refused.output
    assert discarded.output == "discarded; 1 event(s) still wait\n"
    assert replayed.output == "1 event(s) handled\n"
    assert harbour.sightings.get(derived_id("sighting", "argo")).times == 2


def test_an_event_of_a_type_nobody_handles_is_passed_over(harbour: Harbour) -> None:
    leave(harbour, "argo")
    [event] = harbour.port.store.outbox().lease(START, START, "me", 10)
    newer = Outgoing(**{**vars(event), "id": "x", "type": "boat-left.v2", "source": "/port/boats/other"})
    harbour.log.publish([newer])

    harbour.settle()

    assert not list(harbour.workers[1].dead_letters.waiting())


def test_events_to_a_topic_that_does_not_exist_wait_in_the_outbox(harbour: Harbour) -> None:
    leave(harbour, "argo")
    harbour.log.database.write(lambda db: db.execute("DELETE FROM topics"))  # type: ignore[attr-defined]
    harbour.workers[0].settle()
    assert harbour.workers[0].outbox.depth()[0] == 1

    harbour.log.create_topics([BOATS])
    harbour.settle()

    assert harbour.workers[0].outbox.depth()[0] == 0


def test_a_document_with_too_many_waiting_events_refuses_more(harbour: Harbour) -> None:
    harbour.boats.add(Boat(id="argo"))
    for _ in range(MAX_WAITING):
        harbour.boats.change("argo", lambda boat: boat.leave(5, START))

    with pytest.raises(OutboxFull):
        harbour.boats.change("argo", lambda boat: boat.leave(5, START))

    harbour.workers[0].settle()
    harbour.boats.change("argo", lambda boat: boat.leave(6, START))


def test_a_timer_of_what_has_too_much_to_tell_rings_as_soon_as_there_is_room(harbour: Harbour) -> None:
    harbour.boats.add(Boat(id="argo"))
    for crew in range(MAX_WAITING):
        harbour.boats.change("argo", lambda boat, crew=crew: boat.leave(crew, START))
    harbour.clock.set(harbour.boats.get("argo").timers["news"])
    worker = harbour.workers[0]

    assert (worker.clock.step(), worker.clock.pauses, list(harbour.port.failing_timers.all())) == (0, {}, [])
    while worker.relay.step():
        pass
    assert worker.clock.step() == 1
    assert harbour.boats.get("argo").crew == MAX_WAITING


def test_a_timer_that_raises_is_backed_off_alone(harbour: Harbour) -> None:
    leave(harbour, "argo")
    leave(harbour, "bounty")
    clock, ring = harbour.workers[0].clock, harbour.workers[0].clock.ticking[0].repository.change
    harbour.boats.change("argo", lambda boat: boat.set_timer("nonsense", START))
    harbour.boats.change("bounty", lambda boat: boat.set_timer("news", START))

    assert clock.step() == 1
    assert list(clock.pauses) == [("boats", "argo")]
    assert ring("bounty", lambda boat: None).crew == 6


def test_a_timer_that_raises_is_listed_with_the_dead_letters_of_another_process(
        harbour: Harbour, tmp_path: Path) -> None:
    leave(harbour, "argo")
    harbour.boats.change("argo", lambda boat: boat.set_timer("nonsense", START))
    other, run = Harbour(tmp_path), CliRunner()
    listing = commands(lambda: other.workers[0])
    assert run.invoke(listing, ["dead-letters", "list"]).output == ""

    harbour.workers[0].clock.step()
    [line] = run.invoke(listing, ["dead-letters", "list"]).output.splitlines()

    assert "timer of boats argo" in line
    assert "AttributeError" in line
    other.close()


def test_a_timer_that_rings_again_leaves_the_list(harbour: Harbour) -> None:
    leave(harbour, "argo")
    harbour.boats.change("argo", lambda boat: boat.set_timer("nonsense", START))
    clock, failing = harbour.workers[0].clock, harbour.port.failing_timers
    clock.step()
    clock.pauses[("boats", "argo")] = (0.0, 1.0)
    clock.step()
    assert [one.attempts for one in failing.all()] == [2]

    harbour.boats.change("argo", lambda boat: (boat.clear_timer("nonsense"), boat.set_timer("news", START)))
    clock.pauses[("boats", "argo")] = (0.0, 1.0)
    clock.step()

    assert list(failing.all()) == []


def test_a_failing_timer_that_was_cancelled_leaves_the_list_of_every_worker(harbour: Harbour, tmp_path: Path) -> None:
    leave(harbour, "argo")
    harbour.boats.change("argo", lambda boat: boat.set_timer("nonsense", START))
    harbour.workers[0].clock.step()

    harbour.boats.change("argo", lambda boat: boat.clear_timer("nonsense"))
    other = Harbour(tmp_path)
    other.workers[0].clock.step()

    assert list(harbour.port.failing_timers.all()) == []
    other.close()


def test_dead_letters_are_listed_shown_and_replayed_by_command(harbour: Harbour) -> None:
    leave(harbour, "argo")
    harbour.broken.append(RuntimeError("a bug"))
    harbour.settle()
    harbour.broken.clear()
    group, run = commands(lambda: harbour.workers[1]), CliRunner()
    [parked] = harbour.workers[1].dead_letters.waiting()

    assert parked.id in run.invoke(group, ["dead-letters", "list"]).output
    assert parked.waiting[0].id in run.invoke(group, ["dead-letters", "show", parked.id]).output
    assert "1 event(s) would be handled" in run.invoke(group, ["dead-letters", "replay", parked.id, "--dry-run"]).output
    assert "1 event(s) handled" in run.invoke(group, ["dead-letters", "replay", parked.id]).output
    assert run.invoke(group, ["dead-letters", "show", "nothing"]).exit_code == 1
    assert harbour.sightings.exists(derived_id("sighting", "argo"))


def test_an_event_that_does_not_wait_is_not_said_to_be_discarded(harbour: Harbour) -> None:
    leave(harbour, "argo")
    harbour.broken.append(RuntimeError("a bug"))
    harbour.settle()
    [parked] = harbour.workers[1].dead_letters.waiting()

    wrong = CliRunner().invoke(commands(lambda: harbour.workers[1]), ["dead-letters", "discard", parked.id, "nothing"])

    assert (wrong.exit_code, "no event nothing waits there" in wrong.output) == (1, True)
    assert harbour.workers[1].dead_letters.get(parked.id).version == parked.version


def test_a_replay_that_fails_again_says_what_failed_and_nothing_of_what_the_event_holds(harbour: Harbour) -> None:
    leave(harbour, "argo")
    harbour.broken.append(RuntimeError("Ada Lovelace, ada@example.org"))
    harbour.settle()
    [parked] = harbour.workers[1].dead_letters.waiting()

    refused = CliRunner().invoke(commands(lambda: harbour.workers[1]), ["dead-letters", "replay", parked.id])

    assert (refused.exit_code, refused.output) == (1, "Error: stopped: RuntimeError\n")
    assert isinstance(refused.exception, SystemExit), "no traceback, which would end with the text"


def test_a_restored_store_is_in_a_higher_generation(harbour: Harbour) -> None:
    leave(harbour, "argo")
    harbour.settle()

    CliRunner().invoke(commands(lambda: harbour.workers[0]), ["restored"])
    harbour.boats.change("argo", lambda boat: boat.leave(9, START))

    assert harbour.boats.get("argo").sequence.generation == 2


def test_a_deleted_document_goes_on_counting_when_it_comes_back(harbour: Harbour) -> None:
    leave(harbour, "argo")
    harbour.settle()
    harbour.boats.delete("argo")

    leave(harbour, "argo")
    harbour.settle()

    assert harbour.boats.get("argo").sequence.number == 2
    assert harbour.sightings.get(derived_id("sighting", "argo")).times == 2


def test_among_many_that_come_at_once_a_deleted_one_goes_on_counting_too(harbour: Harbour) -> None:
    leave(harbour, "argo")
    harbour.settle()
    harbour.boats.delete("argo")

    assert harbour.boats.add_many([Boat(id="argo"), Boat(id="fram")]) == [True, True]
    for id in ("argo", "fram"):
        harbour.boats.change(id, lambda boat: boat.leave(9, START))

    assert [harbour.boats.get(id).sequence.number for id in ("argo", "fram")] == [2, 1]


def test_only_what_may_have_been_there_before_is_looked_up(harbour: Harbour) -> None:
    asked: list[str] = []

    def none_was_there(ids: Sequence[str]) -> dict[str, str]:
        asked.extend(ids)
        return {}
    harbour.boats.documents.last_sequences = none_was_there  # type: ignore[method-assign]

    for id in (harbour.boats.id_for_new(), "argo"):
        harbour.boats.add(Boat(id=id))

    assert asked == ["argo"]


@dataclass(kw_only=True)
class NewerBoat(Boat):
    shape = 2
    sails: int = 0


def test_unknown_fields_survive_and_a_newer_shape_is_not_written(harbour: Harbour) -> None:
    document = {**harbour.boats._fields(Boat(id="argo")), "colour": "red"}
    harbour.boats.documents.insert([Write(document, ())])
    harbour.boats.change("argo", lambda boat: boat.leave(1, START))
    assert harbour.boats.documents.get("argo")["colour"] == "red"  # type: ignore[index]

    newer = harbour.port.repository(NewerBoat, "boats", upcasters={1: lambda old: {**old, "sails": 3}})
    assert newer.parts({"_id": "argo"}, ["sails", "_id"]) == [[3, "argo"]]
    newer.change("argo", lambda boat: boat.leave(2, START))

    assert newer.get("argo").sails == 3
    assert newer.parts({}, ["sails", "_id"]) == [[3, "argo"]]
    with pytest.raises(ShapeTooNew):
        harbour.boats.get("argo")


def measured(worker: Worker) -> dict[str, float]:
    """Every figure by its name."""
    return {sample.name: sample.value for metric in WorkerMetrics(worker).collect() for sample in metric.samples
            if "le" not in sample.labels}


def test_what_an_operator_watches_is_measured(harbour: Harbour) -> None:
    port, tower = harbour.workers
    leave(harbour, "argo")
    assert (measured(port)["outbox_depth"], measured(port)["outbox_alarm"]) == (1, 1)
    assert measured(port)["outbox_oldest_seconds"] > 300

    port.settle()
    tower.consumer.dead_letters.waiting()
    assert (measured(port)["outbox_depth"], measured(port)["outbox_alarm"]) == (0, 0)
    assert measured(tower)["consumer_lag"] == 1

    harbour.broken.append(RuntimeError("a bug"))
    tower.settle()
    harbour.boats.change("argo", lambda boat: boat.leave(6, START))
    harbour.settle()

    found = measured(tower)
    assert (found["consumer_lag"], found["parked_keys"], found["dead_letters"]) == (0, 1, 2)
    assert found["handler_seconds_count"] == 1


def test_failing_timers_are_counted(harbour: Harbour) -> None:
    leave(harbour, "argo")
    harbour.boats.change("argo", lambda boat: boat.set_timer("nonsense", START))

    harbour.workers[0].clock.step()

    assert measured(harbour.workers[0])["failing_timers"] == 1


def test_a_young_event_in_the_outbox_is_no_alarm(harbour: Harbour) -> None:
    harbour.boats.add(Boat(id="argo"))

    harbour.boats.change("argo", lambda boat: boat.leave(5, SystemClock().now()))

    assert measured(harbour.workers[0])["outbox_depth"] == 1
    assert measured(harbour.workers[0])["outbox_alarm"] == 0


@dataclass(kw_only=True)
class Strict(Aggregate):
    name: str


def test_a_none_where_a_text_belongs_is_an_error(harbour: Harbour) -> None:
    documents = harbour.port.store.documents("strict")
    repository = harbour.port.repository(Strict, "strict")
    documents.insert([Write({**repository._fields(Strict(id="1", name="x")), "name": None}, ())])

    with pytest.raises(Exception, match="While structuring"):
        repository.get("1")


class Colour(StrEnum):
    RED = "red"


@dataclass(kw_only=True)
class Painted(Aggregate):
    colour: Colour


def test_a_state_is_itself_again_when_it_is_loaded(harbour: Harbour) -> None:
    painted = harbour.port.repository(Painted, "painted")
    painted.add(Painted(id="1", colour=Colour.RED))

    assert painted.get("1").colour is Colour.RED


def test_of_what_takes_long_one_rings_in_a_step_and_others_have_their_turn(harbour: Harbour) -> None:
    rang: list[str] = []
    long = Ticking(harbour.boats, lambda id, now: (rang.append(id), clear(harbour, id)), at_once=1)
    clock = ClockLoop([long], SystemClock(), harbour.port.failing_timers)
    for name in ("argo", "bounty", "calypso"):
        planned(harbour, name)

    steps = [(clock.step(), len(rang)) for _ in range(4)]

    assert steps == [(1, 1), (1, 2), (1, 3), (0, 3)]


def test_what_is_backed_off_takes_nobodys_turn(harbour: Harbour) -> None:
    def ring(id: str, _now: object) -> None:
        if id == "argo":
            raise RuntimeError("a bug")
        clear(harbour, id)

    clock = ClockLoop([Ticking(harbour.boats, ring, at_once=1)], SystemClock(), harbour.port.failing_timers)
    for name in ("argo", "bounty"):
        planned(harbour, name)

    assert (clock.step(), clock.step()) == (1, 0)
    assert harbour.boats.get("bounty").due_at is None


def test_however_many_are_backed_off_others_have_their_turn(harbour: Harbour) -> None:
    clock = harbour.workers[0].clock
    many = [Boat(id=f"wreck-{number}") for number in range(450)]
    for boat in many:
        boat.set_timer("nonsense", START - timedelta(hours=1))
    harbour.boats.add_many(many)
    harbour.boats.add(Boat(id="argo"))
    harbour.boats.change("argo", lambda boat: boat.set_timer("news", START))
    clock.pauses = {("boats", boat.id): (time.monotonic() + 300, 300.0) for boat in many}

    assert clock.step() == 1


@pytest.mark.parametrize("error", [OutboxFull("full"), Busy("raced")], ids=["full", "busy"])
def test_however_many_cannot_ring_just_now_others_have_their_turn_and_nothing_fails(
        harbour: Harbour, error: Exception) -> None:
    def ring(id: str, _now: object) -> None:
        if id != "argo":
            raise error
        clear(harbour, id)
    many = [Boat(id=f"full-{number}") for number in range(250)]
    for boat in many:
        boat.set_timer("sink", START - timedelta(hours=1))
    harbour.boats.add_many(many)
    planned(harbour, "argo")
    clock = ClockLoop([Ticking(harbour.boats, ring)], SystemClock(), harbour.port.failing_timers)

    assert (clock.step(), clock.pauses, list(harbour.port.failing_timers.all())) == (1, {}, [])


def lacking(what: str) -> Callable[[str, object], object]:
    """A ring that finds something missing."""
    def ring(_id: str, _now: object) -> None:
        raise NotFound(f"no {what}")
    return ring


def test_a_timer_to_which_something_is_missing_is_backed_off_and_listed(harbour: Harbour) -> None:
    clock = ClockLoop([Ticking(harbour.boats, lacking("harbours h"))], SystemClock(), harbour.port.failing_timers)
    planned(harbour, "argo")

    for _ in range(3):
        clock.step()

    assert [(one.document, one.attempts, one.error) for one in harbour.port.failing_timers.all()] == [
        ("argo", 1, "NotFound: no harbours h")]


def test_a_timer_whose_own_document_is_gone_meanwhile_is_nobodys_business(harbour: Harbour) -> None:
    def ring(id: str, _now: object) -> None:
        harbour.boats.delete(id)
        harbour.boats.get(id)
    clock = ClockLoop([Ticking(harbour.boats, ring)], SystemClock(), harbour.port.failing_timers)
    planned(harbour, "argo")

    assert clock.step() == 0
    assert (list(harbour.port.failing_timers.all()), clock.pauses) == ([], {})


def test_a_timer_that_takes_long_gives_signs_of_life(harbour: Harbour) -> None:
    beats: list[str] = []
    clock = ClockLoop([Ticking(harbour.boats, lambda id, now: (still_alive(), clear(harbour, id)))], SystemClock(),
                      harbour.port.failing_timers)
    planned(harbour, "argo")

    with heard_by(lambda: beats.append("alive")):
        clock.step()

    assert beats == ["alive", "alive"]


def planned(harbour: Harbour, name: str) -> None:
    harbour.boats.add(Boat(id=name))
    harbour.boats.change(name, lambda boat: boat.set_timer("sink", START))


def clear(harbour: Harbour, name: str) -> None:
    harbour.boats.change(name, lambda boat: boat.clear_timer("sink"))
