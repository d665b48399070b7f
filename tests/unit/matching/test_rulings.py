"""Locks and exclusions: what a coordinator decides about two people, and how runs keep to it."""

import re
from typing import Any

import pytest

from services.matching.application.pairs import BarredByRule
from services.matching.contracts.closings import PartingReason
from services.matching.contracts.pairs import CloseReason
from services.matching.contracts.participants import Role
from services.matching.domain.matching_run import MatchingRun
from services.matching.domain.matchmaking.locks import LockRefused
from services.matching.domain.participant import application_id
from services.matching.domain.person import person_id
from services.matching.domain.programme import Programme
from services.matching.domain.proposal import DecidedBy, Proposal
from services.matching.domain.ruling import Ruling, RulingState, ruling_id
from services.matching.domain.seats import AlreadyTogether, NoFreeSeat
from shared.audit.trail import Wanted
from tests.unit.matching.calling import app_of
from tests.unit.matching.house import MENTEES, MENTORS, MatchingHouse
from tests.unit.surveys.calling import Caller

M1, M2, E1, E2, E3 = (person_id(name) for name in ("m1", "m2", "e1", "e2", "e3"))


def proposed(house: MatchingHouse, run: MatchingRun) -> dict[str, Proposal]:
    """By mentee."""
    return {one.mentee_id: one for one in house.matching.runs.proposals(run.id, 50, None).items}


def couples(house: MatchingHouse, programme: Programme) -> dict[str, str]:
    found = proposed(house, house.a_proposed_run(programme))
    return {mentee: one.mentor_id for mentee, one in found.items()}


def locks(house: MatchingHouse, programme: Programme, *two: str) -> Ruling:
    return house.matching.rulings.lock(programme.id, *two, by="carla")


def excludes(house: MatchingHouse, programme: Programme, *two: str) -> Ruling:
    return house.matching.rulings.exclude(programme.id, *two, by="carla")


@pytest.mark.feature("C3")
def test_a_run_tells_of_each_pair_whether_a_wish_a_lock_or_the_optimum_decided_it(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    locks(house, programme, M1, E3)

    found = proposed(house, house.a_proposed_run(programme))

    assert {mentee: (one.mentor_id, one.decided_by) for mentee, one in found.items()} == {
        E1: (M1, DecidedBy.WISH), E2: (M2, DecidedBy.OPTIMUM), E3: (M1, DecidedBy.LOCK)}
    assert found[E3].score == sum(reason.points for reason in found[E3].reasons)


@pytest.mark.feature("C3")
def test_a_lock_overrides_the_wish_and_survives_every_rerun(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    assert couples(house, programme)[E1] == M1

    locks(house, programme, M2, E1)
    first, second = couples(house, programme), couples(house, programme)

    assert first[E1] == second[E1] == M2
    assert first == second


@pytest.mark.feature("C3")
def test_an_exclusion_overrides_the_wish_until_it_is_lifted(house: MatchingHouse) -> None:
    programme = house.a_full_programme()

    ruling = excludes(house, programme, M1, E1)
    without = couples(house, programme)
    house.matching.rulings.lift(ruling.id, by="carla")

    assert without.get(E1) != M1
    assert couples(house, programme)[E1] == M1


def test_nobody_pairs_by_hand_or_offers_whom_an_exclusion_keeps_apart(house: MatchingHouse) -> None:
    programme = house.a_full_programme(requests_allowed=True)
    excludes(house, programme, M1, E1)

    with pytest.raises(BarredByRule, match="exclusion"):
        house.matching.pairs.propose(programme.id, M1, E1, "carla")
    assert [one.mentor_id for one in house.matching.offering.offers(programme.id, E1)] == [M2]


def test_a_lock_that_a_rule_bars_is_refused_by_name(house: MatchingHouse) -> None:
    programme = house.a_full_programme(mentees=[{**MENTEES[0], "manager": "m1"}, *MENTEES[1:]])

    with pytest.raises(BarredByRule, match="reporting-line"):
        locks(house, programme, M1, E1)


def test_two_who_are_excluded_are_locked_once_that_is_lifted(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    ruling = excludes(house, programme, M1, E1)

    with pytest.raises(BarredByRule, match="exclusion"):
        locks(house, programme, M1, E1)
    house.matching.rulings.lift(ruling.id, by="carla")

    assert locks(house, programme, M1, E1).state is RulingState.LOCKED


@pytest.mark.feature("B3")
def test_locks_never_exceed_the_seats(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    locks(house, programme, M2, E1)

    for two in ((M2, E2), (M1, E1)):
        with pytest.raises(NoFreeSeat):
            locks(house, programme, *two)
    assert locks(house, programme, M2, E1).state is RulingState.LOCKED


def test_a_pair_is_not_locked_again(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    locks(house, programme, M1, E1)
    house.a_published_run(programme)

    with pytest.raises(AlreadyTogether):
        locks(house, programme, M1, E1)


def test_two_whose_proposal_was_withdrawn_are_locked_like_any_and_take_a_seat_with_it(house: MatchingHouse) -> None:
    programme = house.a_full_programme(mentors=[{**MENTORS[0], "capacity": "1"}])
    asked = house.matching.pairs.propose(programme.id, M1, E1, "carla")
    house.matching.pairs.close(asked.id, CloseReason.DECLINED, "carla")
    locks(house, programme, M1, E1)

    with pytest.raises(NoFreeSeat):
        locks(house, programme, M1, E2)

    assert [(one.mentor_id, one.decided_by) for one in proposed(house, house.a_proposed_run(programme)).values()] == [
        (M1, DecidedBy.LOCK)]


def test_a_run_says_which_locks_it_could_not_keep_and_why(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    locks(house, programme, M1, E1)
    locks(house, programme, M2, E2)
    house.bring(programme, Role.MENTEE, [{**MENTEES[0], "manager": "m1"}])
    house.matching.participants.pause(application_id(programme.id, E2, Role.MENTEE))

    found = house.a_proposed_run(programme).found

    assert found
    assert (found.locks, found.locks_not_kept) == (0, 2)
    assert set(found.locks_refused) == {
        LockRefused(M1, E1, "barred", "reporting-line"), LockRefused(M2, E2, "absent")}


def test_with_less_room_the_earlier_lock_is_kept(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    for mentee in (E3, E1):
        locks(house, programme, M1, mentee)
        house.pass_time(minutes=1)
    house.bring(programme, Role.MENTOR, [{**MENTORS[0], "capacity": "1"}])

    run = house.a_proposed_run(programme)

    assert run.found
    assert run.found.locks_refused == (LockRefused(M1, E1, "no-seats"),)
    assert proposed(house, run)[E3].decided_by is DecidedBy.LOCK


def test_a_lock_takes_a_seat_and_everybody_else_is_placed_best(house: MatchingHouse) -> None:
    programme = house.a_full_programme(mentors=[{**MENTORS[0], "capacity": "1"}, MENTORS[1]])
    locks(house, programme, M1, E3)

    run = house.a_proposed_run(programme)

    assert run.found
    assert (run.found.matched, run.found.unmatched, run.found.locks) == (2, 1, 1)
    [alone] = [one for one in house.matching.runs.unmatched(run.id, 50, None).items if one.role is Role.MENTEE]
    assert (alone.code, alone.params) == ("over-demanded", {"mentees": 2, "mentors": 1, "seats": 1})


def test_a_run_for_one_mentee_leaves_seats_that_are_locked_for_others(house: MatchingHouse) -> None:
    one_mentor, two = [{**MENTORS[0], "capacity": "2"}], MENTEES[:2]
    programme = house.a_full_programme(mentors=one_mentor, mentees=two)
    house.a_published_run(programme)
    house.bring(programme, Role.MENTOR, [{**MENTORS[1], "capacity": "1"}])
    house.bring(programme, Role.MENTEE, [MENTEES[2]])
    locks(house, programme, M2, E3)

    pair = house.pair_of(programme, "e1")
    house.matching.pairs.ask_for_rematch(pair.id, E1, PartingReason.NO_FIT)
    house.settle()

    run = next(one for one in house.matching.runs.store.each({}) if one.mentee_id == E1)
    assert run.found
    assert run.found.matched == 0


@pytest.fixture
def carla(house: MatchingHouse) -> Caller:
    return Caller(app_of(house), "carla", ())


def body(*two: str) -> dict[str, Any]:
    return {"mentor_id": two[0], "mentee_id": two[1]}


@pytest.mark.feature("C3")
@pytest.mark.feature("P4")
def test_the_audit_log_tells_who_decided_and_by_what_a_pair_came_about(house: MatchingHouse, carla: Caller) -> None:
    programme = house.a_full_programme()
    made = carla("POST", f"/programmes/{programme.id}/locks", body(M1, E3), Idempotency_Key="one press")
    again = carla("POST", f"/programmes/{programme.id}/locks", body(M1, E3), Idempotency_Key="one press")
    house.a_published_run(programme)

    assert (made.status_code, again.json) == (201, made.json)
    [entry] = house.backbone.trail.each(Wanted(document=made.json["id"]))
    assert (entry.kind, entry.who, entry.how) == ("rulings", "carla", "POST /v1/programmes/<programme_id>/locks")
    assert entry.values["state"] == [None, "locked"]
    [pair] = house.backbone.trail.each(Wanted(document=house.pair_of(programme, "e3").id))
    assert pair.values["decided_by"] == [None, "lock"]


def test_rulings_are_listed_with_who_and_when_and_lifted(house: MatchingHouse, carla: Caller) -> None:
    programme = house.a_full_programme()
    carla("POST", f"/programmes/{programme.id}/locks", body(M1, E3))
    carla("POST", f"/programmes/{programme.id}/exclusions", body(M2, E3))

    place = f"/programmes/{programme.id}/rulings"
    [locked] = carla("GET", f"{place}?state=locked").json["items"]
    assert (locked["mentor_id"], locked["by"], locked["at"]) == (M1, "carla", "2027-03-01T08:00:00.000Z")
    assert len(carla("GET", place).json["items"]) == 2
    assert carla("DELETE", f"/rulings/{locked['id']}").json["state"] == "lifted"
    assert [one["state"] for one in carla("GET", place).json["items"]] == ["excluded"]
    assert carla("GET", f"/rulings/{locked['id']}").json["state"] == "lifted"


def test_the_newest_rulings_are_listed_first_page_by_page_whatever_their_state(
        house: MatchingHouse, carla: Caller) -> None:
    programme, mentees = house.a_full_programme(), []
    for mentee in (E3, E1, E2):
        carla("POST", f"/programmes/{programme.id}/exclusions", body(M1, mentee))
        house.pass_time(minutes=1)
    for query in ("limit=1", "limit=1&state=excluded"):
        path: str | None = f"/programmes/{programme.id}/rulings?{query}"
        while path:
            page = carla("GET", path.removeprefix("/v1"))
            mentees += [one["mentee_id"] for one in page.json["items"]]
            path = next(iter(re.findall('<([^>]+)>; rel="next"', page.headers.get("Link", ""))), None)

    assert mentees == 2 * [E2, E1, E3]


def test_rulings_of_some_mentees_and_those_lifted_are_asked_for(house: MatchingHouse, carla: Caller) -> None:
    programme = house.a_full_programme()
    for mentor, mentee in ((M1, E1), (M1, E2), (M2, E3)):
        locks(house, programme, mentor, mentee)
    house.matching.rulings.lift(ruling_id(programme.id, M2, E3), by="carla")

    def mentees(query: str) -> set[str]:
        return {one["mentee_id"] for one in carla("GET", f"/programmes/{programme.id}/rulings?{query}").json["items"]}

    assert mentees(f"mentee_id={E1}&mentee_id={E3}") == {E1}
    assert mentees(f"mentee_id={E1}&mentee_id={E2}&state=locked") == {E1, E2}
    assert mentees(f"mentee_id={E1}&mentee_id={E3}&state=lifted") == {E3}


def test_a_ruling_is_about_people_of_the_programme(house: MatchingHouse, carla: Caller) -> None:
    programme = house.a_full_programme()

    assert carla("POST", f"/programmes/{programme.id}/exclusions", body(M1, "nobody")).status_code == 404
    refused = carla("POST", f"/programmes/{programme.id}/locks", body(M1, "nobody"))
    assert (refused.status_code, refused.json["code"]) == (409, "not-taking-part")


def test_rulings_about_somebody_are_erased_with_them(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    locks(house, programme, M1, E1)
    excludes(house, programme, M2, E1)
    kept = excludes(house, programme, M2, E2)
    exported = house.matching.exporting.of(E1)["rulings"]

    house.matching.erasures.ask(E1, by="hanna")
    for _ in range(5):
        house.pass_time(hours=1)

    assert len(exported) == 2
    assert [one.id for one in house.matching.rulings.store.each({})] == [kept.id]


@pytest.mark.feature("C3")
def test_why_is_between_coordinators_and_goes_with_the_word(house: MatchingHouse) -> None:
    programme, rulings = house.a_full_programme(), house.matching.rulings

    one = rulings.exclude(programme.id, M1, E1, "carla", "They share an office.")
    rulings.exclude(programme.id, M1, E1, "cora", "Another word.")

    assert (rulings.get(one.id).by, rulings.get(one.id).note) == ("carla", "They share an office.")
    [told] = house.matching.exporting.of(E1, E1)["rulings"]
    assert (told["state"], told["note"]) == ("excluded", "")
    rulings.lift(one.id, "carla")
    assert rulings.get(one.id).note == ""
