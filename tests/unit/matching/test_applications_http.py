"""Applications over HTTP: the person's own way, and the coordinator's."""

from datetime import timedelta
from typing import Any

import pytest

from services.matching.domain.person import person_id
from services.matching.domain.programme import Programme
from shared.kernel.clock import iso
from tests.unit.matching.house import MatchingHouse
from tests.unit.matching.test_applications import ANNA, BEN, OFFERED, WANTED, people
from tests.unit.matching.test_http import As
from tests.unit.matching.test_http import as_ as as_
from tests.unit.surveys.calling import Caller


@pytest.fixture
def programme(house: MatchingHouse) -> Programme:
    people(house, "anna", "ben")
    return house.a_programme()


@pytest.fixture
def place(programme: Programme) -> str:
    return f"/programmes/{programme.id}"


def a_draft(anna: Caller, place: str, answers: dict[str, str], role: str = "mentee") -> Any:
    return anna("PUT", f"{place}/draft", {"role": role, "answers": answers})


def submitted(house: MatchingHouse, caller: Caller, place: str) -> str:
    one = a_draft(caller, place, WANTED).json["id"]
    assert caller("POST", f"/applications/{one}/submission").status_code == 200
    house.settle()
    return str(one)


def test_a_person_finds_the_programme_fills_the_form_in_and_submits(house: MatchingHouse, as_: As, place: str) -> None:
    anna = as_(ANNA)
    [call] = anna.get("/calls").json["items"]
    form = anna.get(f"{place}/form").json
    draft = a_draft(anna, place, {"capacity": "many"}, "mentor")
    refused = anna("POST", f"/applications/{draft.json['id']}/submission")
    whole = a_draft(anna, place, OFFERED, "mentor")
    done = anna("POST", f"/applications/{draft.json['id']}/submission")

    assert (call["name"], call["always_on"], call["applications_until"]) == ("Rising", False, None)
    assert (form["programme"], form["takes_applications"]) == ("Rising", True)
    assert {"key": "voluntary", "kind": "yes-no", "required": True, "roles": ["mentor"]}.items() <= next(
        one for one in form["fields"] if one["key"] == "voluntary").items()
    assert {"key": "capacity", "code": "no-number", "text": "a whole number is needed", "number": None} in (
        draft.json["flaws"])
    assert (refused.status_code, refused.json["code"]) == (422, "bad-answers")
    assert whole.json["flaws"] == []
    assert (done.json["state"], "flaws" in done.json) == ("submitted", False)


@pytest.mark.feature("B2")
def test_a_coordinator_lists_reads_and_decides(house: MatchingHouse, as_: As, place: str) -> None:
    ids = [submitted(house, as_(who), place) for who in (ANNA, BEN)]
    a_draft(as_(ANNA), place, {}, "mentor")
    carla = as_("carla")
    listed = carla.get(f"{place}/applications?role=mentee&state=submitted").json["items"]
    assert carla.get(f"{place}/summary").json["to_do"]["applications_to_decide"] == 2

    choice = {"outcome": "decline", "reason": "no-places", "note": "next time", "application_ids": ids,
              "read_until": listed[-1]["submitted_at"]}
    job = carla("POST", f"{place}/decisions", choice, Idempotency_Key="once")
    again = carla("POST", f"{place}/decisions", choice, Idempotency_Key="once")
    house.settle()
    done = carla.get(f"/decisions/{job.json['id']}").json

    assert {one["id"] for one in listed} == set(ids)
    assert carla.get(f"{place}/applications").json["items"][0]["answers"] == WANTED
    assert (job.status_code, job.headers["Location"], job.json["state"]) == (
        202, f"/v1/decisions/{job.json['id']}", "running")
    assert again.json["id"] == job.json["id"]
    assert (done["state"], done["chosen"], done["decided"], done["refused"]) == ("done", 2, 2, {})
    seen = carla.get(f"/applications/{ids[0]}").json
    assert (seen["state"], seen["reason"], seen["note"]) == ("declined", "no-places", "next time")
    own = as_(ANNA).get(f"/applications/{ids[0]}").json
    assert (own["state"], own.get("reason"), own.get("note")) == ("declined", None, None)
    assert "next time" not in str(as_(ANNA).get("/me/applications").json)


def test_a_decision_without_a_reason_or_about_nobody_is_refused(as_: As, place: str) -> None:
    carla = as_("carla")

    assert carla("POST", f"{place}/decisions", {"outcome": "decline", "application_ids": ["a"]}).json["code"] == (
        "no-reason")
    for wrong in ({"outcome": "approve", "application_ids": []}, {"outcome": "perhaps", "application_ids": ["a"]}):
        assert carla("POST", f"{place}/decisions", wrong).status_code == 422


def test_each_sees_their_own_and_coordinators_no_drafts(house: MatchingHouse, as_: As, place: str) -> None:
    mine = submitted(house, as_(ANNA), place)
    draft = a_draft(as_(BEN), place, {}).json["id"]

    withdrawn = a_draft(as_(ANNA), place, {"skills": "secret"}, "mentor").json["id"]
    as_(ANNA)("POST", f"/applications/{withdrawn}/withdrawal")

    for caller, one in ((as_(BEN), mine), (as_("carla"), draft), (as_("carla"), withdrawn), (as_("otto"), mine),
                        (as_("otto"), draft)):
        assert caller.get(f"/applications/{one}").status_code == 404
    for action in ("submission", "withdrawal", "confirmation"):
        assert as_("carla")("POST", f"/applications/{mine}/{action}").status_code == 404
    assert as_(ANNA).get(f"{place}/applications").status_code == 404
    assert [one["id"] for one in as_("carla").get(f"{place}/applications").json["items"]] == [mine]
    assert as_("carla").get(f"/people/{ANNA}").json["name"] == "Anna"
    assert as_("carla").get(f"/people/{BEN}").status_code == 404


def test_a_programme_that_takes_none_is_seen_by_those_alone_who_applied_or_look_after_it(
        house: MatchingHouse, as_: As, programme: Programme, place: str) -> None:
    submitted(house, as_(ANNA), place)
    house.matching.programmes.change(programme.id, {"applications_until": "2027-02-01"}, None)

    assert as_(BEN).get(f"{place}/form").status_code == 404
    assert a_draft(as_(BEN), place, {}).status_code == 404
    assert [as_(who).get(f"{place}/form").json["takes_applications"] for who in (ANNA, "carla")] == [False, False]
    assert a_draft(as_(ANNA), place, {}, "mentor").json["code"] == "no-applications"
    assert as_(BEN).get("/calls").json["items"] == []


@pytest.mark.feature("B1")
def test_fields_are_added_ordered_required_and_translated_by_the_coordinator(house: MatchingHouse, as_: As,
                                                                             place: str) -> None:
    carla = as_("carla")
    form = carla.get(f"{place}/form")
    fields = [{"key": "why", "kind": "long-text", "labels": {"en": "Why?", "de": "Warum?"}, "required": True},
              *reversed(form.json["fields"])]

    changed = carla("PATCH", place, {"form": {"fields": fields}, "skills": [{"code": "python"}]},
                    If_Match=form.headers["ETag"])
    asked = as_(ANNA).get(f"{place}/form").json

    assert changed.status_code == 200
    assert [one["key"] for one in asked["fields"]] == [one["key"] for one in fields]
    assert asked["fields"][0]["labels"] == {"en": "Why?", "de": "Warum?"}
    assert {flaw["key"] for flaw in a_draft(as_(ANNA), place, {"goals": "juggling"}).json["flaws"]} == {
        "why", "goals", "languages"}


def test_a_form_that_cannot_be_asked_is_refused_with_all_its_flaws(as_: As, place: str) -> None:
    wrong = {"form": {"fields": [{"key": "Why", "kind": "one-of", "labels": {}}]}}

    refused = as_("carla")("PATCH", place, wrong, If_Match="*")

    assert (refused.status_code, refused.json["code"]) == (422, "bad-form")
    for part in ("needs a key", "needs a label", "needs options"):
        assert part in refused.json["detail"]


@pytest.mark.feature("B2")
def test_all_of_a_view_get_one_answer_and_nobody_who_came_later(house: MatchingHouse, as_: As, place: str) -> None:
    carla, names = as_("carla"), [f"mentee-{at}" for at in range(3)]
    people(house, *names)
    first, second, late = [person_id(one) for one in names]
    ids = [submitted(house, as_(one), place) for one in (first, second)]
    mentor = a_draft(as_(ANNA), place, OFFERED, "mentor").json["id"]
    as_(ANNA)("POST", f"/applications/{mentor}/submission")
    view = {"state": "submitted", "role": "mentee"}
    counted = carla.get(f"{place}/applications/count?state=submitted&role=mentee").json
    house.clock.set(house.clock.now() + timedelta(minutes=1))
    came_later = submitted(house, as_(late), place)

    choice = {"outcome": "approve", "read_until": counted["as_of"], "all_of": {**view, "count": counted["count"]}}
    job = carla("POST", f"{place}/decisions", choice, Idempotency_Key="all")
    house.settle()
    again = carla("POST", f"{place}/decisions", choice, Idempotency_Key="all")

    assert counted["count"] == 2
    done = carla.get(f"/decisions/{job.json['id']}").json
    assert (done["chosen"], done["decided"], again.json["id"]) == (2, 2, job.json["id"])
    left = carla.get(f"{place}/applications?state=submitted").json["items"]
    assert came_later in [one["id"] for one in left]
    assert {one["role"] for one in left} == {"mentor", "mentee"}
    assert set(ids).isdisjoint(one["id"] for one in left)


def test_a_view_that_grew_is_looked_at_again_before_anybody_is_decided(house: MatchingHouse, as_: As,
                                                                       place: str) -> None:
    carla, now = as_("carla"), iso(house.clock.now())
    for who in (ANNA, BEN):
        submitted(house, as_(who), place)
    choice = {"outcome": "approve", "read_until": now, "all_of": {"state": "submitted", "count": 1}}

    refused = carla("POST", f"{place}/decisions", choice)
    assert (refused.status_code, refused.json["code"]) == (409, "view-grew")
    for wrong in ({**choice, "application_ids": ["a"]}, {**choice, "read_until": None}, {"outcome": "approve"}):
        assert carla("POST", f"{place}/decisions", wrong).status_code == 422


@pytest.mark.feature("S2.3")
def test_applications_of_one_role_are_read_by_score_page_by_page(house: MatchingHouse, as_: As, place: str) -> None:
    carla, names = as_("carla"), [f"mentor-{at}" for at in range(5)]
    people(house, *names)
    criterion = {"code": "leads", "key": "skills", "wants": "names", "words": ["leading", "python"], "least": 2,
                 "points": 10, "module": "mentor-role", "labels": {"en": "Leads"}}
    carla("PATCH", place, {"profile": {"criteria": [criterion]}}, If_Match="*")
    for at, name in enumerate(names):
        mentor, skills = as_(person_id(name)), ("sales", "python", "python; leading")[at % 3]
        one = a_draft(mentor, place, {**OFFERED, "skills": skills}, "mentor").json["id"]
        mentor("POST", f"/applications/{one}/submission")
    submitted(house, as_(ANNA), place)
    house.settle()

    found, link = [], f"{place}/applications?role=mentor&state=submitted&order=score&limit=2"
    while link:
        page = carla.get(link)
        found += page.json["items"]
        link = page.headers.get("Link", "").partition("/v1")[2].partition(">")[0]

    assert [one["score"] for one in found] == [10, 5, 5, 0, 0]
    assert len({one["id"] for one in found}) == 5
    assert carla.get(f"{place}/applications?order=luck").status_code == 422
