"""A run's states, its lease and the end of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from services.matching.application.matchmaking import Matchmaker
from services.matching.contracts.matching_runs import RunState
from services.matching.contracts.participants import Role
from services.matching.domain.attempts import LEASE, Cancelled, Progress
from services.matching.domain.matching_run import Found, MatchingRun, TooLate
from services.matching.domain.matchmaking.hard_rules import ExcludedPairs
from services.matching.domain.participant import Participant
from services.matching.domain.programme_rules import DEFAULT, spelled
from services.matching.engine.compiling import VERSION
from shared.kernel.errors import WrongState
from tests.unit.matching.builders import told
from tests.unit.matching.house import MENTEES, MENTORS, MONDAY, MatchingHouse

FOUND = Found(matched=3, unmatched=1, total=200, best=100, histogram=(0,) * 10, input_hash="x", rule_version="y")


def a_run() -> MatchingRun:
    run = MatchingRun(id="r", programme_id="p")
    run.queue(MONDAY)
    return run


def a_solving_run() -> MatchingRun:
    run = a_run()
    run.take("first", MONDAY)
    return run


def a_proposed_run() -> MatchingRun:
    run = a_solving_run()
    run.propose("first", FOUND, MONDAY)
    return run


def test_one_worker_holds_a_run_at_a_time() -> None:
    run = a_solving_run()

    run.take("second", MONDAY + LEASE / 2)

    assert (run.holder, run.attempts) == ("first", 1)


def test_a_silent_worker_loses_the_run() -> None:
    run = a_solving_run()

    run.take("second", MONDAY + LEASE)

    assert (run.holder, run.attempts) == ("second", 2)
    with pytest.raises(Cancelled):
        run.propose("first", FOUND, MONDAY)


def test_progress_keeps_the_run() -> None:
    run = a_solving_run()

    run.advance("first", Progress("solving", 0.5), MONDAY + LEASE / 2)
    run.take("second", MONDAY + LEASE)

    assert run.holder == "first"


def test_the_third_silent_attempt_is_the_last() -> None:
    run = a_run()

    for attempt in range(4):
        run.take(str(attempt), MONDAY + attempt * LEASE)

    assert (run.state, run.attempts, run.due_at) == (RunState.FAILED, 3, None)


@pytest.mark.parametrize(("make", "state"), [
    (a_run, RunState.CANCELLED), (a_solving_run, RunState.CANCELLED), (a_proposed_run, RunState.DISCARDED)])
def test_a_run_can_be_cancelled_until_it_is_published(make: Callable[[], MatchingRun], state: RunState) -> None:
    run = make()

    run.cancel()

    assert (run.state, run.due_at) == (state, None)
    with pytest.raises(TooLate):
        run.cancel()


@pytest.mark.feature("C6")
def test_publishing_waits_for_the_time_to_undo() -> None:
    run = a_proposed_run()

    run.publish(10, MONDAY)
    states: list[str] = []
    for minutes in (9, 10):
        run.tick(MONDAY + timedelta(minutes=minutes))
        states.append(run.state)

    assert states == ["releasing", "publishing"]


@pytest.mark.feature("C6")
def test_undo_is_over_with_the_first_pair() -> None:
    run = a_proposed_run()
    run.publish(0, MONDAY)
    run.tick(MONDAY)

    with pytest.raises(TooLate):
        run.undo()


def test_only_a_proposed_run_is_published() -> None:
    with pytest.raises(WrongState):
        a_solving_run().publish(0, MONDAY)


def test_the_same_rows_are_counted_once() -> None:
    run = a_proposed_run()
    run.publish(0, MONDAY)
    run.tick(MONDAY)

    for _ in range(2):
        run.move_on(None, "row-200", 200, [], MONDAY)
    for _ in range(2):
        run.move_on("row-200", None, 7, [], MONDAY)

    assert (run.published, run.state) == (207, RunState.PUBLISHED)
    assert told(run).count("matching-run-published") == 1


def test_a_cancel_stops_the_solver_and_leaves_nothing_to_see(house: MatchingHouse) -> None:
    run = house.matching.runs.queue(house.a_full_programme().id)
    solving = house.matching.runs.solving
    whole = solving.matchmaker

    class Slow(Matchmaker):
        """Somebody cancels while it works."""

        def propose(self, problem: Any, progress: Any = None) -> Any:
            house.matching.runs.cancel(run.id)
            return super().propose(problem, progress)

    object.__setattr__(solving, "matchmaker", Slow(whole.solver))
    object.__setattr__(solving, "seconds", iter(range(100_000)).__next__)
    house.settle()

    assert house.matching.runs.get(run.id).state is RunState.CANCELLED
    assert house.matching.runs.proposals(run.id, 50, None).items == []


def test_all_that_a_slow_solver_tells_can_be_stored(house: MatchingHouse) -> None:
    run = house.matching.runs.queue(house.a_full_programme().id)

    object.__setattr__(house.matching.runs.solving, "seconds", iter(range(100_000)).__next__)
    house.settle()

    assert house.matching.runs.get(run.id).state is RunState.PROPOSED


def test_a_run_cannot_be_solved_by_rules_that_are_wrong_now(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    wrong = {"terms": [{"kind": "overlap", "name": "x"}]}
    documents = house.matching.programmes.store.documents
    stored = documents.get(programme.id)
    assert stored
    from shared.store.documents import Write

    version = stored["version"]
    changed = {**stored, "version": version + 1, "plan": {**stored["plan"], "rules": wrong}}
    assert documents.replace(Write(changed, ()), version)

    assert house.a_proposed_run(programme).state is RunState.FAILED


def test_rules_are_spelled_alike_in_every_process() -> None:
    pairs = frozenset({("m2", "e1"), ("m1", "e2"), ("m1", "e1")})

    assert spelled(ExcludedPairs(pairs=pairs)) == [
        "ExcludedPairs", "'excluded-pairs'", ["('m1', 'e1')", "('m1', 'e2')", "('m2', 'e1')"],
        "None", "None", "None", "False"]


def test_the_same_people_and_rules_have_the_same_input_hash(house: MatchingHouse) -> None:
    programme = house.a_full_programme()

    first = set_aside(house, house.a_proposed_run(programme))
    second, after_it = house.a_proposed_run(programme), house.a_proposed_run(programme)
    participants = house.matching.participants
    one: Participant = participants.find(programme.id, 1, None).items[0]
    participants.pause(one.id)
    third = house.a_proposed_run(programme)

    hashes = [run.found.input_hash for run in (first, second, after_it, third) if run.found]
    assert hashes[0] == hashes[1]
    assert len(set(hashes)) == 3, "whom the last run proposed is of the input, too"


def set_aside(house: MatchingHouse, run: MatchingRun) -> MatchingRun:
    return house.matching.runs.cancel(run.id)


def in_groups(departments: dict[str, int]) -> list[dict[str, str]]:
    names = [name for name, size in departments.items() for _ in range(size)]
    return [{**MENTEES[0], "id": f"g{place}", "email": f"g{place}@example.org", "department": name,
             "wishes": "m1" if name == "Sales" else "m2;m1"} for place, name in enumerate(names)]


@pytest.mark.feature("C18")
def test_a_run_reports_choices_and_scores_by_group_without_small_ones(house: MatchingHouse) -> None:
    mentees = in_groups({"Sales": 6, "Legal": 6, "Art": 4, "Board": 1})
    programme = house.a_full_programme(mentors=[{**MENTORS[0], "capacity": "6"}, MENTORS[1]], mentees=mentees)

    run = house.a_proposed_run(programme)

    report = house.matching.runs.fairness(run.id)
    scores = sorted(one.score for one in house.matching.runs.proposals(run.id, 50, None).items)
    assert report.lowest_5 == scores[0]
    counts = {one.rank: one.mentees for one in report.choices}
    assert sum(counts.values()) == 17
    assert (counts[1] + counts[2], counts[3], counts[0], counts[None]) == (7, 0, 10, 0)
    [groups] = [one for one in report.groups if one.column == "department"]
    assert ([one.name for one in groups.shown], groups.hidden) == (["Legal", "Sales"], 2)
    assert all(len(one.choices) == 3 and sum(one.choices) == one.with_mentor for one in groups.shown)
    assert [one.column for one in report.groups] == ["department"]


def test_a_run_keeps_what_it_takes_to_prove_it_again(house: MatchingHouse) -> None:
    programme = house.a_full_programme()

    run = house.a_proposed_run(programme)

    assert run.found
    assert (run.found.seed, run.found.rules) == (run.id, DEFAULT)
    assert run.found.solver == VERSION
    assert run.found.counts.keys() >= {"bids", "looked", "rounds"}
    pairs = house.matching.runs.proposals(run.id, 50, None).items
    alone = house.matching.runs.unmatched(run.id, 50, None).items
    assert pairs
    assert all(pair.price >= 0 and pair.utility + pair.price == pair.score for pair in pairs)
    assert all(one.dual == 0 for one in alone if one.role is Role.MENTOR and one.code == "not-needed")
