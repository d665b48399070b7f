"""Pairs that wait for a yes: listed together, and reminded by a coordinator once a working day."""

from collections.abc import Callable

import pytest

from services.matching.application.falling_through import FallingThrough
from services.matching.contracts.pairs import PAIRS, CloseReason, PairClosed, PairState
from services.matching.contracts.participants import Role
from services.matching.domain.choice import DeclineReason
from services.matching.domain.pair import Pair
from services.matching.domain.participant import application_id
from services.matching.domain.person import person_id
from services.matching.domain.programme import Programme
from tests.unit.matching.house import COORDINATOR, MENTORS, MatchingHouse
from tests.unit.matching.test_circles import a_circle, join
from tests.unit.matching.test_http import As
from tests.unit.matching.test_http import as_ as as_

MIA, MO, EVA, ELI, ELA = (person_id(one) for one in ("m1", "m2", "e1", "e2", "e3"))
pytestmark = pytest.mark.feature("C1")


@pytest.fixture
def programme(house: MatchingHouse) -> Programme:
    return house.a_full_programme()


@pytest.fixture
def pair(house: MatchingHouse, programme: Programme) -> Pair:
    """The two are asked on Monday."""
    return house.matching.pairs.propose(programme.id, MIA, EVA, COORDINATOR)


def test_those_are_listed_whom_one_or_both_have_not_answered(
        house: MatchingHouse, as_: As, programme: Programme, pair: Pair) -> None:
    begun = house.matching.pairs.propose(programme.id, MO, ELI, COORDINATOR)
    other = house.matching.pairs.propose(programme.id, MIA, ELA, COORDINATOR)
    house.matching.pairs.agree(begun.id, COORDINATOR)
    house.matching.pairs.agree(pair.id, MIA)
    place = f"/programmes/{programme.id}/pairs?to_agree=true"

    listed = as_(COORDINATOR).get(place).json["items"]
    first = as_(COORDINATOR).get(f"{place}&limit=1")
    rest = as_(COORDINATOR).get(first.headers["Link"].split(">")[0].removeprefix("</v1")).json["items"]

    assert {one["id"]: one["state"] for one in listed} == {pair.id: PairState.ACCEPTED, other.id: PairState.PROPOSED}
    assert [*first.json["items"], *rest] == listed
    assert [one["id"] for one in as_(COORDINATOR).get(f"{place}&q=lund").json["items"]] == [pair.id]
    assert as_(COORDINATOR).get(f"{place}&q=novak").json["items"] == []
    assert house.matching.summaries.of(programme.id).to_do["pairs_to_agree"] == len(listed)


def test_a_coordinator_reminds_whoever_is_silent_once_a_working_day(house: MatchingHouse, as_: As, pair: Pair) -> None:
    carla, place = as_(COORDINATOR), f"/pairs/{pair.id}/reminder"
    house.pass_time(hours=2)
    too_soon = carla("POST", place, Idempotency_Key="monday")
    house.pass_time(hours=23)
    house.matching.pairs.agree(pair.id, MIA)

    first = carla("POST", place, Idempotency_Key="tuesday")
    again = carla("POST", place, Idempotency_Key="tuesday")
    house.pass_time(hours=1)
    more = carla("POST", place, Idempotency_Key="more")
    house.pass_time(hours=23)
    next_day = carla("POST", place, Idempotency_Key="wednesday")

    assert [(one.status_code, one.json.get("code")) for one in (too_soon, first, again, more, next_day)] == [
        (409, "mailed-today"), (200, None), (200, None), (409, "mailed-today"), (200, None)]
    house.settle()
    assert house.told(PAIRS.name).count("pair-reminder-due") == 2
    assert house.matching.pairs.get(pair.id).silent_ids == (EVA,)


def test_a_proposal_ends_when_a_run_pairs_one_of_the_two_and_whoever_said_yes_is_told(
        house: MatchingHouse, programme: Programme, pair: Pair) -> None:
    house.matching.pairs.agree(pair.id, EVA)
    run = house.a_proposed_run(programme)
    [sits] = [one.mentor_id for one in house.matching.runs.proposals(run.id, 9, None).items if one.mentee_id == EVA]
    other = house.matching.pairs.propose(programme.id, MO if sits == MIA else MIA, EVA, COORDINATOR)

    house.matching.runs.publish(run.id)
    house.settle()

    over = [house.matching.pairs.get(one.id) for one in (pair, other)]
    assert {(one.state, one.reason) for one in over} == {(PairState.CLOSED, CloseReason.DECLINED)}
    closed = [one.data for one in house.world.heard(PAIRS.name) if one.type == PairClosed.type]
    assert {one["pair_id"]: one["waiting_ids"] for one in closed} == {pair.id: [EVA], other.id: []}
    assert house.matching.summaries.of(programme.id).to_do["pairs_to_agree"] == 0


def test_a_proposal_ends_when_the_mentor_has_no_seat_left_in_any_programme(
        house: MatchingHouse, programme: Programme) -> None:
    full = house.matching.pairs.propose(programme.id, MO, ELI, COORDINATOR)
    asked = house.matching.pairs.propose(programme.id, MO, ELA, COORDINATOR)
    goes_on = house.matching.pairs.propose(programme.id, MIA, ELA, COORDINATOR)

    house.matching.pairs.agree(full.id, COORDINATOR)
    house.settle()

    assert house.matching.pairs.get(asked.id).state is PairState.CLOSED
    assert house.matching.pairs.get(goes_on.id).state is PairState.PROPOSED


def test_a_proposal_ends_when_room_is_taken_back_or_a_circle_takes_the_seat(
        house: MatchingHouse, programme: Programme, pair: Pair) -> None:
    other = house.matching.pairs.propose(programme.id, MO, ELA, COORDINATOR)
    house.bring(programme, Role.MENTOR, [{**MENTORS[1], "capacity": "0"}])
    join(house, a_circle(house, programme), EVA)
    house.settle()

    assert house.matching.pairs.get(other.id).state is PairState.CLOSED
    assert house.matching.pairs.get(pair.id).state is PairState.CLOSED


@pytest.mark.parametrize(("end", "apart"), [
    (lambda house, pair: house.matching.pairs.close(pair.id, CloseReason.DECLINED, COORDINATOR), False),
    (lambda house, pair: FallingThrough(house.matching.pairs.seating, house.clock).end(pair.id), False),
    (lambda house, pair: house.matching.pairs.refuse(pair.id, MIA, DeclineReason.NO_TIME, ""), True)])
def test_a_run_puts_two_together_whose_proposal_came_to_nothing_unless_one_of_them_said_no(
        house: MatchingHouse, programme: Programme, pair: Pair, end: Callable[[MatchingHouse, Pair], object],
        *, apart: bool) -> None:
    end(house, pair)
    house.settle()

    found = house.matching.runs.proposals(house.a_proposed_run(programme).id, 9, None).items

    assert ((MIA, EVA) not in {(one.mentor_id, one.mentee_id) for one in found}) is apart


def test_a_break_leaves_a_proposal_open(house: MatchingHouse, programme: Programme, pair: Pair) -> None:
    house.matching.participants.pause(application_id(programme.id, EVA, Role.MENTEE))
    house.settle()

    assert house.matching.pairs.get(pair.id).state is PairState.PROPOSED


def test_nobody_is_reminded_of_what_is_decided(house: MatchingHouse, as_: As, pair: Pair) -> None:
    house.matching.pairs.close(pair.id, CloseReason.DECLINED, COORDINATOR)
    house.pass_time(days=1)

    answer = as_(COORDINATOR)("POST", f"/pairs/{pair.id}/reminder")

    assert (answer.status_code, answer.json["code"]) == (409, "already-decided")


def test_nobody_but_whoever_looks_after_the_programme_reminds(house: MatchingHouse, as_: As, pair: Pair) -> None:
    house.pass_time(days=1)
    wrong = as_(COORDINATOR)("POST", "/pairs/nothing-real/reminder")

    answers = [as_(who, *roles)("POST", f"/pairs/{pair.id}/reminder")
               for who, roles in ((MIA, ()), (EVA, ("programme-office",)), ("nobody", ()))]

    assert {(one.status_code, one.data) for one in answers} == {(404, wrong.data)}
