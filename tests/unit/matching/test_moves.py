"""Leavers, movers and leaves: what happens without a human, whichever way the directory told it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from services.matching.contracts.pairs import PAIRS, CloseReason, PairState
from services.matching.contracts.participants import PARTICIPANTS, ParticipantState, Role
from services.matching.contracts.people import PersonState
from services.matching.domain.directory import Leave
from services.matching.domain.pair import Pair
from services.matching.domain.participant import application_id
from services.matching.domain.person import person_id
from services.matching.domain.programme import Programme
from services.matching.domain.task import TaskState
from tests.unit.matching.house import MatchingHouse
from tests.unit.matching.scim import ENTERPRISE, OWN, ScimCaller


def an_active_pair(house: MatchingHouse) -> tuple[Programme, Pair]:
    programme = house.a_full_programme(gates=())
    house.a_published_run(programme)
    return programme, house.pair_of(programme, "e1")


def on_leave(house: MatchingHouse, person: str, away: bool = True) -> None:
    ScimCaller(house).patch(person, {"op": "Replace", "path": f"{OWN}:onLeave", "value": str(away)})
    house.settle()


def moved(house: MatchingHouse, person: str, boss: str) -> None:
    ScimCaller(house).patch(person, {"op": "Add", "path": f"{ENTERPRISE}:manager", "value": boss})
    house.settle()


@pytest.mark.feature("O8")
def test_a_leaver_told_by_the_directory_ends_the_pair_frees_the_seat_and_a_rematch_is_open(
        house: MatchingHouse) -> None:
    programme, pair = an_active_pair(house)

    ScimCaller(house).patch(pair.mentor_id, {"op": "Replace", "path": "active", "value": "False"})
    house.settle()

    ended = house.matching.pairs.get(pair.id)
    assert (ended.state, ended.reason, ended.left_id) == (PairState.CLOSED, CloseReason.MENTOR_LEFT, pair.mentor_id)
    assert ended.mentee_seat == f"released/{pair.id}"
    assert "pair-closed" in house.told(PAIRS.name)
    house.matching.pairs.ask_for_rematch(pair.id, pair.mentee_id)
    house.settle()
    assert [run.mentee_id for run in house.matching.runs.find(programme.id, 9, None).items if run.mentee_id]


@pytest.mark.feature("O8")
def test_a_leave_pauses_what_somebody_takes_part_in_until_they_are_back(house: MatchingHouse) -> None:
    programme, pair = an_active_pair(house)
    mentor = application_id(programme.id, pair.mentor_id, Role.MENTOR)

    on_leave(house, pair.mentor_id)
    away = house.matching.pairs.get(pair.id).state, house.matching.participants.get(mentor).state
    on_leave(house, pair.mentor_id, away=False)
    back = house.matching.pairs.get(pair.id).state, house.matching.participants.get(mentor).state

    assert away == (PairState.PAUSED, ParticipantState.PAUSED)
    assert back == (PairState.ACTIVE, ParticipantState.ACTIVE)
    assert house.told(PARTICIPANTS.name)[-2:] == ["participant-paused", "participant-resumed"]


def test_a_pair_goes_on_when_neither_is_away_any_more(house: MatchingHouse) -> None:
    _, pair = an_active_pair(house)

    on_leave(house, pair.mentor_id)
    on_leave(house, pair.mentee_id)
    on_leave(house, pair.mentor_id, away=False)
    one_back = house.matching.pairs.get(pair.id).state
    on_leave(house, pair.mentee_id, away=False)

    assert (one_back, house.matching.pairs.get(pair.id).state) == (PairState.PAUSED, PairState.ACTIVE)


def test_a_break_that_they_took_themselves_is_not_ended_by_a_return(house: MatchingHouse) -> None:
    _, pair = an_active_pair(house)
    house.matching.pairs.pause(pair.id, pair.mentee_id)

    on_leave(house, pair.mentor_id)
    on_leave(house, pair.mentor_id, away=False)

    assert house.matching.pairs.get(pair.id).state is PairState.PAUSED


def test_a_pair_that_becomes_ready_during_a_leave_waits_for_its_end(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    house.a_published_run(programme)
    pair = house.pair_of(programme, "e1")

    on_leave(house, pair.mentor_id)
    house.pass_gates(pair)
    ready = house.matching.pairs.get(pair.id).state
    on_leave(house, pair.mentor_id, away=False)

    assert (ready, house.matching.pairs.get(pair.id).state) == (PairState.PAUSED, PairState.ACTIVE)


def test_a_leave_with_dates_needs_nobody_to_end_it(house: MatchingHouse) -> None:
    _, pair = an_active_pair(house)
    people = house.matching.people
    leaves = (Leave(starts_on="2027-03-03", ends_on="2027-03-10"),)
    people.store.change(pair.mentor_id, lambda one: one.change(replace(one.details, leaves=leaves), house.clock.now()))

    house.pass_time(days=3)
    away = people.get(pair.mentor_id).state, house.matching.pairs.get(pair.id).state
    house.pass_time(days=10)

    assert away == (PersonState.ON_LEAVE, PairState.PAUSED)
    assert house.matching.pairs.get(pair.id).state is PairState.ACTIVE


def the_manager(pair: Pair) -> tuple[str, str]:
    return pair.mentee_id, pair.mentor_id


def the_report(pair: Pair) -> tuple[str, str]:
    return pair.mentor_id, pair.mentee_id


def the_managers_manager(pair: Pair) -> tuple[str, str]:
    return person_id("x1"), pair.mentor_id


def the_same_manager(pair: Pair) -> tuple[str, str]:
    return pair.mentee_id, person_id("boss")


def test_a_boss_who_becomes_known_later_completes_the_line(house: MatchingHouse) -> None:
    programme, pair = an_active_pair(house)

    house.bring(house.a_programme(), Role.MENTEE, [
        {"id": "x1", "name": "X", "email": "x@example.org", "manager": "m1"}])

    assert [one.pair_id for one in house.matching.tasks.find(programme.id, 10, None).items] == [pair.id]


@pytest.mark.feature("C9")
@pytest.mark.feature("O8")
@pytest.mark.parametrize("line", [the_manager, the_report, the_managers_manager, the_same_manager])
def test_a_move_into_the_reporting_line_of_a_pair_is_a_task(
        house: MatchingHouse, line: Callable[[Pair], tuple[str, str]]) -> None:
    programme, pair = an_active_pair(house)
    house.bring(house.a_programme(), Role.MENTEE, [{"id": "x1", "name": "X", "email": "x@example.org"}])

    moved(house, *line(pair))

    [task] = house.matching.tasks.find(programme.id, 10, None).items
    assert (task.pair_id, task.state) == (pair.id, TaskState.OPEN)
    assert house.matching.summaries.of(programme.id).to_do["reporting_lines"] == 1
    assert house.matching.pairs.get(pair.id).state is PairState.ACTIVE


def dotted(house: MatchingHouse, person: str, boss: str) -> None:
    ScimCaller(house).patch(person, {"op": "Replace", "path": f"{OWN}:otherManagers", "value": boss})
    house.settle()


@pytest.mark.feature("C9")
@pytest.mark.feature("O8")
@pytest.mark.parametrize("known", [True, False])
def test_a_move_above_a_dotted_line_is_a_task_at_once(house: MatchingHouse, known: bool) -> None:
    programme, pair = an_active_pair(house)
    pia = [{"id": "pia", "name": "Pia Park", "email": "pia@example.org", **({} if known else {"manager": "m1"})}]
    if known:
        house.bring(house.a_programme(), Role.MENTEE, pia)
    dotted(house, pair.mentee_id, person_id("pia"))
    before = house.matching.tasks.find(programme.id, 10, None).items

    if known:
        moved(house, person_id("pia"), pair.mentor_id)
    else:
        house.bring(house.a_programme(), Role.MENTEE, pia)

    assert (before, [one.pair_id for one in house.matching.tasks.find(programme.id, 10, None).items]) == ([], [pair.id])


def test_dotted_lines_follow_the_directory_and_whoever_is_forgotten(house: MatchingHouse) -> None:
    _, pair = an_active_pair(house)
    lines = house.matching.moves.dotted
    dotted(house, pair.mentee_id, person_id("m2"))
    assert lines.reports_of(person_id("m2")) == [pair.mentee_id]

    dotted(house, pair.mentee_id, person_id("pia"))
    moved_on = lines.reports_of(person_id("m2")), lines.reports_of(person_id("pia"))
    house.matching.erasures.ask(pair.mentee_id, "office")
    for _ in range(6):
        house.pass_time(seconds=2)

    assert moved_on == ([], [pair.mentee_id])
    assert list(lines.store.each({})) == []


def test_a_task_is_done_once_and_comes_up_again_only_with_another_line(house: MatchingHouse) -> None:
    programme, pair = an_active_pair(house)
    moved(house, pair.mentee_id, pair.mentor_id)
    [task] = house.matching.tasks.find(programme.id, 10, None).items
    house.matching.tasks.finish(task.id, "carla")

    ScimCaller(house).patch(pair.mentee_id, {"op": "Replace", "path": "displayName", "value": "Eva L."})
    house.settle()
    unchanged = house.matching.tasks.get(task.id)
    moved(house, pair.mentee_id, person_id("boss"))

    assert (unchanged.state, unchanged.done_by) == (TaskState.DONE, "carla")
    assert house.matching.tasks.get(task.id).state is TaskState.OPEN


def test_a_line_that_is_no_more_closes_its_task(house: MatchingHouse) -> None:
    programme, pair = an_active_pair(house)
    moved(house, pair.mentee_id, pair.mentor_id)

    moved(house, pair.mentee_id, person_id("elsewhere"))

    [task] = house.matching.tasks.find(programme.id, 10, None).items
    assert (task.state, task.done_by) == (TaskState.DONE, None)
