"""What the directory says of a person is judged, whichever way it comes; what is known already is not."""

from dataclasses import replace
from typing import Any

import pytest

from services.matching.contracts.hr_changes import HrLeaveBegun, HrPersonJoined, HrPersonLeft, HrPersonMoved
from services.matching.contracts.participants import Role
from services.matching.contracts.people import PersonState
from services.matching.domain.person import person_id
from services.matching.domain.sound import LONGEST, MOST
from tests.unit.matching.house import MatchingHouse
from tests.unit.matching.scim import ADA, ENTERPRISE, OWN, ScimCaller
from tests.unit.matching.test_directory_files import applied

LONG = "x" * (LONGEST + 1)
BAD: list[dict[str, Any]] = [
    {"userName": LONG}, {"userName": "  "}, {"userName": "ada\x00"}, {"externalId": LONG}, {"displayName": LONG},
    {"displayName": "Ada\r\nBcc: eva@example.org"}, {"displayName": "", "name": {"formatted": "A\u2028B"}},
    {"userType": LONG}, {"preferredLanguage": LONG}, {"timezone": LONG}, {"name": {"givenName": LONG}},
    {"emails": [{"value": "no address"}]}, {"emails": [{"value": f"{LONG}{LONG}@example.org"}]},
    {"emails": [{"value": "a@b.example", "type": LONG}]},
    {"emails": [{"value": f"a{number}@example.org"} for number in range(MOST + 1)]},
    {ENTERPRISE: {"department": LONG}}, {ENTERPRISE: {"manager": {"value": LONG}}},
    {OWN: {"otherManagers": LONG}}, {OWN: {"otherManagers": "; ".join(map(str, range(MOST + 1)))}},
    {OWN: {"sponsor": LONG}}, {OWN: {"languages": LONG}}, {OWN: {"holidayCalendar": LONG}}]
MANY = [{"value": "ada@corp.local", "type": "work"}, {"value": "ada@example.org", "type": "home", "primary": True}]


def at_fault(one: dict[str, Any]) -> str:
    return "-".join([*one, *(key for value in one.values() if isinstance(value, dict) for key in value)])


@pytest.mark.feature("O2")
@pytest.mark.parametrize("said", BAD, ids=at_fault)
def test_scim_says_nothing_of_a_person_that_cannot_be(scim: ScimCaller, said: dict[str, Any]) -> None:
    id = scim("POST", "/Users", ADA).json["id"]

    answers = [scim("POST", "/Users", {**ADA, "userName": "bo", **said}), scim("PUT", f"/Users/{id}", {**ADA, **said}),
               scim.patch(id, {"op": "replace", "value": said})]

    assert [(one.status_code, one.json["scimType"]) for one in answers] == [(400, "invalidValue")] * 3
    assert not any(LONG in one.text or "Bcc" in one.text for one in answers)
    assert scim("GET", "/Users").json["totalResults"] == 1


@pytest.mark.feature("O2")
def test_addresses_inside_a_company_are_addresses(scim: ScimCaller) -> None:
    made = scim("POST", "/Users", {**ADA, "emails": MANY})

    assert (made.status_code, [one["value"] for one in made.json["emails"]]) == (201, [one["value"] for one in MANY])


@pytest.mark.feature("O2", "O8")
@pytest.mark.parametrize("news", [
    HrPersonJoined(directory_id=" ", name="Ada", email="ada@example.org"),
    HrPersonMoved(directory_id="\t", grade="7"),
    HrLeaveBegun(directory_id=LONG, starts_on="2027-03-01"),
    HrPersonLeft(directory_id="a\r\nb"),
    HrPersonJoined(directory_id="a-1", name="Ada\r\nBcc: x", email="ada@example.org"),
    HrPersonJoined(directory_id="a-1", name="Ada", email="ada@example.org\r\nBcc: x"),
    HrPersonJoined(directory_id="a-1", name="Ada", email="no address"),
    HrPersonJoined(directory_id="a-1", name="Ada", email="ada@example.org", language=LONG),
    HrPersonJoined(directory_id="a-1", name="Ada", email="ada@example.org", languages=("en",) * (MOST + 1)),
], ids=repr)
def test_hr_says_nothing_of_a_person_that_cannot_be(house: MatchingHouse, news: Any) -> None:
    house.world.tell(news)
    house.worker.settle()

    assert list(house.matching.people.store.each({})) == list(house.matching.hr.store.each({})) == []
    assert [one.key for one in house.worker.dead_letters.waiting()] == [news.directory_id]


@pytest.mark.feature("O4")
@pytest.mark.parametrize(("code", "row"), [
    ("long-text", {"id": LONG, "name": "Ada", "email": "ada@example.org"}),
    ("control-character", {"id": "a-1", "name": "Ada\tBlum", "email": "ada@example.org"})])
def test_a_line_of_a_directory_file_says_nothing_that_cannot_be(
        house: MatchingHouse, code: str, row: dict[str, str]) -> None:
    file = applied(house, [row, {"id": "a-2", "name": "Bo", "email": "bo@example.org"}])

    assert [one.code for one in file.errors] == [code]
    assert [one.directory_id for one in house.matching.people.store.each({})] == ["a-2"]


def with_something_bad(house: MatchingHouse, **bad: str) -> str:
    """Somebody of whom a part was taken before anybody judged it."""
    house.bring(house.a_programme(), Role.MENTOR, [{"id": "m1", "name": "Mia", "email": "mia@example.org"}])
    mia = person_id("m1")
    house.matching.people.store.change(mia, lambda one: one.follow(
        replace(one.details, **bad), one.state, house.clock.now()))
    return mia


@pytest.mark.feature("O2")
def test_what_is_known_already_is_not_judged_again(house: MatchingHouse, scim: ScimCaller) -> None:
    mia = with_something_bad(house, department=LONG)

    patched = scim.patch(mia, {"op": "replace", "path": f"{OWN}:grade", "value": "7"})
    house.tell(HrPersonMoved(directory_id="m1", location="Bonn"))

    details = house.matching.people.get(mia).details
    assert (patched.status_code, details.grade, details.location) == (204, "7", "Bonn")


@pytest.mark.feature("O2")
@pytest.mark.parametrize("address", ["mia@corp.local", "no address", "a\r\nb"])
def test_addresses_that_others_told_of_can_be_read(house: MatchingHouse, scim: ScimCaller, address: str) -> None:
    with_something_bad(house, email=address)

    read = scim("GET", "/Users")

    assert (read.status_code, read.json["Resources"][0]["emails"][0]["value"]) == (200, address)


@pytest.mark.feature("O2", "O8")
@pytest.mark.parametrize("way", ["patch", "put", "delete", "hr"])
def test_nobody_is_kept_from_leaving_by_what_is_known(house: MatchingHouse, scim: ScimCaller, way: str) -> None:
    mia = with_something_bad(house, email="no address", department=LONG)

    if way == "hr":
        house.tell(HrPersonLeft(directory_id="m1"))
    elif way == "patch":
        scim.patch(mia, {"op": "replace", "path": "active", "value": False})
    elif way == "put":
        scim("PUT", f"/Users/{mia}", {**scim("GET", f"/Users/{mia}").json, "active": False})
    else:
        scim("DELETE", f"/Users/{mia}")

    assert house.matching.people.get(mia).state is PersonState.LEFT
