"""From two files to pairs under way, and what happens when somebody leaves."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from services.matching.contracts.closings import PartingReason
from services.matching.contracts.matching_runs import MATCHING_RUNS, RunState
from services.matching.contracts.pairs import PAIRS, CloseReason, PairState
from services.matching.contracts.participants import PARTICIPANTS
from services.matching.contracts.people import PEOPLE
from services.matching.contracts.programmes import PROGRAMMES, ProgrammeState
from services.matching.domain.matching_run import TooLate
from services.matching.domain.person import person_id
from shared.kernel.errors import Busy
from tests.unit.matching.house import MatchingHouse


def test_two_files_become_people_who_take_part(house: MatchingHouse) -> None:
    house.a_full_programme()

    assert house.told(PEOPLE.name) == ["person-added"] * 5
    assert house.told(PARTICIPANTS.name) == ["participant-approved"] * 5


@pytest.mark.feature("C7")
@pytest.mark.feature("C8")
def test_a_run_proposes_pairs_whose_score_is_the_sum_of_their_reasons(house: MatchingHouse) -> None:
    run = house.a_proposed_run(house.a_full_programme())

    proposals = house.matching.runs.proposals(run.id, 50, None).items

    assert run.state is RunState.PROPOSED
    assert run.found
    assert run.found.matched == 3
    assert all(one.score == sum(reason.points for reason in one.reasons) for one in proposals)
    broken = {one.mentee_id: [wish.person_id for wish in one.broken_wishes] for one in proposals}
    assert broken[person_id("e1")] == []


@pytest.mark.feature("C6")
def test_nothing_leaves_before_the_time_for_undoing_is_over(house: MatchingHouse) -> None:
    programme = house.a_full_programme(undo_minutes=10)
    run = house.a_proposed_run(programme)

    house.matching.runs.publish(run.id)
    house.pass_time(minutes=9, seconds=59)
    assert not house.told(PAIRS.name)

    house.pass_time(seconds=1)
    assert house.told(PAIRS.name) == ["pair-created"] * 3
    assert house.matching.runs.get(run.id).state is RunState.PUBLISHED
    assert house.matching.programmes.get(programme.id).state is ProgrammeState.RUNNING


@pytest.mark.feature("C6")
def test_undo_brings_a_run_back_to_its_proposal(house: MatchingHouse) -> None:
    run = house.a_proposed_run(house.a_full_programme(undo_minutes=10))
    house.matching.runs.publish(run.id)

    house.pass_time(minutes=5)
    house.matching.runs.undo(run.id)
    house.pass_time(days=1)

    assert house.matching.runs.get(run.id).state is RunState.PROPOSED
    assert not house.told(PAIRS.name)


@pytest.mark.feature("C6")
def test_an_explicit_release_does_not_wait_for_the_time_to_undo(house: MatchingHouse) -> None:
    run = house.a_proposed_run(house.a_full_programme(undo_minutes=10))
    for early in (house.matching.runs.release, house.matching.runs.undo):
        with pytest.raises(TooLate):
            early(run.id)
    house.matching.runs.publish(run.id)
    house.settle()
    assert not house.told(PAIRS.name)

    house.matching.runs.release(run.id)
    with pytest.raises(TooLate):
        house.matching.runs.undo(run.id)
    house.settle()

    assert house.told(PAIRS.name) == ["pair-created"] * 3
    house.pass_time(minutes=11)
    assert house.told(PAIRS.name) == ["pair-created"] * 3
    with pytest.raises(TooLate):
        house.matching.runs.release(run.id)


@pytest.mark.parametrize("first", range(4))
def test_release_timer_and_undo_at_one_instant_have_one_outcome(house: MatchingHouse, first: int) -> None:
    run = house.a_proposed_run(house.a_full_programme(undo_minutes=10))
    house.matching.runs.publish(run.id)
    house.clock.set(house.clock.now() + timedelta(minutes=10))
    runs, gate = house.matching.runs, Barrier(12)
    commands = [runs.release, runs.undo, lambda id: runs.ring(id, house.clock.now()), runs.release] * 3

    def press(command: Callable[[str], object]) -> bool:
        gate.wait()
        try:
            command(run.id)
        except (TooLate, Busy):
            return False
        return True

    with ThreadPoolExecutor(12) as pool:
        done = list(pool.map(press, commands[first:] + commands[:first]))
    house.settle()

    state, told = runs.get(run.id).state, house.told(PAIRS.name)
    assert (state, told) in [(RunState.PUBLISHED, ["pair-created"] * 3), (RunState.PROPOSED, [])]
    assert sum(ok for ok, command in zip(done, commands[first:] + commands[:first], strict=True)
               if command == runs.release) <= 1
    assert house.told(MATCHING_RUNS.name).count("matching-run-published") == (state is RunState.PUBLISHED)


@pytest.mark.feature("C6")
def test_what_is_published_cannot_be_undone(house: MatchingHouse) -> None:
    run = house.a_published_run(house.a_full_programme())

    with pytest.raises(TooLate):
        house.matching.runs.undo(run.id)


@pytest.mark.feature("S3.1")
def test_a_pair_starts_when_all_gates_are_met(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    house.a_published_run(programme)
    pair = house.pairs(programme)[0]

    house.pass_gates(pair, goal=False)
    assert house.matching.pairs.get(pair.id).state is PairState.AWAITING_TRAINING

    house.pass_gates(pair)
    assert house.matching.pairs.get(pair.id).state is PairState.ACTIVE
    assert house.told(PAIRS.name).count("pair-activated") == 1


def test_a_programme_without_gates_starts_its_pairs_at_once(house: MatchingHouse) -> None:
    programme = house.a_full_programme(gates=())

    house.a_published_run(programme)

    assert {pair.state for pair in house.pairs(programme)} == {PairState.ACTIVE}


def test_a_mentor_who_leaves_ends_the_pairs_and_frees_the_mentees(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    house.a_published_run(programme)
    lost = [pair for pair in house.pairs(programme) if pair.mentor_id == person_id("m1")]

    house.matching.people.leave(person_id("m1"))
    house.settle()

    ended = [house.matching.pairs.get(pair.id) for pair in lost]
    assert {pair.reason for pair in ended} == {CloseReason.MENTOR_LEFT}
    assert {pair.left_id for pair in ended} == {person_id("m1")}
    assert house.told(PARTICIPANTS.name).count("participant-left") == 1
    assert house.matching.summaries.of(programme.id).free_seats == 0


def test_a_rematch_looks_for_another_mentor_for_that_mentee_alone(house: MatchingHouse) -> None:
    mentors = [{"id": f"m{n}", "name": f"M {n}", "email": f"m{n}@example.org", "skills": "python"} for n in range(4)]
    programme = house.a_full_programme(mentors=mentors)
    house.a_published_run(programme)
    pair = house.pair_of(programme, "e1")
    house.matching.people.leave(pair.mentor_id)
    house.settle()

    house.matching.pairs.ask_for_rematch(pair.id, pair.mentee_id, PartingReason.NO_FIT)
    house.settle()

    [run] = [one for one in house.matching.runs.find(programme.id, 10, None).items if one.mentee_id]
    assert (run.state, run.found and run.found.matched) == (RunState.PROPOSED, 1)
    house.matching.runs.publish(run.id)
    house.settle()
    [successor] = [one for one in house.pairs(programme) if one.succeeds == pair.id]
    assert successor.mentor_id != pair.mentor_id
    assert successor.mentee_id == pair.mentee_id


def test_a_mentee_who_is_unhappy_ends_the_pair_with_the_wish_for_another(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    house.a_published_run(programme)
    pair = house.pair_of(programme, "e1")

    house.matching.pairs.ask_for_rematch(pair.id, pair.mentee_id, PartingReason.NO_FIT)
    house.settle()

    assert house.matching.pairs.get(pair.id).reason is CloseReason.ENDED_EARLY
    assert house.told(PAIRS.name)[-2:] == ["pair-closed", "rematch-requested"]


def test_a_programme_closes_by_itself_and_its_pairs_are_complete(house: MatchingHouse) -> None:
    programme = house.a_full_programme(gates=())
    house.a_published_run(programme)

    house.pass_time(days=280)
    assert house.matching.programmes.get(programme.id).state is ProgrammeState.CLOSING
    house.pass_time(days=28)

    assert house.told(PROGRAMMES.name)[-1] == "programme-closed"
    assert {pair.reason for pair in house.pairs(programme)} == {CloseReason.COMPLETED}


def test_everything_delivered_again_changes_nothing(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    house.a_published_run(programme)
    house.pass_gates(house.pairs(programme)[0])
    before = [(pair.id, pair.version) for pair in house.pairs(programme)]

    house.world.again()
    house.settle()

    assert [(pair.id, pair.version) for pair in house.pairs(programme)] == before
