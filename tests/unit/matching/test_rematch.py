"""Another mentor: the reason stays private, the seat is free, a proposal is made, and the history is kept."""

from typing import Any

import pytest

from services.matching.application.runs import rematch_run_id
from services.matching.contracts.closings import PartingReason
from services.matching.contracts.matching_runs import RunState
from services.matching.contracts.pairs import PAIRS, PairState
from services.matching.contracts.participants import Role
from services.matching.domain.matching_run import MatchingRun
from services.matching.domain.pair import Pair
from services.matching.domain.participant import application_id
from services.matching.domain.person import person_id
from services.matching.domain.programme import Programme
from services.matching.domain.task import TaskKind, TaskState
from shared.audit.trail import Wanted
from tests.unit.matching.calling import app_of
from tests.unit.matching.house import MENTEES, MENTORS, MatchingHouse
from tests.unit.surveys.calling import Caller

M1, M2, E1 = (person_id(name) for name in ("m1", "m2", "e1"))
SAID = {"reason": "no-fit", "note": "He never listens."}


def a_pair(house: MatchingHouse) -> tuple[Programme, Pair]:
    """e1 with m1, who has no other seat; m2 has one left."""
    mentors = [{**MENTORS[0], "capacity": "1"}, {**MENTORS[1], "capacity": "1"}]
    programme = house.a_full_programme(mentors=mentors, mentees=MENTEES[:1])
    house.a_published_run(programme)
    return programme, house.pair_of(programme, "e1")


def as_(house: MatchingHouse, person: str, *roles: str) -> Caller:
    return Caller(app_of(house), person, roles)


@pytest.mark.feature("C16")
def test_a_rematch_frees_the_seat_makes_a_proposal_and_keeps_the_history(house: MatchingHouse) -> None:
    programme, pair = a_pair(house)
    before = [one.kind for one in pair.history]

    answer = as_(house, "carla")("POST", f"/pairs/{pair.id}/rematch", SAID)
    house.settle()

    kept = house.matching.pairs.get(pair.id)
    assert (answer.status_code, kept.state) == (200, PairState.CLOSED)
    assert house.matching.summaries.of(programme.id).free_seats == 2
    run = house.matching.runs.get(answer.json["rematch_run_id"])
    [proposal] = house.matching.runs.proposals(run.id, 10, None).items
    assert (run.state, run.succeeds) == (RunState.PROPOSED, pair.id)
    assert (proposal.mentee_id, proposal.mentor_id) == (E1, M2)
    assert [one.kind for one in kept.history] == [*before, "pair-closed", "rematch-requested"]
    house.matching.runs.publish(run.id)
    house.settle()
    [successor] = [one for one in house.pairs(programme) if one.succeeds == pair.id]
    assert (successor.mentor_id, successor.live) == (M2, True)


@pytest.mark.feature("C16")
def test_the_reason_is_told_to_coordinators_and_to_nobody_else(house: MatchingHouse) -> None:
    programme, pair = a_pair(house)
    mentee, place = as_(house, E1), f"/pairs/{pair.id}"
    mentee("POST", f"{place}/rematch", SAID)
    house.settle()

    assert as_(house, "carla")("GET", f"{place}/parting").json == {**SAID, "by": E1}
    for other in (E1, M1, "otto"):
        assert as_(house, other)("GET", f"{place}/parting").status_code == 404
    read = [as_(house, M1)("GET", path).text for path in (place, f"{place}/timeline", "/me/pairs")]
    told = [str(one) for one in house.world.heard(PAIRS.name)]
    logged = [str(one) for one in house.backbone.trail.each(Wanted())]
    assert not [one for one in (*read, *told, *logged) if "no-fit" in one or "listens" in one]
    assert programme.id


@pytest.mark.parametrize("party", [M1, E1])
def test_one_of_the_two_who_looks_after_the_programme_reads_no_reason(house: MatchingHouse, party: str) -> None:
    programme, pair = a_pair(house)
    house.matching.programmes.change(programme.id, {"coordinator_ids": ["carla", party]}, None)
    house.matching.pairs.ask_for_rematch(pair.id, E1, PartingReason.NO_FIT, "He never listens.")

    refused = as_(house, party)("GET", f"/pairs/{pair.id}/parting")

    assert (refused.status_code, "no-fit" in refused.text) == (404, False)
    assert as_(house, "carla")("GET", f"/pairs/{pair.id}/parting").json["by"] == E1


def test_an_export_tells_the_reason_to_whoever_said_it_and_to_nobody_else(house: MatchingHouse) -> None:
    _, pair = a_pair(house)
    house.matching.pairs.ask_for_rematch(pair.id, E1, PartingReason.NO_FIT, "He never listens.")

    def exported(of: str, reader: str, *roles: str) -> Any:
        answer = as_(house, reader, *roles)("GET", f"/people/{of}/export")
        return answer.json["collections"]["pairs"][0]["parting"]

    assert exported(E1, E1)["note"] == "He never listens."
    assert [exported(M1, M1), exported(E1, "hanna", "hr"), exported(E1, "otto", "programme-office")] == [None] * 3
    assert exported(E1, M1, "hr") is None


@pytest.mark.parametrize(("body", "status", "code"), [
    ({}, 422, "rematch-needs-reason"), ({"reason": None}, 422, "rematch-needs-reason"),
    ({"reason": "nonsense"}, 422, "invalid-input"), ({"reason": "other", "note": "x" * 2001}, 422, "invalid-input"),
    ({"reason": "other", "more": 1}, 422, "invalid-input")])
def test_a_live_pair_needs_a_reason_that_is_one(
        house: MatchingHouse, body: dict[str, object], status: int, code: str) -> None:
    _, pair = a_pair(house)

    refused = as_(house, "carla")("POST", f"/pairs/{pair.id}/rematch", body)

    assert (refused.status_code, refused.json["code"]) == (status, code)
    assert house.matching.pairs.get(pair.id).live


def test_a_second_press_asks_for_one_rematch(house: MatchingHouse) -> None:
    programme, pair = a_pair(house)

    answers = [as_(house, "carla")("POST", f"/pairs/{pair.id}/rematch", SAID, Idempotency_Key="once")
               for _ in range(2)]
    house.settle()

    assert answers[0].json == answers[1].json
    assert len([one for one in house.matching.runs.find(programme.id, 10, None).items if one.mentee_id]) == 1


@pytest.mark.parametrize(("person", "by"), [(E1, ""), (M1, E1)])
def test_notes_of_a_parting_are_erased_with_either_of_the_two(house: MatchingHouse, person: str, by: str) -> None:
    _, pair = a_pair(house)
    house.matching.pairs.ask_for_rematch(pair.id, E1, PartingReason.NO_FIT, "He never listens.")
    house.settle()

    house.matching.erasures.ask(person, by="hanna")
    for _ in range(5):
        house.pass_time(hours=1)

    kept = house.matching.pairs.store.documents.get(pair.id)
    assert kept
    assert (kept["parting"]["note"], kept["parting"]["by"]) == ("", by)


def test_whoever_looks_after_the_programme_and_is_erased_has_said_nothing_any_more(house: MatchingHouse) -> None:
    _, pair = a_pair(house)
    house.matching.pairs.ask_for_rematch(pair.id, "carla", PartingReason.OTHER, "I talked to both.")

    assert house.matching.pairs.forget("carla") == 1

    parting = house.matching.pairs.get(pair.id).parting
    assert parting
    assert (parting.by, parting.note, parting.reason) == ("", "", PartingReason.OTHER)


def a_rematch(house: MatchingHouse, mentors: list[dict[str, str]]) -> tuple[Programme, MatchingRun]:
    """e1 was with m1, and asks for another."""
    programme = house.a_full_programme(mentors=mentors[:1], mentees=MENTEES[:1])
    house.a_published_run(programme)
    pair = house.pair_of(programme, "e1")
    house.bring(programme, Role.MENTOR, mentors)
    house.matching.pairs.ask_for_rematch(pair.id, E1, PartingReason.NO_FIT)
    house.settle()
    return programme, house.matching.runs.get(rematch_run_id(pair.id))


def in_vain(house: MatchingHouse, programme: Programme) -> tuple[list[tuple[str, str, str]], list[tuple[str, int]]]:
    """What is put before the coordinator, and how long the mentee waits."""
    tasks = house.matching.tasks.find(programme.id, 9, None, TaskState.OPEN, [TaskKind.REMATCH_IN_VAIN]).items
    places = house.matching.waiting.places(E1)
    return [(one.kind, one.mentee_id, one.run_id) for one in tasks], [(one.waits_for, one.rounds) for one in places]


@pytest.mark.feature("C16")
@pytest.mark.feature("B7")
def test_a_rematch_that_finds_nobody_is_the_coordinators_and_the_mentee_waits(house: MatchingHouse) -> None:
    programme, run = a_rematch(house, MENTORS[:1])

    assert (run.state, run.matched) == (RunState.PROPOSED, 0)
    assert in_vain(house, programme) == ([("rematch-in-vain", E1, run.id)], [("mentor", 1)])
    assert house.matching.summaries.of(programme.id).to_do["rematches_in_vain"] == 1


@pytest.mark.feature("C16")
def test_a_rematch_whose_only_pair_is_refused_is_the_coordinators_too(house: MatchingHouse) -> None:
    programme, run = a_rematch(house, MENTORS)
    before = in_vain(house, programme)
    house.matching.rulings.exclude(programme.id, M2, E1, by="carla")

    house.matching.runs.publish(run.id)
    house.settle()

    assert before == ([], [])
    assert in_vain(house, programme) == ([("rematch-in-vain", E1, run.id)], [("mentor", 1)])


def test_the_task_is_done_when_the_mentee_takes_part_no_more(house: MatchingHouse) -> None:
    programme, _ = a_rematch(house, MENTORS[:1])

    its = application_id(programme.id, E1, Role.MENTEE)
    house.matching.participants.store.change(its, lambda one: one.leave(house.clock.now()))
    house.settle()

    assert in_vain(house, programme)[0] == []


def test_the_task_is_done_with_the_next_mentor(house: MatchingHouse) -> None:
    programme, _ = a_rematch(house, MENTORS[:1])
    house.bring(programme, Role.MENTOR, MENTORS)

    pair = house.matching.pairs.propose(programme.id, M2, E1, "carla")
    house.matching.pairs.agree(pair.id, "carla")
    house.settle()

    assert in_vain(house, programme) == ([], [])


def test_nobody_is_sought_for_a_mentee_who_takes_a_break_meanwhile(house: MatchingHouse) -> None:
    programme, pair = a_pair(house)
    house.matching.pairs.ask_for_rematch(pair.id, E1, PartingReason.NO_FIT)
    house.matching.participants.pause(application_id(programme.id, E1, Role.MENTEE))

    house.settle()

    assert in_vain(house, programme) == ([], [])
