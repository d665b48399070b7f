"""The company's directory keeps people by SCIM 2.0, in the spellings of the market."""

from pathlib import Path
from typing import Any

import pytest
from scim2_client.engines.wsgi import WSGISCIMClient
from scim2_tester import Status, check_server

from services.matching.contracts.people import PEOPLE, PersonState
from services.matching.domain.person import person_id
from shared.kernel.errors import NotFound
from shared.web.tokens import TokenIssuer
from tests.unit.matching.house import MatchingHouse
from tests.unit.matching.scim import ADA, CORE, ENTERPRISE, OWN, ScimCaller
from tests.unit.surveys.calling import KEY


@pytest.mark.feature("O2")
@pytest.mark.slow
def test_the_conformance_suite_passes(scim: ScimCaller) -> None:
    client = WSGISCIMClient(scim.app, base_url="http://localhost/scim/v2", headers=scim.headers)

    results = check_server(client)

    assert [(one.title, one.reason) for one in results if one.status not in (Status.SUCCESS, Status.SKIPPED)] == []
    assert sum(one.status is Status.SUCCESS for one in results) > 50


def test_somebody_new_is_known_to_all_services(house: MatchingHouse, scim: ScimCaller) -> None:
    made = scim("POST", "/Users", ADA)
    house.settle()

    assert (made.status_code, made.json["id"]) == (201, person_id("ada@example.org"))
    assert house.told(PEOPLE.name) == ["person-added"]
    assert house.matching.people.get(made.json["id"]).details.name == "Ada Blum"


OFFBOARDINGS = [
    {"op": "Replace", "path": "active", "value": "False"},
    {"op": "REPLACE", "path": "Active", "value": False},
    {"op": "replace", "value": {"active": "False"}},
    {"op": "Replace", "value": {"active": False, "name.givenName": "A", f"{ENTERPRISE}:department": "Gone"}},
    {"op": "add", "path": "active", "value": "false"},
    {"op": "Add", "path": "active", "value": [{"value": "False"}]},
    {"op": "replace", "path": f"{CORE}:active", "value": "False"},
    {"op": "replace", "value": {f"{CORE}:active": "False"}},
    {"op": "Replace", "path": "active", "value": "FALSE"},
]


@pytest.mark.feature("O2")
@pytest.mark.parametrize("operation", OFFBOARDINGS, ids=str)
def test_an_offboarding_gets_through_in_every_spelling(
        house: MatchingHouse, scim: ScimCaller, operation: dict[str, Any]) -> None:
    id = scim("POST", "/Users", ADA).json["id"]

    answer = scim.patch(id, operation)
    house.settle()

    assert answer.status_code in (200, 204)
    assert scim("GET", f"/Users/{id}").json["active"] is False
    assert house.told(PEOPLE.name) == ["person-added", "person-left"]


@pytest.mark.feature("O2")
@pytest.mark.parametrize("other", [
    {"op": "replace", "path": "emails[type eq \"work\"].value", "value": "no address"},
    {"op": "replace", "path": "userName", "value": ""},
    {"op": "replace", "path": f"{OWN}:grade", "value": "x" * 300},
    {"op": "dance", "path": "nickName", "value": "A"},
    {"op": "replace", "path": "emails[type eq", "value": "a@example.org"},
], ids=["address", "nameless", "long", "op", "path"])
def test_what_else_is_wrong_with_a_patch_keeps_nobody_in(scim: ScimCaller, other: dict[str, Any]) -> None:
    id = scim("POST", "/Users", ADA).json["id"]

    answer = scim.patch(id, other, {"op": "Replace", "path": "active", "value": "False"})

    assert answer.status_code in (200, 204)
    assert scim("GET", f"/Users/{id}").json["active"] is False


@pytest.mark.feature("O2")
def test_names_are_found_in_any_case_and_also_after_a_soft_delete(scim: ScimCaller) -> None:
    id = scim("POST", "/Users", ADA).json["id"]
    scim.patch(id, {"op": "Replace", "path": "active", "value": "False"})

    found = scim("GET", '/Users?filter=USERNAME eq "ADA@example.ORG"').json
    by_id = scim("GET", '/Users?filter=externalId eq "x-1"').json
    by_mail = scim("GET", '/Users?filter=emails[type eq "work"].value eq "ada@example.org"').json

    assert [one["totalResults"] for one in (found, by_id, by_mail)] == [1, 1, 1]
    assert found["Resources"][0]["userName"] == "Ada@Example.org"


def test_a_name_is_held_by_one_person_only(scim: ScimCaller) -> None:
    scim("POST", "/Users", ADA)
    other = scim("POST", "/Users", {**ADA, "userName": "bo@example.org"}).json["id"]

    again = scim("POST", "/Users", {**ADA, "userName": "ADA@EXAMPLE.ORG"})
    renamed = scim.patch(other, {"op": "replace", "path": "userName", "value": "ada@example.org"})

    assert [(one.status_code, one.json["scimType"]) for one in (again, renamed)] == [(409, "uniqueness")] * 2


def test_a_new_name_leaves_the_old_one_to_somebody_new(house: MatchingHouse, scim: ScimCaller) -> None:
    first = scim("POST", "/Users", ADA).json["id"]
    scim.patch(first, {"op": "replace", "path": "userName", "value": "ada.blum@example.org"})

    second = scim("POST", "/Users", {**ADA, "displayName": "Ada Other"})

    assert second.status_code == 201
    assert second.json["id"] != first
    assert house.matching.people.ids_of(["ada@example.org", "ada.blum@example.org"]) == {
        "ada@example.org": second.json["id"], "ada.blum@example.org": first}


@pytest.mark.parametrize("value", ["{id}", {"value": "{id}"}, [{"value": "{id}"}]], ids=["text", "object", "list"])
def test_a_manager_is_set_in_every_spelling(house: MatchingHouse, scim: ScimCaller, value: Any) -> None:
    boss = scim("POST", "/Users", {**ADA, "userName": "boss"}).json["id"]
    id = scim("POST", "/Users", ADA).json["id"]

    def filled(one: Any) -> Any:
        return boss if isinstance(one, str) else [filled(each) for each in one] if isinstance(one, list) else {
            "value": boss}
    scim.patch(id, {"op": "Add", "path": f"{ENTERPRISE}:manager", "value": filled(value)})

    assert house.matching.people.get(id).details.manager_id == boss
    scim.patch(id, {"op": "Remove", "path": f"{ENTERPRISE}:manager"})
    assert house.matching.people.get(id).details.manager_id == ""


@pytest.mark.feature("O2")
@pytest.mark.parametrize("blank", [" ", "\t", "\u2028"])
def test_a_blank_manager_is_none(house: MatchingHouse, scim: ScimCaller, blank: str) -> None:
    id = scim("POST", "/Users", ADA).json["id"]

    answer = scim.patch(id, {"op": "Replace", "path": f"{ENTERPRISE}:manager", "value": {"value": blank}})

    assert answer.status_code in (200, 204)
    assert house.matching.people.get(id).details.managers == ()


def test_whoever_is_taken_away_has_left_and_may_come_back_as_the_same_person(
        house: MatchingHouse, scim: ScimCaller) -> None:
    id = scim("POST", "/Users", ADA).json["id"]

    gone = scim("DELETE", f"/Users/{id}")
    missing = scim("GET", f"/Users/{id}")
    listed = scim("GET", "/Users").json["totalResults"]
    back = scim("POST", "/Users", ADA)

    assert (gone.status_code, missing.status_code, listed) == (204, 404, 0)
    assert (back.status_code, back.json["id"]) == (201, id)
    assert house.matching.people.get(id).state is PersonState.ACTIVE


@pytest.mark.parametrize("path", [f"{OWN}:onLeave", OWN])
def test_a_leave_that_the_directory_tells_no_more_is_over(house: MatchingHouse, scim: ScimCaller, path: str) -> None:
    id = scim("POST", "/Users", ADA).json["id"]
    scim.patch(id, {"op": "Replace", "path": f"{OWN}:onLeave", "value": "True"})
    away = house.matching.people.get(id).state

    answer = scim.patch(id, {"op": "Remove", "path": path})

    assert (away, answer.status_code) == (PersonState.ON_LEAVE, 204)
    assert house.matching.people.get(id).state is PersonState.ACTIVE


@pytest.mark.feature("O2")
def test_every_page_of_the_directory_reads_as_little_as_the_first(
        house: MatchingHouse, scim: ScimCaller, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [scim("POST", "/Users", {**ADA, "userName": f"a{number}"}).json["id"] for number in range(12)]
    scim("DELETE", f"/Users/{ids.pop()}")
    read: list[str] = []
    load = house.matching.people.store._load
    monkeypatch.setattr(house.matching.people.store, "_load", lambda one: read.append(one["_id"]) or load(one))

    pages = [scim("GET", f"/Users?startIndex={start}&count=3").json for start in (1, 4, 7, 10, 13)]

    found = [one["id"] for page in pages for one in page.get("Resources", ())]
    assert found == read == sorted(ids)
    assert {page["totalResults"] for page in pages} == {11}


def test_the_place_of_an_entry_is_looked_for_in_an_index(house: MatchingHouse) -> None:
    documents: Any = house.matching.people.store.documents
    [(*_, plan)] = documents._db.all("EXPLAIN QUERY PLAN SELECT id FROM people WHERE "
                                     "json_extract(doc,'$.delisted') = 0 ORDER BY id LIMIT 1 OFFSET 40000", [])

    assert "INDEX people_delisted__id" in plan


def test_what_is_not_known_is_dropped_and_disturbs_nothing(scim: ScimCaller) -> None:
    made = scim("POST", "/Users", {**ADA, "nickName": "A", "addresses": [{"type": "work", "locality": "Bonn"}]})

    answer = scim.patch(made.json["id"], {"op": "Add", "path": 'phoneNumbers[type eq "mobile"].value', "value": "1"})

    assert (made.status_code, answer.status_code) == (201, 204)
    assert "nickName" not in made.json


def test_a_file_and_the_directory_speak_of_the_same_person(house: MatchingHouse, scim: ScimCaller) -> None:
    house.a_full_programme()

    found = scim("GET", '/Users?filter=userName eq "M1"').json["Resources"][0]
    scim.patch(found["id"], {"op": "Replace", "path": "displayName", "value": "Mia Torres-Lund"})

    assert (found["id"], found["displayName"]) == (person_id("m1"), "Mia Torres")
    assert house.matching.people.get(person_id("m1")).details.email == "mia@example.org"
    assert scim("GET", f"/Users/{found['id']}").json["displayName"] == "Mia Torres-Lund"


def test_an_accepted_change_survives_a_kill(house: MatchingHouse, scim: ScimCaller, tmp_path: Path) -> None:
    id = scim("POST", "/Users", ADA).json["id"]
    scim.patch(id, {"op": "Replace", "path": "active", "value": "False"})

    after = MatchingHouse(tmp_path)
    after.settle()

    assert after.told(PEOPLE.name) == ["person-added", "person-left"]
    assert after.matching.people.get(id).has_left
    after.close()


def test_only_a_token_with_the_scope_gets_in(house: MatchingHouse, scim: ScimCaller) -> None:
    id = scim("POST", "/Users", ADA).json["id"]
    other = ScimCaller(house, scope="people")

    refused = [other("GET", f"/Users/{id}"), other("DELETE", f"/Users/{id}")]
    nobody = scim.app.test_client().get(f"/scim/v2/Users/{id}")

    assert [one.status_code for one in refused] == [404, 404]
    assert nobody.status_code == 401
    assert scim("GET", f"/Users/{id}").status_code == 200


def known_as(scim: ScimCaller, subject: str, scope: str = "sign-in") -> Any:
    """What the portal is told of whoever signs in under this name."""
    token = TokenIssuer(KEY).mint("portal", scopes=[scope])
    return scim.app.test_client().post("/v1/people/sign-ins", json={"subject": subject},
                                       headers={"Authorization": f"Bearer {token}"})


@pytest.mark.parametrize("subject", ["x-1", "ada@example.org", "ADA@example.org"])
def test_whoever_signs_in_is_known_by_the_id_or_the_name_of_the_directory(scim: ScimCaller, subject: str) -> None:
    id = scim("POST", "/Users", ADA).json["id"]

    found = known_as(scim, subject)

    assert (found.status_code, found.json["id"], found.json["name"]) == (200, id, "Ada Blum")


def test_whoever_is_not_there_or_has_left_or_is_not_the_only_one_is_not_known(scim: ScimCaller) -> None:
    scim("POST", "/Users", ADA)
    scim("POST", "/Users", {**ADA, "userName": "bob@example.org", "externalId": "x-2", "active": False})
    for name in ("cy", "di"):
        scim("POST", "/Users", {**ADA, "userName": f"{name}@example.org", "externalId": "x-3"})

    answers = [known_as(scim, subject).status_code for subject in ("x-9", "x-2", "bob@example.org", "x-3")]

    assert answers == [404] * 4
    assert known_as(scim, "").status_code == 422


def test_nobody_is_found_by_an_empty_id(house: MatchingHouse, scim: ScimCaller) -> None:
    scim("POST", "/Users", {key: value for key, value in ADA.items() if key != "externalId"})

    with pytest.raises(NotFound):
        house.matching.directory.signing_in("")


@pytest.mark.parametrize("scope", ["scim", "people"])
def test_only_the_portal_asks_who_signs_in(scim: ScimCaller, scope: str) -> None:
    scim("POST", "/Users", ADA)

    assert known_as(scim, "x-1", scope).status_code == 403
