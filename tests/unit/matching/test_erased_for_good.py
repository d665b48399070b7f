"""Whoever was erased does not come back by a name or address, and nobody else's entry names them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from services.matching.application.parked_news import ParkedNews
from services.matching.contracts.hr_changes import HrLeaveBegun, HrPersonJoined, HrPersonMoved
from services.matching.contracts.participants import Role
from services.matching.domain.directory import External
from services.matching.domain.person import person_id
from shared.kernel.events import Event
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


BAD_NEWS = [
    HrPersonJoined(directory_id=NAME, name="Ada Blum", email="no address"),
    HrPersonJoined(directory_id=NAME.upper(), name="Ada Blum", email=ADDRESS, working_days=("funday",)),
    HrPersonJoined(directory_id="cy", name="Ada Blum", email=ADDRESS, time_zone="Mars/Olympus"),
    HrPersonMoved(directory_id=NAME, name="Ada Blum", working_days=("funday",)),
    HrPersonMoved(directory_id="bo", email=ADDRESS, time_zone="Mars/Olympus"),
    HrLeaveBegun(directory_id=NAME, starts_on="soon")]


@pytest.mark.feature("P6")
@pytest.mark.parametrize("news", BAD_NEWS, ids=repr)
def test_what_hr_tells_wrongly_of_whoever_was_erased_is_kept_nowhere(
        house: MatchingHouse, bo: str, news: Event, capfd: pytest.CaptureFixture[str]) -> None:
    house.world.tell(news)
    house.worker.settle()

    assert list(house.backbone.parked_keys.each({})) == list(house.matching.hr.store.each({})) == []
    assert [one.id for one in house.matching.people.store.each({})] == [bo]
    told = capfd.readouterr().out
    assert ("hr_news_of_erased" in told, NAME in told.lower(), ADDRESS in told) == (True, False, False)


@pytest.mark.feature("P6")
def test_what_hr_tells_wrongly_while_somebody_is_erased_is_kept_nowhere(
        house: MatchingHouse, scim: ScimCaller, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = scim("POST", "/Users", {**ADA, "userName": NAME, "emails": [{"value": ADDRESS}]}).json["id"]
    house.settle()
    forgotten = ParkedNews.forget

    def late(parked: ParkedNews, person_id: str, names: set[str]) -> int:
        done = forgotten(parked, person_id, names)
        monkeypatch.undo()
        house.world.tell(BAD_NEWS[0])
        house.worker.consumer.step(0)
        return done

    monkeypatch.setattr(ParkedNews, "forget", late)
    forget(house, ada)

    assert list(house.backbone.parked_keys.each({})) == []


@pytest.mark.feature("P6")
def test_whoever_bears_what_was_erased_by_now_is_told_wrongly_of_as_all_are(house: MatchingHouse, bo: str) -> None:
    house.matching.directory.erased.keep(["bo@example.org"])

    house.world.tell(HrPersonMoved(directory_id="bo", email="bo@example.org", time_zone="Mars/Olympus"))
    house.worker.settle()

    assert [one.key for one in house.worker.dead_letters.waiting()] == ["bo"]


@pytest.mark.feature("P6")
def test_a_file_gives_nobody_an_address_that_was_erased(house: MatchingHouse, bo: str) -> None:
    rows = [{"id": one, "name": "Somebody", "email": ADDRESS} for one in ("bo", "cy")]

    file = applied(house, rows)
    job = house.bring(house.a_programme(), Role.MENTOR, rows)

    assert (counted(file.results), [one.code for one in file.errors]) == ({"refused": 2}, ["erased-id"] * 2)
    assert job.results.left_out == 2
    assert [one.details.email for one in house.matching.people.store.each({})] == ["bo@example.org"]


def by_hr(house: MatchingHouse, manager: str) -> None:
    house.tell(HrPersonJoined(directory_id="cy", name="Cy", email="cy@example.org", manager_id=manager))


def by_a_file(house: MatchingHouse, manager: str) -> None:
    applied(house, [{"id": "cy", "name": "Cy", "email": "cy@example.org", "manager": manager}])


def by_a_list(house: MatchingHouse, manager: str) -> None:
    house.bring(house.a_programme(), Role.MENTOR, [
        {"id": "cy", "name": "Cy", "email": "cy@example.org", "manager": manager}])


@pytest.mark.feature("P6")
@pytest.mark.parametrize("brought", [by_hr, by_a_file, by_a_list])
def test_nobody_new_has_a_manager_who_was_erased(
        house: MatchingHouse, bo: str, brought: Callable[[MatchingHouse, str], None]) -> None:
    brought(house, NAME.upper())

    assert house.matching.people.get(person_id("cy")).details.manager_id == ""


@pytest.mark.feature("P6")
@pytest.mark.parametrize("brought", [by_hr, by_a_file, by_a_list])
def test_whoever_bears_what_was_erased_of_another_is_named_by_it(
        house: MatchingHouse, bo: str, brought: Callable[[MatchingHouse, str], None]) -> None:
    house.matching.directory.erased.keep(["bo"])

    brought(house, "BO")

    assert house.matching.people.get(person_id("cy")).details.manager_id == bo


@pytest.mark.feature("P6")
def test_a_file_that_names_its_own_people_is_read_when_such_a_name_was_erased_once(
        house: MatchingHouse, bo: str) -> None:
    house.matching.directory.erased.keep(["bo"])

    file = applied(house, [{"id": "bo", "name": "Bo", "email": "bo@example.org"},
                           {"id": "cy", "name": "Cy", "email": "cy@example.org", "manager": "bo"}])

    assert (counted(file.results), named(house, person_id("cy"))) == ({"unchanged": 1, "new": 1}, (bo,))


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
