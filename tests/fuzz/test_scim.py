"""SCIM takes whatever comes: no server error, and no offboarding that is lost beside it. It is in no document that
`test_apis` reads."""

from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.unit.matching.conftest import house as house
from tests.unit.matching.house import MatchingHouse
from tests.unit.matching.scim import ADA, CORE, ENTERPRISE, OWN, PATCH, ScimCaller

NOT_OFFERED = 501
"""What a server that lacks a part of the protocol says: sorting, bulk, /Me."""
STRANGE: list[Any] = [
    None, True, False, 0, -1, 2**63, 1e400, "", " ", "x", "\x00", "a\r\nb", "\ud7ff", "x" * 5_000, [], {}, [{}], [[]],
    {"value": "x"}, [{"value": "x"}], {"value": {"value": []}}, "False", "a@example.org", 'W/"1"']
NAMES = [
    "active", "userName", "displayName", "externalId", "emails", "name", "name.givenName", "emails.value", "emails[",
    'emails[type eq "work"].value', 'emails[type eq "\\ud800"].value', "manager", "manager.value", "otherManagers",
    "sponsor", "onLeave", "schemas", "id", "meta", "meta.version", "groups", "nickName", "timezone", "", "$ref",
    ENTERPRISE, OWN, CORE, f"{OWN}:grade", f"{ENTERPRISE}:manager", f"{CORE}:emails.type"]
FILTERS = [
    'userName eq "a"', 'emails[type eq "work"]', "not (active eq true)", "active pr", 'meta.created gt "2027"', "x",
    'id eq "" or name pr', "(" * 500 + "active pr" + ")" * 500, 'emails[value eq "a" and type ne 5]', "active eq 2e999",
    "externalId eq null", 'urn:x:y eq "z"', 'manager.value eq "x"', *(f'{name} eq "\\ud800"' for name in (
        "userName", "externalId", "id", "displayName", "emails", "name.formatted"))]
VALUES = st.recursive(st.sampled_from(STRANGE) | st.text(max_size=20), lambda inner: st.lists(inner, max_size=3) | (
    st.dictionaries(st.sampled_from([*NAMES, "value", "type", "primary"]), inner, max_size=3)), max_leaves=6)
USERS = st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=5).map(lambda said: {**ADA, **said})
OPERATIONS = VALUES | st.fixed_dictionaries({}, optional={
    "op": st.sampled_from(["add", "Replace", "REMOVE", "dance"]) | VALUES, "path": st.sampled_from(NAMES) | VALUES,
    "value": VALUES, "Path": VALUES})
PATCHES = st.lists(OPERATIONS, max_size=3).map(lambda some: {"schemas": [PATCH], "Operations": some})
QUERIES = st.dictionaries(
    st.sampled_from(["filter", "startIndex", "count", "attributes", "excludedAttributes", "sortBy", "cursor", "x"]),
    st.sampled_from([*FILTERS, *NAMES, "0", "-1", "9" * 20, "x", "\x00"]), max_size=3)
PATHS = ["Users", "Users/{id}", "Users/nobody", "Users/.search", ".search", "Me", "Bulk", "Groups/{id}", "Schemas", "",
         "Users//", "ServiceProviderConfig", "ResourceTypes/User", "Users/%00", "Users/é"]
HEADERS = st.dictionaries(st.sampled_from(["If-Match", "If-None-Match", "Idempotency-Key"]), st.sampled_from(
    ["*", "", 'W/"1"', "W/\"" + "9" * 30 + '"', "k", "é", "x" * 300]), max_size=2)
GONE = {"op": "Replace", "path": "active", "value": "False"}


def fired(most: int) -> Any:
    """So many of them, the same ones every time."""
    return lambda test: seed(1)(settings(
        max_examples=most, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck))(test))


@pytest.fixture
def scim(house: MatchingHouse) -> ScimCaller:
    return ScimCaller(house)


@pytest.mark.feature("O2", "O5")
def test_no_request_to_the_directory_is_too_strange(scim: ScimCaller) -> None:
    id = scim("POST", "/Users", ADA).json["id"]

    @fired(400)
    @given(st.sampled_from(["GET", "POST", "PUT", "PATCH", "DELETE"]), st.sampled_from(PATHS), QUERIES,
           USERS | PATCHES | VALUES, HEADERS)
    def ask(method: str, path: str, query: dict[str, str], body: Any, headers: dict[str, str]) -> None:
        answer = scim(method, f"/{path.format(id=id)}?{urlencode(query)}", body, **headers)

        assert answer.status_code < 500 or answer.status_code == NOT_OFFERED, answer.text

    ask()


@pytest.mark.feature("O2", "O5")
def test_no_patch_is_too_strange_to_let_somebody_go(house: MatchingHouse, scim: ScimCaller) -> None:
    id = scim("POST", "/Users", ADA).json["id"]

    @fired(120)
    @given(PATCHES, HEADERS)
    def ask(patch: dict[str, Any], headers: dict[str, str]) -> None:
        scim.patch(id, {"op": "replace", "path": "active", "value": True})

        answer = scim("PATCH", f"/Users/{id}", {**patch, "Operations": [*patch["Operations"], GONE]}, **headers)

        assert answer.status_code in (200, 204)
        assert house.matching.people.get(id).has_left
        house.worker.settle()

    ask()


@pytest.mark.feature("O2", "O5")
def test_no_user_is_too_strange_to_let_somebody_go(house: MatchingHouse, scim: ScimCaller) -> None:
    id = scim("POST", "/Users", ADA).json["id"]

    @fired(120)
    @given(USERS, HEADERS)
    def ask(user: dict[str, Any], headers: dict[str, str]) -> None:
        scim.patch(id, {"op": "replace", "path": "active", "value": True})

        answer = scim("PUT", f"/Users/{id}", {**user, "active": False}, **headers)

        assert answer.status_code == 200
        assert house.matching.people.get(id).has_left
        house.worker.settle()

    ask()


@pytest.mark.feature("O2", "O5")
@pytest.mark.parametrize("body", [
    b"", b"{", b"null", b"\xff\xfe", b"[" * 5_000, b'{"a":' * 5_000, b'{"Operations":[1e999]}',
    b'{"schemas":["\\ud800"]}', b'{"userName":"\\ud800"}'], ids=lambda one: repr(one[:20]))
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
@pytest.mark.parametrize("media", ["application/scim+json", "text/plain", "application/json; charset=utf-16", ""])
def test_no_body_is_too_strange(scim: ScimCaller, method: str, body: bytes, media: str) -> None:
    id = scim("POST", "/Users", ADA).json["id"]
    path = "/scim/v2/Users" + ("" if method == "POST" else f"/{id}")

    answer = scim.app.test_client().open(path, method=method, data=body,
                                         headers={**scim.headers, "Content-Type": media})

    assert 400 <= answer.status_code < 500


@pytest.mark.feature("O2", "O5")
@pytest.mark.parametrize("text", FILTERS)
def test_no_filter_is_too_strange(scim: ScimCaller, text: str) -> None:
    scim("POST", "/Users", ADA)

    answers = [scim("GET", f"/Users?filter={quote(text)}"), scim("POST", "/Users/.search", {"filter": text})]

    assert {one.status_code for one in answers} <= {200, 400}
