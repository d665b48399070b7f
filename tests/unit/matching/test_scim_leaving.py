"""Whoever the directory says has left is gone, whatever else is wrong with what it sends."""

from collections.abc import Callable
from typing import Any

import pytest

from services.matching.contracts.people import PEOPLE
from tests.unit.matching.house import MatchingHouse
from tests.unit.matching.scim import ADA, CORE, OWN, PATCH, ScimCaller

GONE = {"op": "Replace", "path": "active", "value": "False"}
NO_ADDRESS = [{"value": "no address", "type": "work"}]
Write = Callable[[ScimCaller, str, dict[str, str]], Any]


def patched(scim: ScimCaller, id: str, headers: dict[str, str]) -> Any:
    return scim("PATCH", f"/Users/{id}", {"schemas": [PATCH], "Operations": [GONE]}, **headers)


def replaced(scim: ScimCaller, id: str, headers: dict[str, str]) -> Any:
    return scim("PUT", f"/Users/{id}", {**ADA, "active": False}, **headers)


def deleted(scim: ScimCaller, id: str, headers: dict[str, str]) -> Any:
    return scim("DELETE", f"/Users/{id}", **headers)


WRITES = pytest.mark.parametrize("write", [patched, replaced, deleted])


@pytest.mark.feature("O2")
@WRITES
@pytest.mark.parametrize("key", ["k-1", "", "é"])
def test_a_key_that_the_protocol_does_not_know_stops_nobody(
        house: MatchingHouse, scim: ScimCaller, write: Write, key: str) -> None:
    id = scim("POST", "/Users", ADA, **{"Idempotency-Key": key}).json["id"]

    answers = [write(scim, id, {"Idempotency-Key": key}).status_code for _ in range(2)]

    assert answers in ([200, 200], [204, 204], [204, 404])
    assert house.matching.people.get(id).has_left


@pytest.mark.feature("O2")
@WRITES
@pytest.mark.parametrize("condition", [{"If-Match": 'W/"999"'}, {"If-None-Match": "*"}], ids=str)
def test_an_offboarding_gets_through_whatever_version_it_names(
        house: MatchingHouse, scim: ScimCaller, write: Write, condition: dict[str, str]) -> None:
    id = scim("POST", "/Users", ADA).json["id"]

    answer = write(scim, id, condition)

    assert answer.status_code in (200, 204)
    assert house.matching.people.get(id).has_left


def test_any_other_change_needs_the_version_that_it_names(scim: ScimCaller) -> None:
    id = scim("POST", "/Users", ADA).json["id"]

    changes = [scim(method, f"/Users/{id}", body, **{"If-Match": 'W/"999"'}).status_code for method, body in (
        ("PUT", {**ADA, "displayName": "Ada"}),
        ("PATCH", {"schemas": [PATCH], "Operations": [{"op": "replace", "path": "displayName", "value": "Ada"}]}))]

    assert changes == [412, 412]
    assert scim("GET", f"/Users/{id}").json["displayName"] == "Ada Blum"


@pytest.mark.feature("O2")
@pytest.mark.parametrize("other", [
    "x", None, 5, [], [GONE],
    {"op": 5, "path": "manager", "value": "x"}, {"op": None, "path": "manager", "value": "x"},
    {"op": [], "path": "manager", "value": []}, {"op": "replace", "path": 5, "value": "x"},
    {"op": "replace", "path": "manager", "value": [{}]}, {"op": "remove"}, 1e400,
], ids=str)
def test_an_element_of_a_patch_that_cannot_be_read_keeps_nobody_in(scim: ScimCaller, other: Any) -> None:
    id = scim("POST", "/Users", ADA).json["id"]

    alone = scim.patch(id, other)
    both = scim.patch(id, other, GONE)

    assert (alone.status_code, both.status_code) in ((400, 204), (204, 204))
    assert scim("GET", f"/Users/{id}").json["active"] is False


@pytest.mark.feature("O2")
@pytest.mark.parametrize("operation", [
    {"op": "replace", "path": "active", "value": {"active": False}},
    {"op": "replace", "path": "active", "value": {"value": "False"}},
    {"op": "replace", "value": [{"active": False}]},
    {"op": "replace", "path": "active[value eq true]", "value": False},
    {"path": "active", "value": False},
    {"op": "deactivate", "value": {"active": "no"}},
    {"Op": "dance", "Path": "active", "Value": 0},
], ids=str)
def test_an_offboarding_that_is_misspelt_gets_through(scim: ScimCaller, operation: dict[str, Any]) -> None:
    id = scim("POST", "/Users", ADA).json["id"]

    answer = scim.patch(id, operation)

    assert answer.status_code == 204
    assert scim("GET", f"/Users/{id}").json["active"] is False


@pytest.mark.feature("O2")
@pytest.mark.parametrize("said", [
    {"emails": NO_ADDRESS}, {"userName": ""}, {OWN: {"grade": "x" * 300}}, {"name": "Ada"},
    {"active": [{"value": "False"}]}, {"emails": NO_ADDRESS, "active": None, f"{CORE}:active": "False"},
], ids=str)
def test_what_else_is_wrong_with_a_whole_user_keeps_nobody_in(
        house: MatchingHouse, scim: ScimCaller, said: dict[str, Any]) -> None:
    id = scim("POST", "/Users", ADA).json["id"]

    answer = scim("PUT", f"/Users/{id}", {**ADA, "active": False, **said})
    house.settle()

    assert (answer.status_code, answer.json["active"], answer.json["displayName"]) == (200, False, "Ada Blum")
    assert house.told(PEOPLE.name) == ["person-added", "person-left"]


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
@pytest.mark.parametrize(("path", "status"), [("Users/nobody", 404), ("Groups/{id}", 404), ("Me", 501)])
def test_only_an_entry_is_let_go(
        house: MatchingHouse, scim: ScimCaller, method: str, path: str, status: int) -> None:
    id = scim("POST", "/Users", ADA).json["id"]

    answer = scim(method, "/" + path.format(id=id), {"active": False, "Operations": [GONE]})

    assert answer.status_code == status
    assert not house.matching.people.get(id).has_left


def test_a_patch_that_lies_too_deep_is_refused(scim: ScimCaller) -> None:
    id = scim("POST", "/Users", ADA).json["id"]
    deep: Any = "x"
    for _ in range(600):
        deep = [deep]

    answer = scim.patch(id, {"op": "replace", "path": "active", "value": deep})

    assert answer.status_code == 400


@pytest.mark.feature("O2")
def test_people_of_whom_others_tell_are_active_or_not_in_the_directory_too(
        house: MatchingHouse, scim: ScimCaller) -> None:
    house.a_full_programme()

    active = scim("GET", '/Users?filter=userName eq "m1" and active eq true').json
    id = active["Resources"][0]["id"]
    house.matching.people.leave(id)
    gone = scim("GET", f"/Users/{id}").json

    assert (active["totalResults"], gone["active"]) == (1, False)
