"""Requests over HTTP: three sides, each of which sees its own."""

from typing import Any

import pytest

from services.matching.contracts.pairs import PAIRS
from services.matching.contracts.participants import Role
from services.matching.contracts.requests import REQUESTS
from services.matching.domain.participant import application_id
from services.matching.domain.person import person_id
from shared.audit.trail import Wanted
from shared.kernel.clock import iso
from tests.unit.matching.house import MatchingHouse
from tests.unit.matching.test_http import As
from tests.unit.matching.test_http import as_ as as_
from tests.unit.matching.test_requests import E1, E2, M1, M2, M3, M4, a_programme
from tests.unit.surveys.calling import Caller


@pytest.fixture
def programme(house: MatchingHouse) -> str:
    return a_programme(house).id


@pytest.fixture
def mentee(as_: As) -> Caller:
    return as_(E1)


def a_request(house: MatchingHouse, mentee: Caller, programme: str) -> Any:
    made = mentee("POST", f"/programmes/{programme}/requests", {"mentor_ids": [M1, M2]}, Idempotency_Key="open")
    house.settle()
    return made


@pytest.mark.feature("C2")
def test_a_mentee_asks_and_the_mentor_says_yes(house: MatchingHouse, as_: As, mentee: Caller, programme: str) -> None:
    offered = mentee.get(f"/programmes/{programme}/offers").json["items"]
    made = a_request(house, mentee, programme)
    [waiting] = as_(M1).get("/me/requests").json["items"]

    pair = as_(M1)("POST", f"/requests/{waiting['id']}/acceptance", Idempotency_Key="yes")
    house.settle()

    assert {one["mentor_id"] for one in offered} == {M1, M2, M3, M4}
    assert (made.status_code, made.headers["Location"], made.headers["ETag"]) == (
        201, f"/v1/requests/{waiting['id']}", '"0"')
    assert [one["mentor_id"] for one in waiting["choices"]] == [M1]
    assert (pair.status_code, pair.headers["Location"]) == (201, f"/v1/pairs/{pair.json['id']}")
    shown = mentee.get(f"/requests/{waiting['id']}").json
    assert (shown["state"], shown["pair_id"]) == ("accepted", pair.json["id"])


@pytest.mark.feature("S4.12")
def test_a_mentee_is_told_why_a_mentor_is_recommended_but_not_what_it_counts_for(mentee: Caller,
                                                                                 programme: str) -> None:
    first = mentee.get(f"/programmes/{programme}/offers").json["items"][0]

    assert first["mentor_id"] == M1
    assert first["room"] == 1
    assert first["reasons"][0] == {"criterion": "wish", "params": {"kind": "wish", "rank": 1}}
    assert set(first) == {"mentor_id", "score", "room", "reasons"}
    assert not any(person_id(one) in str(first) for one in ("e1", "e2", "e3"))


@pytest.mark.feature("C2")
def test_the_same_commands_again_are_answered_as_before(house: MatchingHouse, as_: As, mentee: Caller,
                                                        programme: str) -> None:
    request = a_request(house, mentee, programme).json
    first = as_(M1)("POST", f"/requests/{request['id']}/acceptance", Idempotency_Key="yes")
    house.settle()

    again = [mentee("POST", f"/programmes/{programme}/requests", {"mentor_ids": [M1, M2]}, Idempotency_Key="open"),
             as_(M1)("POST", f"/requests/{request['id']}/acceptance", Idempotency_Key="yes")]
    other = as_(M1)("POST", f"/requests/{request['id']}/acceptance", Idempotency_Key="another")

    assert [one.status_code for one in again] == [201, 201]
    assert [one.json["id"] for one in again] == [request["id"], first.json["id"]]
    assert {one.headers["Idempotency-Replayed"] for one in again} == {"true"}
    assert (other.status_code, other.json["code"]) == (409, "already-decided")
    assert house.told(PAIRS.name) == ["pair-created"]


@pytest.mark.feature("C17")
def test_a_refusal_needs_a_reason_and_tells_it_to_nobody(house: MatchingHouse, as_: As, mentee: Caller,
                                                         programme: str) -> None:
    request = a_request(house, mentee, programme).json
    place, mentor = f"/requests/{request['id']}", as_(M1)

    without = mentor("POST", f"{place}/refusal", {"note": "no"})
    said = mentor("POST", f"{place}/refusal", {"reason": "no-time", "note": "a new child"})
    house.settle()

    assert (without.status_code, said.status_code) == (422, 200)
    seen = {who: as_(who).get(place) for who in (M1, M2, E1, "carla")}
    assert [who for who, one in seen.items() if "a new child" in one.text or "no-time" in one.text] == [M1]
    assert as_("carla").get(f"/programmes/{programme}/requests/summary").json == {
        "programme_id": programme, "states": {"open": 1}, "unanswered": 0}
    assert as_("carla").get(f"/programmes/{programme}/requests/refusals").json == {
        "programme_id": programme, "declined": {}, "least": 5, "fewest": 20, "counting": False,
        "as_of": iso(house.clock.now())}
    assert "a new child" not in as_("carla").get(f"/programmes/{programme}/requests").text


@pytest.mark.feature("C2")
def test_the_two_may_ask_and_reply(house: MatchingHouse, as_: As, mentee: Caller, programme: str) -> None:
    request = a_request(house, mentee, programme).json
    place = f"/requests/{request['id']}"

    asked = as_(M1)("POST", f"{place}/question", {"text": "What do you hope for?"})
    replied = mentee("POST", f"{place}/reply", {"text": "A new field."})

    assert (asked.status_code, replied.status_code) == (200, 200)
    assert [(one["question"], one["reply"]) for one in as_(M1).get(place).json["choices"]] == [
        ("What do you hope for?", "A new field.")]
    assert "hope" not in as_("carla").get(place).text


def test_choices_are_changed_by_the_version_seen(house: MatchingHouse, as_: As, mentee: Caller, programme: str) -> None:
    request = a_request(house, mentee, programme).json
    place = f"/requests/{request['id']}/choices"

    blind = mentee("PUT", place, {"mentor_ids": [M3]})
    changed = mentee("PUT", place, {"mentor_ids": [M3]}, If_Match='"0"')
    stale = mentee("PUT", place, {"mentor_ids": [M2]}, If_Match='"0"')

    assert [one.status_code for one in (blind, changed, stale)] == [428, 200, 412]
    assert [one["mentor_id"] for one in changed.json["choices"]] == [M1, M3]


@pytest.mark.feature("A1")
def test_everybody_else_finds_nothing(house: MatchingHouse, as_: As, mentee: Caller, programme: str) -> None:
    place = f"/requests/{a_request(house, mentee, programme).json['id']}"

    wrong = as_("nobody").get("/requests/nothing-real")
    answers = [as_(who).get(place) for who in (M2, person_id("e2"), "nobody")]
    answers += [as_(who)("POST", f"{place}/acceptance") for who in (M2, E1, "carla")]
    answers += [as_(who)("POST", f"{place}/refusal", {"reason": "other"}) for who in (M2, E1, "carla")]
    answers += [as_(who)("PUT", f"{place}/choices", {"mentor_ids": []}, If_Match="*") for who in (M1, "carla")]
    answers += [as_(who)("POST", f"{place}/withdrawal") for who in (M1, M2)]
    answers += [as_(who).get(f"/programmes/{programme}/offers") for who in (M1, "carla", "nobody")]

    assert {(one.status_code, one.data) for one in answers} == {(404, wrong.data)}
    assert as_("carla")("POST", f"{place}/withdrawal").json["state"] == "withdrawn"


def test_names_are_known_to_those_who_ask_each_other(house: MatchingHouse, as_: As, mentee: Caller,
                                                     programme: str) -> None:
    before = as_(M1).get(f"/people/{E1}").status_code
    a_request(house, mentee, programme)

    assert (before, as_(M1).get(f"/people/{E1}").status_code) == (404, 200)
    assert as_(M2).get(f"/people/{E1}").status_code == 404
    assert [mentee.get(f"/people/{one}").status_code for one in (M1, M4, person_id("e2"))] == [200, 200, 404]


@pytest.mark.feature("A1")
def test_who_cannot_be_asked_now_is_not_known(house: MatchingHouse, as_: As, mentee: Caller, programme: str) -> None:
    def known() -> list[int]:
        return [mentee.get(f"/people/{one}").status_code for one in (M3, M4)]
    found = [known()]

    house.matching.participants.pause(application_id(programme, M3, Role.MENTOR))
    found.append(known())
    house.matching.participants.pause(application_id(programme, E1, Role.MENTEE))
    found.append(known())
    house.matching.participants.resume(application_id(programme, E1, Role.MENTEE))
    house.pass_time(days=400)
    found.append(known())

    assert found == [[200, 200], [404, 200], [404, 404], [404, 404]]


def test_openings_are_where_a_mentee_may_begin_to_ask(house: MatchingHouse, mentee: Caller, programme: str) -> None:
    before = mentee.get("/me/openings").json["items"]
    a_request(house, mentee, programme)

    assert before == [{"programme_id": programme, "name": "Rising"}]
    assert mentee.get("/me/openings").json["items"] == []


def test_a_mentee_whom_nobody_said_yes_to_for_three_working_days_waits_long(house: MatchingHouse, as_: As,
                                                                           mentee: Caller, programme: str) -> None:
    """Asked on a Monday at eight; on Friday another one asks."""
    carla, place = as_("carla"), f"/programmes/{programme}/requests"
    made = a_request(house, mentee, programme)

    def waiting() -> list[str]:
        return [one["id"] for one in carla.get(f"{place}?unanswered=true").json["items"]]
    house.pass_time(days=2, hours=23)
    assert (waiting(), carla.get(f"{place}/summary").json["unanswered"]) == ([], 0)
    house.pass_time(hours=2)
    assert (waiting(), carla.get(f"{place}/summary").json["unanswered"]) == ([made.json["id"]], 1)
    as_(E2)("POST", place, {"mentor_ids": [M4]})
    assert len(carla.get(f"{place}?state=open").json["items"]) == 2
    assert waiting() == [made.json["id"]]
    mentee("POST", f"/requests/{made.json['id']}/withdrawal", Idempotency_Key="over")
    assert waiting() == []


@pytest.mark.feature("C4")
def test_a_coordinator_reminds_whoever_is_asked_once_a_working_day(house: MatchingHouse, as_: As, mentee: Caller,
                                                                   programme: str) -> None:
    carla, place = as_("carla"), f"/requests/{a_request(house, mentee, programme).json['id']}/reminder"
    too_soon = carla("POST", place, Idempotency_Key="monday")
    house.pass_time(hours=23)

    first = carla("POST", place, Idempotency_Key="tuesday")
    again = carla("POST", place, Idempotency_Key="tuesday")
    more = carla("POST", place, Idempotency_Key="more")
    house.pass_time(hours=2)

    assert [(one.status_code, one.json.get("code")) for one in (too_soon, first, again, more)] == [
        (409, "mailed-today"), (200, None), (200, None), (409, "mailed-today")]
    assert first.json["choices"][0]["reminded_at"] == "2027-03-02T07:00:00.000Z"
    assert house.told(REQUESTS.name).count("request-reminder-due") == 1, "the one that comes by itself is left out"
    entries = [one for one in house.backbone.trail.each(Wanted(document=first.json["id"]))
               if one.how == "POST /v1/requests/<request_id>/reminder"]
    assert [one.who for one in entries] == ["carla"]


@pytest.mark.feature("A1")
def test_nobody_but_whoever_looks_after_the_programme_reminds(house: MatchingHouse, as_: As, mentee: Caller,
                                                              programme: str) -> None:
    place = f"/requests/{a_request(house, mentee, programme).json['id']}/reminder"

    wrong = as_("carla")("POST", "/requests/nothing-real/reminder")
    answers = [as_(who)("POST", place) for who in (M1, E1, "nobody")]

    assert {(one.status_code, one.data) for one in answers} == {(404, wrong.data)}


@pytest.mark.feature("A1")
def test_nobody_reminds_in_a_request_of_their_own(house: MatchingHouse, as_: As, mentee: Caller, programme: str
                                                  ) -> None:
    place = f"/requests/{a_request(house, mentee, programme).json['id']}/reminder"
    house.pass_time(hours=23)

    answers = [as_(who, "programme-office")("POST", place) for who in (E1, M1, "office")]

    assert [one.status_code for one in answers] == [404, 404, 200]
