"""A run after another: who is settled stays unless it gets better, and what changes is said before it is published."""

from typing import Any

import pytest

from services.matching.contracts.closings import PartingReason
from services.matching.contracts.matching_runs import RunState
from services.matching.contracts.participants import Role
from services.matching.domain.matching_run import MatchingRun
from services.matching.domain.matchmaking.changes import Change, Changes
from services.matching.domain.participant import application_id
from services.matching.domain.person import person_id
from services.matching.domain.plan import STICKINESS
from services.matching.domain.programme import Programme
from services.matching.domain.proposal import DecidedBy, Proposal
from tests.unit.matching.calling import app_of
from tests.unit.matching.house import MENTEES, MENTORS, MatchingHouse
from tests.unit.matching.mortal import killed_after, revived
from tests.unit.surveys.calling import Caller

M1, M2, M3, E1, E2, E3 = (person_id(name) for name in ("m1", "m2", "m3", "e1", "e2", "e3"))
BY_GRADE: dict[str, Any] = {"terms": [
    {"kind": "near", "name": "grade", "mentor": "grade", "mentee": "grade", "points": 100, "span": 100}]}


def at(row: dict[str, str], grade: int, **more: str) -> dict[str, str]:
    return {**row, "wishes": "", "grade": str(grade), **more}


def a_settled_programme(house: MatchingHouse, **settings: Any) -> tuple[Programme, MatchingRun]:
    """e1 sits with m1, e2 with m2."""
    mentors = [at(MENTORS[0], 10, capacity="1"), at(MENTORS[1], 50)]
    programme = house.a_full_programme(mentors=mentors, mentees=[at(MENTEES[0], 10), at(MENTEES[1], 50)],
                                       rules=BY_GRADE, **settings)
    run = house.a_proposed_run(programme)
    assert couples(house, run) == {E1: M1, E2: M2}
    return programme, run


def proposed(house: MatchingHouse, run: MatchingRun) -> dict[str, Proposal]:
    return {one.mentee_id: one for one in house.matching.runs.proposals(run.id, 50, None).items}


def couples(house: MatchingHouse, run: MatchingRun) -> dict[str, str]:
    return {mentee: one.mentor_id for mentee, one in proposed(house, run).items()}


def changes(run: MatchingRun) -> Changes:
    assert run.found
    assert run.found.changes
    return run.found.changes


def again(house: MatchingHouse, programme: Programme) -> MatchingRun:
    """Runs are told apart by when they began."""
    house.pass_time(seconds=1)
    return house.a_proposed_run(programme)


def drift(house: MatchingHouse, programme: Programme, grades: tuple[int, int]) -> MatchingRun:
    """A run after the two mentees have other grades."""
    house.bring(programme, Role.MENTEE, [at(MENTEES[0], grades[0]), at(MENTEES[1], grades[1])])
    return again(house, programme)


def test_who_is_settled_stays_for_fewer_points_than_the_stickiness(house: MatchingHouse) -> None:
    programme, _ = a_settled_programme(house)

    run = drift(house, programme, (31, 29))

    assert couples(house, run) == {E1: M1, E2: M2}
    assert changes(run).moved == 0
    assert [(one.criterion, one.points) for one in proposed(house, run)[E1].reasons] == [
        ("grade", 79), ("settled", STICKINESS)]


def test_figures_of_a_run_are_of_how_people_fit_and_not_of_who_is_settled(house: MatchingHouse) -> None:
    programme, _ = a_settled_programme(house)

    run = drift(house, programme, (31, 29))

    assert {one.score for one in proposed(house, run).values()} == {79 + STICKINESS}
    assert run.found
    assert (run.found.total, run.found.histogram) == (158, (0, 0, 0, 0, 0, 0, 0, 2, 0, 0))
    assert house.matching.runs.fairness(run.id).lowest_5 == 79


def test_who_is_settled_moves_for_more_and_the_run_says_how_many_for_how_much(house: MatchingHouse) -> None:
    programme, before = a_settled_programme(house)

    run = drift(house, programme, (33, 27))

    assert couples(house, run) == {E1: M2, E2: M1}
    assert changes(run) == Changes(since=before.id, moved=2, could_stay=2, points=12, told=(
        Change(E1, M1, M2, "score"), Change(E2, M2, M1, "score")))
    assert run.state is RunState.PROPOSED


def test_without_stickiness_every_point_moves_people(house: MatchingHouse) -> None:
    programme, _ = a_settled_programme(house, stickiness=0)

    run = drift(house, programme, (31, 29))

    assert (changes(run).moved, changes(run).points) == (2, 4)


def test_stickiness_costs_nobody_their_seat(house: MatchingHouse) -> None:
    """More people with a mentor come before all points."""
    programme, _ = a_settled_programme(house, stickiness=100)
    house.bring(programme, Role.MENTOR, [at(MENTORS[0], 10, capacity="2"), at(MENTORS[1], 50, exclude="e3")])
    house.matching.participants.pause(application_id(programme.id, M2, Role.MENTOR))
    house.bring(programme, Role.MENTEE, [at(MENTEES[2], 90)])

    run = again(house, programme)

    assert len(couples(house, run)) == 2


def test_what_was_set_aside_or_published_is_not_kept(house: MatchingHouse) -> None:
    programme, before = a_settled_programme(house)
    house.matching.runs.cancel(before.id)

    anew = drift(house, programme, (31, 29))
    house.matching.runs.publish(anew.id)
    house.settle()
    after = again(house, programme)

    assert couples(house, anew) == {E1: M2, E2: M1}
    assert [run.found.changes for run in (anew, after) if run.found] == [None, None]


def test_a_proposal_that_a_newer_published_run_followed_is_not_the_last_one(house: MatchingHouse) -> None:
    programme, _ = a_settled_programme(house)
    house.matching.runs.publish(again(house, programme).id)
    house.settle()
    house.bring(programme, Role.MENTEE, [at(MENTEES[2], 90)])
    house.bring(programme, Role.MENTOR, [at(MENTORS[0], 10, capacity="2")])

    run = again(house, programme)

    assert couples(house, run) == {E3: M1}
    assert run.found
    assert run.found.changes is None


def test_swaps_of_the_last_run_are_settled_too(house: MatchingHouse) -> None:
    programme, before = a_settled_programme(house)
    proposal = proposed(house, before)[E1]
    house.matching.runs.swap(before.id, proposal.id, M2, by="carla")
    house.settle()
    [lock] = house.matching.rulings.find(programme.id, 50, None).items
    house.matching.rulings.lift(lock.id, by="carla")

    run = drift(house, programme, (29, 31))

    assert couples(house, run) == {E1: M2, E2: M1}
    assert {one.decided_by for one in proposed(house, run).values()} == {DecidedBy.OPTIMUM}
    assert changes(run).moved == 0


def test_each_change_has_its_reason(house: MatchingHouse) -> None:
    programme, _ = a_settled_programme(house)
    mentors = [at(MENTORS[0], 10, capacity="1"), at(MENTORS[1], 50),
               at(MENTORS[1], 50, id="m3", email="m3@example.org", name="Mara", manager="dean")]

    house.matching.rulings.exclude(programme.id, M1, E1, by="carla")
    barred = changes(again(house, programme)).told
    house.matching.participants.pause(application_id(programme.id, M1, Role.MENTOR))
    gone = changes(again(house, programme)).told
    house.bring(programme, Role.MENTOR, mentors)
    new = changes(again(house, programme)).told
    house.matching.rulings.lock(programme.id, M3, E2, by="carla")
    locked = changes(again(house, programme)).told

    assert barred == (Change(E1, M1, M2, "barred", "exclusion"), Change(E2, M2, M1, "others"))
    assert [(one.mentee_id, one.before, one.code) for one in gone if one.before == M1] == [(E2, M1, "gone")]
    assert [(one.mentee_id, one.after, one.code) for one in new] == [(E1, M3, "new")]
    assert {(one.mentee_id, one.before, one.after, one.code) for one in locked} == {
        (E2, M2, M3, "locked"), (E1, M3, M2, "others")}


def test_who_joined_who_left_and_who_has_somebody_now_is_counted(house: MatchingHouse) -> None:
    programme, _ = a_settled_programme(house)
    house.bring(programme, Role.MENTEE, [at(MENTEES[2], 90)])
    alone = again(house, programme)
    house.bring(programme, Role.MENTOR, [at(MENTORS[0], 10, capacity="2")])
    placed = again(house, programme)
    house.matching.participants.pause(application_id(programme.id, E1, Role.MENTEE))
    left = again(house, programme)

    assert (changes(alone).joined, changes(alone).moved) == (1, 0)
    assert (changes(placed).placed, changes(placed).lost, changes(placed).joined) == (1, 0, 0)
    assert changes(placed).points == 0
    assert [one.code for one in changes(placed).told if not one.before] == ["others"]
    assert (changes(left).left, changes(left).lost) == (1, 0)


def test_points_are_of_those_who_could_have_stayed(house: MatchingHouse) -> None:
    programme, _ = a_settled_programme(house)
    house.matching.rulings.exclude(programme.id, M1, E1, by="carla")

    found = changes(again(house, programme))

    assert (found.moved, found.could_stay, found.points) == (2, 1, -40)


def a_mentee_with_two_mentors(house: MatchingHouse) -> Programme:
    programme = house.a_full_programme(mentors=[at(one, 10) for one in MENTORS],
                                       mentees=[at(MENTEES[0], 10, capacity="2")], rules=BY_GRADE)
    assert drafted(house, house.a_proposed_run(programme)) == {M1, M2}
    return programme


def drafted(house: MatchingHouse, run: MatchingRun) -> set[str]:
    return {one.mentor_id for one in house.matching.runs.proposals(run.id, 50, None).items}


def test_who_keeps_one_of_two_mentors_has_lost_nobody_and_is_not_placed_by_a_second(house: MatchingHouse) -> None:
    programme = a_mentee_with_two_mentors(house)
    house.matching.participants.pause(application_id(programme.id, M2, Role.MENTOR))
    fewer = changes(again(house, programme))
    house.matching.participants.resume(application_id(programme.id, M2, Role.MENTOR))
    more = changes(again(house, programme))

    assert [(one.before, one.after) for one in (*fewer.told, *more.told)] == [(M2, ""), ("", M2)]
    assert [(one.moved, one.placed, one.lost, one.points) for one in (fewer, more)] == [(0, 0, 0, 0)] * 2


@pytest.mark.parametrize("is_agreed", [True, False])
def test_what_became_a_pair_by_hand_is_no_loss(house: MatchingHouse, *, is_agreed: bool) -> None:
    programme = a_mentee_with_two_mentors(house)
    pair = house.matching.pairs.propose(programme.id, M1, E1, by="carla")
    if is_agreed:
        house.matching.pairs.agree(pair.id, by="carla")

    run = again(house, programme)

    assert drafted(house, run) == {M2}
    assert (changes(run).lost, changes(run).told) == (0, ())


def test_a_run_for_one_mentee_has_no_run_before_it(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    house.a_published_run(programme)
    again(house, programme)

    house.matching.pairs.ask_for_rematch(house.pair_of(programme, "e1").id, E1, PartingReason.NO_FIT)
    house.settle()

    run = next(one for one in house.matching.runs.store.each({}) if one.mentee_id == E1)
    assert run.found
    assert run.found.changes is None


@pytest.mark.slow
@pytest.mark.parametrize("writes", [1, 2, 4])
def test_a_rerun_that_dies_at_any_write_says_the_same_when_another_worker_goes_on(
        house: MatchingHouse, writes: int) -> None:
    programme, before = a_settled_programme(house)
    house.bring(programme, Role.MENTEE, [at(MENTEES[0], 33), at(MENTEES[1], 27)])
    house.pass_time(seconds=1)
    queued = house.matching.runs.queue(programme.id)

    was_killed = killed_after(house, writes)
    revived(house)

    run = house.matching.runs.get(queued.id)
    assert was_killed
    assert couples(house, run) == {E1: M2, E2: M1}
    assert (changes(run).since, changes(run).moved, changes(run).points) == (before.id, 2, 12)


def test_nobody_who_is_forgotten_is_named_among_the_changes(house: MatchingHouse) -> None:
    programme, _ = a_settled_programme(house)
    run = drift(house, programme, (33, 27))

    house.matching.runs.forget(E1)

    left = changes(house.matching.runs.get(run.id))
    assert ([one.mentee_id for one in left.told], left.moved) == ([E2], 2)
    house.matching.runs.forget(M1)
    assert changes(house.matching.runs.get(run.id)).told == ()


def test_who_was_swapped_since_is_not_told_among_the_changes(house: MatchingHouse) -> None:
    programme, _ = a_settled_programme(house)
    house.bring(programme, Role.MENTOR, [at(MENTORS[1], 90, id="m3", email="m3@example.org", name="Mara")])
    run = drift(house, programme, (33, 27))
    carla = Caller(app_of(house), "carla", ())
    assert carla("GET", f"/runs/{run.id}").json["swaps"] == 0

    house.matching.runs.swap(run.id, proposed(house, run)[E1].id, M3, by="carla")

    shown = carla("GET", f"/runs/{run.id}").json
    assert shown["swaps"] == 1
    assert [one["mentee_id"] for one in shown["changes"]["told"]] == [E2]
    assert shown["changes"]["moved"] == 2


def test_a_coordinator_reads_the_changes_and_sets_the_stickiness(house: MatchingHouse) -> None:
    programme, before = a_settled_programme(house)
    carla = Caller(app_of(house), "carla", ())

    kept = carla("PATCH", f"/programmes/{programme.id}", {"stickiness": 10}, If_Match="*")
    refused = carla("PATCH", f"/programmes/{programme.id}", {"stickiness": 101}, If_Match="*")
    run = drift(house, programme, (33, 27))
    told = carla("GET", f"/runs/{run.id}").json["changes"]

    assert (kept.json["stickiness"], refused.status_code) == (10, 422)
    assert (told["since"], told["moved"], told["told"]) == (before.id, 0, [])
    assert carla("GET", f"/runs/{before.id}").json["changes"] is None
