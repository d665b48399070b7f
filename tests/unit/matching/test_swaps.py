"""Swaps: another mentor for a mentee of a proposed run, and who makes way."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from services.matching.application.pairs import BarredByRule
from services.matching.application.swapping import ProposedTogether
from services.matching.contracts.matching_runs import RunState
from services.matching.contracts.participants import Role
from services.matching.domain import swap
from services.matching.domain.circle import Shape
from services.matching.domain.matching_run import MatchingRun, TooManySwaps
from services.matching.domain.participant import application_id
from services.matching.domain.person import person_id
from services.matching.domain.programme import Programme
from services.matching.domain.proposal import DecidedBy, Proposal
from services.matching.domain.ruling import RulingState, ruling_id
from services.matching.domain.seats import NoFreeSeat
from shared.kernel.errors import WrongState
from shared.kernel.events import Sequence
from tests.unit.matching.calling import app_of
from tests.unit.matching.house import MENTEES, MENTORS, MatchingHouse
from tests.unit.surveys.calling import Caller

M1, M2, M3, E1, E2, E3 = (person_id(name) for name in ("m1", "m2", "m3", "e1", "e2", "e3"))
ONE_SEAT = [{**MENTORS[0], "capacity": "1"}, MENTORS[1]]
THIRD = {"id": "m3", "name": "Mara Holt", "email": "mara@example.org", "manager": "dean", "skills": "leading",
         "languages": "en", "grade": "lead", "capacity": "1"}


def standing(house: MatchingHouse, run: MatchingRun) -> dict[str, Proposal]:
    return {one.mentee_id: one for one in house.matching.runs.proposals(run.id, 50, None).items}


def swaps(house: MatchingHouse, run: MatchingRun, mentee: str, mentor: str) -> MatchingRun:
    return house.matching.runs.swap(run.id, found(house, run, mentee).id, mentor, by="carla")


def found(house: MatchingHouse, run: MatchingRun, mentee: str) -> Proposal:
    where = {"batch": house.matching.runs.get(run.id).holder, "mentee_id": mentee}
    return next(iter(house.matching.runs.proposals_.each(where)))


def two_and_two(house: MatchingHouse) -> tuple[Programme, MatchingRun]:
    """e1 sits with m1 by a wish, e2 with m2."""
    programme = house.a_full_programme(mentors=ONE_SEAT, mentees=MENTEES[:2])
    run = house.a_proposed_run(programme)
    assert {mentee: one.mentor_id for mentee, one in standing(house, run).items()} == {E1: M1, E2: M2}
    return programme, run


@pytest.mark.feature("S4.12")
def test_each_pair_has_alternatives_with_reasons_and_whom_they_move(house: MatchingHouse) -> None:
    _, run = two_and_two(house)

    [other] = house.matching.runs.alternatives(run.id, found(house, run, E1).id)

    assert other.mentor_id == M2
    assert other.score == sum(reason.points for reason in other.reasons)
    assert other.made_way
    assert (other.made_way.mentee_id, other.made_way.mentor_id) == (E2, M1)
    assert other.made_way.before == standing(house, run)[E2].score


def test_alternatives_come_in_the_order_of_what_they_cost_others(house: MatchingHouse) -> None:
    mentors = [*MENTORS, THIRD, {**THIRD, "id": "m4", "email": "m4@example.org", "skills": "python"}]
    programme = house.a_full_programme(mentors=mentors)
    run = house.a_proposed_run(programme)

    for proposal in standing(house, run).values():
        others = house.matching.runs.alternatives(run.id, proposal.id)
        assert len(others) == 3
        assert proposal.mentor_id not in {one.mentor_id for one in others}
        free = [one.score for one in others if one.made_way is None]
        assert free == sorted(free, reverse=True)


@pytest.mark.feature("C3")
def test_a_swap_locks_the_pair_and_whoever_made_way_gets_the_free_seat(house: MatchingHouse) -> None:
    programme, run = two_and_two(house)

    swaps(house, run, E1, M2)
    house.settle()

    now = standing(house, run)
    assert {mentee: (one.mentor_id, one.decided_by) for mentee, one in now.items()} == {
        E1: (M2, DecidedBy.LOCK), E2: (M1, DecidedBy.SWAP)}
    assert all(one.score == sum(reason.points for reason in one.reasons) for one in now.values())
    [lock] = house.matching.rulings.find(programme.id, 50, None).items
    assert (lock.mentor_id, lock.mentee_id, lock.state, lock.by) == (M2, E1, RulingState.LOCKED, "carla")
    again = house.a_proposed_run(programme)
    assert standing(house, again)[E1].decided_by is DecidedBy.LOCK


@pytest.mark.feature("C3")
def test_what_was_swapped_is_what_is_published(house: MatchingHouse) -> None:
    programme, run = two_and_two(house)
    swaps(house, run, E1, M2)

    house.matching.runs.publish(run.id)
    house.settle()

    assert {(pair.mentee_id, pair.mentor_id, pair.decided_by) for pair in house.pairs(programme)} == {
        (E1, M2, DecidedBy.LOCK), (E2, M1, DecidedBy.SWAP)}


def test_a_free_seat_moves_nobody(house: MatchingHouse) -> None:
    programme = house.a_full_programme(mentors=[*ONE_SEAT, THIRD], mentees=MENTEES[:2])
    run = house.a_proposed_run(programme)

    swaps(house, run, E1, M3)

    now = standing(house, run)
    assert (now[E1].mentor_id, now[E2].mentor_id) == (M3, M2)


def test_a_seat_that_a_circle_took_meanwhile_is_not_free(house: MatchingHouse) -> None:
    programme = house.a_full_programme(mentors=[*ONE_SEAT, {**THIRD, "capacity": "2"}], mentees=MENTEES[:2])
    run = house.a_proposed_run(programme)
    swaps(house, run, E1, M3)
    house.matching.circles.form(programme.id, Shape(name="Leading", mentor_ids=(M3,)))
    house.settle()

    with pytest.raises(NoFreeSeat, match="locked"):
        swaps(house, run, E2, M3)

    assert standing(house, run)[E1].mentor_id == M3


def test_whoever_cannot_have_the_free_seat_is_left_alone_and_counted(house: MatchingHouse) -> None:
    mentees = [MENTEES[0], {**MENTEES[1], "exclude": "m1"}]
    programme = house.a_full_programme(mentors=ONE_SEAT, mentees=mentees)
    run = house.a_proposed_run(programme)
    [other] = house.matching.runs.alternatives(run.id, found(house, run, E1).id)

    after = swaps(house, run, E1, M2)

    assert other.made_way
    assert (other.made_way.mentee_id, other.made_way.mentor_id) == (E2, "")
    assert (after.matched, after.unmatched, list(after.left_alone.values())) == (1, 1, [E2])
    assert set(standing(house, run)) == {E1}
    house.matching.runs.publish(run.id)
    house.settle()
    assert [pair.mentee_id for pair in house.pairs(programme)] == [E1]
    assert house.matching.participants.store.get(application_id(programme.id, E2, Role.MENTEE)).rounds == 1


def test_a_swap_can_be_swapped_back_and_leaves_one_lock(house: MatchingHouse) -> None:
    programme, run = two_and_two(house)
    swaps(house, run, E1, M2)
    house.settle()

    swaps(house, run, E1, M1)
    house.settle()

    assert {mentee: one.mentor_id for mentee, one in standing(house, run).items()} == {E1: M1, E2: M2}
    assert [(one.mentor_id, one.mentee_id) for one in house.matching.rulings.find(programme.id, 50, None).items
            ] == [(M1, E1)]


@pytest.mark.feature("C3")
def test_a_swap_keeps_all_other_locks(house: MatchingHouse) -> None:
    programme, run = two_and_two(house)
    house.matching.rulings.lock(programme.id, M2, E2, by="carla")

    assert house.matching.runs.alternatives(run.id, found(house, run, E1).id) == []
    with pytest.raises(NoFreeSeat):
        swaps(house, run, E1, M2)
    assert standing(house, run)[E2].mentor_id == M2


def test_a_swap_that_a_rule_bars_is_refused_by_name(house: MatchingHouse) -> None:
    programme, run = two_and_two(house)
    house.matching.rulings.exclude(programme.id, M2, E1, by="carla")

    with pytest.raises(BarredByRule, match="exclusion"):
        swaps(house, run, E1, M2)
    with pytest.raises(ProposedTogether):
        swaps(house, run, E1, M1)


def test_a_run_is_changed_by_hand_only_before_it_is_published(house: MatchingHouse) -> None:
    _, run = two_and_two(house)
    house.matching.runs.publish(run.id)

    with pytest.raises(WrongState):
        swaps(house, run, E1, M2)
    assert house.matching.runs.alternatives(run.id, found(house, run, E1).id) == []


def test_a_run_takes_so_many_swaps_and_no_more(house: MatchingHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    _, run = two_and_two(house)
    monkeypatch.setattr("services.matching.domain.matching_run.MOST_MOVES", 1)

    with pytest.raises(TooManySwaps, match="locked"):
        swaps(house, run, E1, M2)
    assert swap.MOST_MOVES == 500


def test_whoever_takes_part_no_more_is_in_nobodys_way(house: MatchingHouse) -> None:
    programme, run = two_and_two(house)
    house.matching.participants.pause(application_id(programme.id, E2, Role.MENTEE))

    after = swaps(house, run, E1, M2)

    assert [(one.mentee_id, one.mentor_id, one.chosen) for one in after.moves.values()] == [(E1, M2, True)]
    assert after.state is RunState.PROPOSED


def test_a_swap_is_one_command_over_http(house: MatchingHouse) -> None:
    _, run = two_and_two(house)
    carla = Caller(app_of(house), "carla", ())
    place = f"/runs/{run.id}/proposals/{found(house, run, E1).id}"

    [other] = carla("GET", f"{place}/alternatives").json["items"]
    made: Any = carla("POST", f"{place}/swap", {"mentor_id": M2}, Idempotency_Key="once")
    again = carla("POST", f"{place}/swap", {"mentor_id": M2}, Idempotency_Key="once")

    assert (other["mentor_id"], other["made_way"]["mentee_id"]) == (M2, E2)
    assert (made.status_code, again.json) == (200, made.json)
    assert carla("GET", place).json["mentor_id"] == M2
    assert carla("POST", f"/runs/{run.id}/proposals/nothing/swap", {"mentor_id": M2}).status_code == 404


def test_a_run_names_nobody_who_is_forgotten(house: MatchingHouse) -> None:
    _, run = two_and_two(house)
    swaps(house, run, E1, M2)

    house.matching.runs.forget(M2)
    house.matching.runs.forget(E2)

    kept = house.matching.runs.store.documents.get(run.id)
    assert kept
    assert [(move["mentee_id"], move["mentor_id"]) for move in kept["moves"].values()] == [(E1, "")]


def test_whoever_makes_way_is_not_moved_to_a_mentor_they_have(house: MatchingHouse) -> None:
    mentors = [{**MENTORS[0], "capacity": "2"}, MENTORS[1]]
    programme = house.a_full_programme(mentors=mentors, mentees=[{**MENTEES[0], "capacity": "1"},
                                                                 {**MENTEES[1], "capacity": "2"}])
    run = house.a_proposed_run(programme)
    assert {(one.mentee_id, one.mentor_id) for one in house.matching.runs.proposals(run.id, 50, None).items} == {
        (E1, M1), (E2, M1), (E2, M2)}

    swaps(house, run, E1, M2)

    now = [(one.mentee_id, one.mentor_id) for one in house.matching.runs.proposals(run.id, 50, None).items]
    assert sorted(now) == sorted({(E1, M2), (E2, M1)})


def test_the_proposal_of_whoever_was_left_alone_names_no_mentor(house: MatchingHouse) -> None:
    mentees = [MENTEES[0], {**MENTEES[1], "exclude": "m1"}]
    run = house.a_proposed_run(house.a_full_programme(mentors=ONE_SEAT, mentees=mentees))
    swaps(house, run, E1, M2)

    left = house.matching.runs.proposal(run.id, found(house, run, E2).id)

    assert (left.mentee_id, left.mentor_id, left.score, left.reasons) == (E2, "", 0, ())
    assert left.decided_by is DecidedBy.SWAP


def test_a_mentee_stays_with_the_mentor_of_a_swap_when_the_one_before_is_forgotten(house: MatchingHouse) -> None:
    programme, run = two_and_two(house)
    swaps(house, run, E1, M2)

    house.matching.runs.forget(M1)

    assert {mentee: one.mentor_id for mentee, one in standing(house, run).items()} == {E1: M2}
    kept = house.matching.runs.proposals_.documents.get(found(house, run, E1).id)
    assert kept
    assert (kept["mentor_id"], kept["reasons"]) == ("", [])
    assert M1 not in {one.mentor_id for one in house.matching.runs.alternatives(run.id, found(house, run, E1).id)}
    house.matching.runs.publish(run.id)
    house.settle()
    assert [(pair.mentee_id, pair.mentor_id) for pair in house.pairs(programme)] == [(E1, M2)]


def test_an_exclusion_said_after_a_swap_stands(house: MatchingHouse) -> None:
    programme, run = two_and_two(house)
    swaps(house, run, E1, M2)
    house.clock.set(house.clock.now() + timedelta(seconds=1))
    house.matching.rulings.exclude(programme.id, M2, E1, by="carla")

    house.settle()

    [ruling] = house.matching.rulings.find(programme.id, 50, None).items
    assert (ruling.mentor_id, ruling.mentee_id, ruling.state) == (M2, E1, RulingState.EXCLUDED)


def test_a_lock_made_while_a_swap_is_followed_is_no_error(house: MatchingHouse) -> None:
    programme, run = two_and_two(house)
    store, rulings = house.matching.rulings.store, house.matching.rulings
    swaps(house, run, E1, M2)

    class Faster:
        """Somebody locks the two between the look and the write."""

        def __getattr__(self, name: str) -> Any:
            return getattr(store, name)

        def exists(self, id: str) -> bool:
            is_there = store.exists(id)
            if id == ruling_id(programme.id, M2, E1):
                rulings.lock(programme.id, M2, E1, by="otto")
            return is_there

    swap_seen = {"programme_id": programme.id, "mentor_id": M2, "mentee_id": E1, "instead_of": M1,
                 "swapped_by": "carla"}
    cause: Any = SimpleNamespace(id="1", source="/matching/matching_runs/r", topic="t", sequence=Sequence(1, 1),
                                 correlation_id=None)
    replace(rulings, store=cast(Any, Faster())).follow_swap(swap_seen, house.clock.now(), cause)

    assert (store.get(ruling_id(programme.id, M2, E1)).state, store.get(ruling_id(programme.id, M2, E1)).by) == (
        RulingState.LOCKED, "otto")
