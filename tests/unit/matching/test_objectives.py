"""Runs with an objective of the coordinator's choice, on the whole service."""

import pytest

from services.matching.contracts.matching_runs import RunState
from services.matching.domain.attempts import Cancelled, Progress
from services.matching.domain.looked import LEASE
from services.matching.domain.matching_run import MatchingRun
from services.matching.domain.matchmaking.aim import Aim
from services.matching.domain.person import person_id
from services.matching.domain.programme import Programme
from services.matching.domain.trade_off import Foreseen
from tests.unit.matching.house import MatchingHouse
from tests.unit.matching.test_http import As
from tests.unit.matching.test_http import as_ as as_

FIVE = "a; b; c; d; e"
MENTORS = [{"id": "m1", "name": "M 1", "email": "m1@example.org", "capacity": "1", "manager": "b1", "skills": FIVE},
           {"id": "m2", "name": "M 2", "email": "m2@example.org", "capacity": "1", "manager": "b2",
            "skills": "a; b; f"}]
MENTEES = [{"id": "e1", "name": "E 1", "email": "e1@example.org", "manager": "x1", "goals": FIVE},
           {"id": "e2", "name": "E 2", "email": "e2@example.org", "manager": "x2", "goals": "c; d; f; g; h"}]
M1, M2, E1, E2 = (person_id(one) for one in ("m1", "m2", "e1", "e2"))
APART = {E1: M1, E2: M2}
EVEN = {E1: M2, E2: M1}


def solved(house: MatchingHouse, programme: Programme, objective: Aim) -> MatchingRun:
    run = house.matching.runs.queue(programme.id, objective)
    house.settle()
    return house.matching.runs.get(run.id)


def pairs(house: MatchingHouse, run: MatchingRun) -> dict[str, str]:
    return {one.mentee_id: one.mentor_id for one in house.matching.runs.proposals(run.id, 50, None).items}


@pytest.fixture
def programme(house: MatchingHouse) -> Programme:
    return house.a_full_programme(MENTORS, MENTEES)


def test_a_run_for_the_weakest_pair_differs_from_one_for_the_points(house: MatchingHouse, programme: Programme) -> None:
    most = solved(house, programme, Aim.PARTICIPATION)
    house.matching.runs.cancel(most.id)

    run = solved(house, programme, Aim.MAXIMIN)

    assert pairs(house, most) == APART
    assert pairs(house, run) == EVEN
    assert run.objective is Aim.MAXIMIN
    assert run.found
    assert (run.found.objective, "threshold" in run.found.counts) == ("maximin", True)


@pytest.mark.parametrize("objective", Aim)
def test_a_rerun_keeps_locks_whatever_the_objective(house: MatchingHouse, programme: Programme, objective: Aim) -> None:
    first = solved(house, programme, Aim.PARTICIPATION)
    other = next(one for one in house.matching.runs.proposals(first.id, 50, None).items if one.mentee_id == E1)
    house.matching.runs.swap(first.id, other.id, M2, by="carla")
    house.settle()

    run = solved(house, programme, objective)

    assert run.state is RunState.PROPOSED
    assert pairs(house, run) == EVEN, "e1 is locked to m2"
    assert run.found
    assert (run.found.locks, run.found.locks_not_kept) == (1, 0)


@pytest.mark.parametrize("objective", [Aim.MAXIMIN, Aim.MINIMAX_REGRET, Aim.LEAST_SQUARES_REGRET])
def test_whoever_was_together_stays_so_unless_the_objective_asks_for_more(
        house: MatchingHouse, objective: Aim) -> None:
    programme = house.a_full_programme(MENTORS, MENTEES, stickiness=100)
    first = solved(house, programme, Aim.PARTICIPATION)

    run = solved(house, programme, objective)

    assert pairs(house, run) == pairs(house, first)
    assert run.changes
    assert run.changes.moved == 0


def test_an_objective_for_one_mentor_each_is_refused_where_some_want_several(house: MatchingHouse) -> None:
    programme = house.a_full_programme(MENTORS, [{**one, "capacity": "2"} for one in MENTEES])

    run = solved(house, programme, Aim.MAXIMIN)

    assert (run.state, run.why, run.attempts) == (RunState.FAILED, "objective-for-one-mentor", 1)


def test_prices_in_squares_of_points_rank_no_offer(house: MatchingHouse, programme: Programme) -> None:
    solved(house, programme, Aim.PARTICIPATION)
    before = house.matching.runs.prices(programme.id)

    solved(house, programme, Aim.LEAST_SQUARES_REGRET)

    assert house.matching.runs.prices(programme.id) == before


def test_an_objective_is_asked_for_over_http(house: MatchingHouse, as_: As, programme: Programme) -> None:
    path = f"/programmes/{programme.id}/runs"

    made = as_("carla")("POST", path, {"objective": "maximin"}, Idempotency_Key="one")
    again = as_("carla")("POST", path, {"objective": "maximin"}, Idempotency_Key="one")
    other = as_("carla")("POST", path, {"objective": "score"}, Idempotency_Key="one")
    plain = as_("carla")("POST", path, Idempotency_Key="two")
    bad = as_("carla")("POST", path, {"objective": "luck"}, Idempotency_Key="three")

    assert (made.status_code, made.json["objective"], made.json["why"]) == (202, "maximin", "")
    assert (again.json["id"], other.status_code) == (made.json["id"], 422)
    assert (plain.status_code, plain.json["objective"]) == (202, "participation")
    assert bad.status_code == 422


def counted(house: MatchingHouse, programme: Programme) -> Foreseen:
    house.pass_time(seconds=10)
    house.matching.trade_offs.ask(programme.id)
    house.settle()
    found = house.matching.trade_offs.of(programme.id).found
    assert found
    return found


def test_what_each_objective_would_bring_is_what_its_run_finds(house: MatchingHouse, programme: Programme) -> None:
    foreseen = counted(house, programme)

    for one in foreseen.outlooks:
        run = solved(house, programme, one.objective)
        assert run.found
        assert (one.pairs, one.unmatched, one.total) == (run.matched, run.unmatched, run.found.total)
        assert one.lowest_5 == run.found.fairness.lowest_5
        house.matching.runs.cancel(run.id)
    assert {one.objective for one in foreseen.outlooks} == set(Aim)
    by = {one.objective: one for one in foreseen.outlooks}
    assert by[Aim.MAXIMIN].lowest_5 > by[Aim.PARTICIPATION].lowest_5
    assert by[Aim.MAXIMIN].total < by[Aim.PARTICIPATION].total
    assert by[Aim.MINIMAX_REGRET].regret <= by[Aim.PARTICIPATION].regret
    assert foreseen.mentees == 2


def test_what_would_be_refused_is_foreseen_with_the_reason_and_first_choices_are_counted(house: MatchingHouse) -> None:
    programme = house.a_full_programme(MENTORS, [{**one, "capacity": "2", "wishes": "m1"} for one in MENTEES])

    foreseen = counted(house, programme)

    assert [one.why for one in foreseen.outlooks] == ["", "", *["objective-for-one-mentor"] * 3]
    assert (foreseen.wishers, foreseen.outlooks[0].first_choices) == (2, 1)


def test_with_nobody_to_match_nothing_is_foreseen(house: MatchingHouse) -> None:
    foreseen = counted(house, house.a_programme())

    assert {(one.pairs, one.regret, one.why) for one in foreseen.outlooks} == {(0, 0, "")}


def test_an_attempt_that_was_taken_for_dead_counts_no_more(house: MatchingHouse, programme: Programme) -> None:
    trade_off = house.matching.trade_offs.ask(programme.id)
    now = house.clock.now()
    trade_off.take("one", now)
    trade_off.take("two", now + LEASE)

    with pytest.raises(Cancelled):
        trade_off.advance("one", Progress("solving", 0.5), now)
    trade_off.advance("two", Progress("solving", 0.5), now + LEASE)
    assert trade_off.timers["count"] == now + LEASE + LEASE


def test_objectives_are_compared_over_http_when_a_coordinator_asks(house: MatchingHouse, as_: As,
                                                                   programme: Programme) -> None:
    path = f"/programmes/{programme.id}/trade-off"

    before = as_("carla").get(path).json
    asked, again = (as_("carla")("POST", path, Idempotency_Key="one") for _ in range(2))
    house.settle()
    after = as_("carla").get(path).json

    assert (before["as_of"], before["counting"], before["outlooks"]) == (None, False, [])
    assert (asked.status_code, asked.json["counting"]) == (202, True)
    assert again.json == asked.json
    assert (after["counting"], [one["objective"] for one in after["outlooks"]]) == (False, [*Aim])
    assert as_(E1).get(path).status_code == 404
    assert as_(E1)("POST", path, Idempotency_Key="two").status_code == 404
