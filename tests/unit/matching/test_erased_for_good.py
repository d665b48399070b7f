"""Whoever was erased does not come back by a name or address, and nobody else's entry names them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from services.matching.contracts.hr_changes import HrPersonMoved
from services.matching.contracts.participants import Role
from services.matching.domain.directory import External
from services.matching.domain.person import person_id
from tests.unit.matching.house import MatchingHouse
from tests.unit.matching.scim import ADA, ENTERPRISE, OWN, ScimCaller
from tests.unit.matching.test_directory_files import applied, counted
from tests.unit.matching.test_former_names import forget

NAME, ADDRESS = "ada@example.org", "ada.blum@example.org"
BO = {**ADA, "userName": "bo", "externalId": "x-2", "displayName": "Bo",
      "emails": [{"value": "bo@example.org"}]}


@pytest.fixture
def bo(house: MatchingHouse, scim: ScimCaller) -> str:
    """Somebody else, after Ada was erased."""
    ada = scim("POST", "/Users", {**ADA, "userName": NAME, "emails": [{"value": ADDRESS}]}).json["id"]
    bo: str = scim("POST", "/Users", BO).json["id"]
    house.settle()
    forget(house, ada)
    return bo


@pytest.mark.feature("P6")
@pytest.mark.parametrize("said", [
    {"userName": NAME.upper()}, {"userName": ADDRESS}, {"emails": [{"value": ADDRESS.title()}]},
    {"emails": [{"value": "c@example.org", "primary": True}, {"value": ADDRESS, "type": "home"}]},
], ids=str)
def test_the_directory_gives_nobody_what_was_erased(
        house: MatchingHouse, scim: ScimCaller, bo: str, said: dict[str, Any]) -> None:
    new = scim("POST", "/Users", {**BO, "userName": "cy", "emails": [], **said})
    changed = [scim("PUT", f"/Users/{bo}", {**BO, **said}), scim.patch(bo, {"op": "replace", "value": said})]

    assert [(one.status_code, one.json["scimType"]) for one in (new, *changed)] == [(409, "uniqueness")] * 3
    assert [one.names for one in house.matching.people.store.each({})] == [{"bo", "bo@example.org"}]


@pytest.mark.feature("P6")
def test_hr_gives_nobody_an_address_that_was_erased_and_is_heard_for_the_rest(house: MatchingHouse, bo: str) -> None:
    house.tell(HrPersonMoved(directory_id="bo", email=ADDRESS, grade="7"))

    details = house.matching.people.get(bo).details
    assert (details.email, details.grade) == ("bo@example.org", "7")
    assert list(house.worker.dead_letters.waiting()) == []


@pytest.mark.feature("P6")
def test_a_file_gives_nobody_an_address_that_was_erased(house: MatchingHouse, bo: str) -> None:
    rows = [{"id": one, "name": "Somebody", "email": ADDRESS} for one in ("bo", "cy")]

    file = applied(house, rows)
    job = house.bring(house.a_programme(), Role.MENTOR, rows)

    assert (counted(file.results), [one.code for one in file.errors]) == ({"refused": 2}, ["erased-id"] * 2)
    assert job.results.left_out == 2
    assert [one.details.email for one in house.matching.people.store.each({})] == ["bo@example.org"]


@pytest.mark.feature("P6")
def test_whoever_bears_an_address_keeps_it_when_a_former_bearer_is_erased(house: MatchingHouse, bo: str) -> None:
    house.matching.directory.erased.keep(["bo@example.org"])

    file = applied(house, [{"id": "bo", "name": "Bo Lund", "email": "bo@example.org"}])

    assert counted(file.results) == {"changed": 1}


def named(house: MatchingHouse, person: str) -> tuple[str, ...]:
    return house.matching.people.get(person).details.named


@pytest.mark.feature("P6")
@pytest.mark.parametrize("spelt", [lambda ada: ada, lambda _: NAME.upper(), lambda _: f" {ADDRESS.title()}"],
                         ids=["id", "name", "address"])
def test_nobody_else_names_whoever_was_erased(
        house: MatchingHouse, scim: ScimCaller, spelt: Callable[[str], str]) -> None:
    ada = scim("POST", "/Users", {**ADA, "userName": NAME, "emails": [{"value": ADDRESS}]}).json["id"]
    bo = scim("POST", "/Users", BO).json["id"]
    her = spelt(ada)
    for part in ({"manager_id": her}, {"other_manager_ids": ("m-1", her)}, {"external": External(sponsor_id=her)}):
        house.matching.people.store.change(bo, lambda one, part=part: one.follow(
            replace(one.details, **part), one.state, house.clock.now()))
    house.settle()

    forget(house, ada)

    assert named(house, bo) == ("m-1",)
    assert house.matching.people.get(bo).details.external == External()


def test_no_person_is_loaded_to_find_whom_others_name(
        house: MatchingHouse, scim: ScimCaller, monkeypatch: pytest.MonkeyPatch) -> None:
    boss = scim("POST", "/Users", ADA).json["id"]
    bo = scim("POST", "/Users", {**BO, ENTERPRISE: {"manager": {"value": boss}}}).json["id"]
    monkeypatch.setattr(house.matching.people.store, "_load", None)

    assert house.matching.people.naming({boss}) == [bo]


@pytest.mark.feature("O2")
@pytest.mark.parametrize("spelt", ["{id}", "ADA@example.org", "Ada.Blum@example.org", "Ada Blum"])
def test_a_manager_is_remembered_by_id_whatever_the_directory_says_of_them(
        house: MatchingHouse, scim: ScimCaller, spelt: str) -> None:
    ada = scim("POST", "/Users", {**ADA, "userName": NAME, "emails": [{"value": ADDRESS}]}).json["id"]
    bo = scim("POST", "/Users", BO).json["id"]
    value = spelt.format(id=ada)

    scim.patch(bo, {"op": "add", "path": f"{ENTERPRISE}:manager", "value": value},
               {"op": "add", "path": f"{OWN}:otherManagers", "value": f"x; {value}"},
               {"op": "add", "path": f"{OWN}:sponsor", "value": value})

    assert named(house, bo) == (ada, person_id("x"), ada)
    assert house.matching.people.reporting_to(ada) == [bo]


@pytest.mark.feature("O2")
def test_a_manager_whom_nobody_knows_yet_is_whoever_comes_to_bear_the_name(
        house: MatchingHouse, scim: ScimCaller) -> None:
    bo = scim("POST", "/Users", {**BO, ENTERPRISE: {"manager": {"value": "Boss@example.org"}}}).json["id"]
    scim.patch(bo, {"op": "replace", "path": "displayName", "value": "Bo"})

    boss = scim("POST", "/Users", {**ADA, "userName": "boss@example.org"}).json["id"]

    assert scim("GET", f"/Users/{bo}").json[ENTERPRISE]["manager"]["value"] == boss
    assert house.matching.people.reporting_to(boss) == [bo]


@pytest.mark.feature("O2")
def test_an_id_that_nobody_has_is_read_back_as_it_was_written(house: MatchingHouse, scim: ScimCaller) -> None:
    nobody = person_id("nobody")

    made = scim("POST", "/Users", {**BO, ENTERPRISE: {"manager": {"value": nobody}}})

    assert made.json[ENTERPRISE]["manager"]["value"] == nobody


@pytest.mark.feature("P6")
def test_whoever_was_erased_is_named_as_a_manager_no_more(house: MatchingHouse, scim: ScimCaller, bo: str) -> None:
    answer = scim.patch(bo, {"op": "add", "path": f"{ENTERPRISE}:manager", "value": NAME},
                        {"op": "add", "path": f"{OWN}:otherManagers", "value": f"{ADDRESS.upper()}; x"})

    assert answer.status_code == 204
    assert named(house, bo) == (person_id("x"),)
