"""A directory finds people by what it knows of them, however many there are."""

from typing import Any
from urllib.parse import quote

import pytest

from services.matching.adapters.scim import storage
from tests.unit.matching.house import MatchingHouse
from tests.unit.matching.scim import ADA, OWN, ScimCaller

HERS = {"displayName": "Ada Blüm", "name": {"formatted": "Dr. Ada Blüm", "givenName": "Ada", "familyName": "Blüm"},
        "emails": [{"value": "Ada@corp.local", "type": "work", "primary": True}, {"value": "a@home.net"}]}
OTHERS = [{**ADA, "userName": f"u{number}", "externalId": f"e{number}", "displayName": f"Bo {number}",
           "emails": [{"value": f"u{number}@corp.local", "type": "work"}]} for number in range(8)]
FOUND = [
    'userName eq "ADA@example.org"', 'externalId eq "x-1"', 'emails.value eq "ada@CORP.local"',
    'emails eq "ada@corp.local"', 'emails.value eq "A@home.net"', 'emails[value eq "ada@corp.local"]',
    'emails[type eq "work" and value eq "ada@corp.local"]', 'displayName eq "ada blüm"',
    'displayName eq "Ada Blu\u0308m"', 'name.formatted eq "dr. ada blüm"', 'name.givenName eq "ADA"',
    'name.familyName eq "blüm"', 'userName eq "ada@example.org" and active eq true',
    'active eq true and externalId eq "x-1"', 'not (active eq false) and emails eq "ada@corp.local"',
    'active eq true and (emails.value eq "nobody@corp.local" or displayName eq "Ada Blüm")']
NOBODY = [
    'emails.value eq "nobody@corp.local"', 'emails[type eq "home" and value eq "ada@corp.local"]',
    'displayName eq "Ada Blum"', 'externalId eq "X-1"', 'externalId eq ""', 'userName eq ""',
    'displayName eq "" or emails eq ""', 'userName eq "ada@example.org" and active eq false',
    'name.givenName eq "Bo" and name.familyName eq "Blüm"']
LOOKED = {'active eq true': 9, 'userName sw "u"': 8, 'not (userName eq "u1")': 8, 'emails pr': 9, 'userName co "e"': 1,
          'active eq true or userName eq "u1"': 9, f'{OWN}:onLeave eq true': 0,
          " or ".join(f'emails eq "u{number}@corp.local"' for number in range(21)): 8}


@pytest.fixture
def read(house: MatchingHouse, scim: ScimCaller, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Whom the store loads, with Ada and eight others in the directory."""
    for one in [{**ADA, **HERS}, *OTHERS]:
        assert scim("POST", "/Users", one).status_code == 201
    loaded: list[str] = []
    store, load = house.matching.people.store, house.matching.people.store._load
    monkeypatch.setattr(store, "_load", lambda one: loaded.append(one["directory_id"]) or load(one))
    return loaded


def asked(scim: ScimCaller, text: str) -> Any:
    return scim("GET", f"/Users?filter={quote(text)}")


@pytest.mark.feature("O2")
@pytest.mark.parametrize("text", FOUND)
def test_whoever_is_asked_for_is_found_and_nobody_else_is_loaded(
        scim: ScimCaller, read: list[str], text: str) -> None:
    answer = asked(scim, text)

    assert [one["userName"] for one in answer.json["Resources"]] == ["Ada@Example.org"]
    assert set(read) == {"ada@example.org"}


@pytest.mark.feature("O2")
@pytest.mark.parametrize("text", NOBODY)
def test_nobody_is_found_and_next_to_nobody_is_loaded(scim: ScimCaller, read: list[str], text: str) -> None:
    answer = asked(scim, text)

    assert (answer.status_code, answer.json["totalResults"]) == (200, 0)
    assert set(read) <= {"ada@example.org"}


@pytest.mark.parametrize(("text", "found"), LOOKED.items())
def test_any_other_filter_looks_at_so_many_people_at_most(
        scim: ScimCaller, read: list[str], monkeypatch: pytest.MonkeyPatch, text: str, found: int) -> None:
    few = asked(scim, text)
    monkeypatch.setattr(storage, "MOST_LOOKED_AT", 8)
    read.clear()
    many = asked(scim, text)

    assert (few.status_code, few.json["totalResults"]) == (200, found)
    assert (many.status_code, many.json["scimType"], read) == (400, "tooMany", [])


def test_whoever_is_taken_away_is_not_found(scim: ScimCaller, read: list[str]) -> None:
    id = asked(scim, 'emails eq "ada@corp.local"').json["Resources"][0]["id"]
    scim("DELETE", f"/Users/{id}")

    answers = [asked(scim, text).json["totalResults"] for text in FOUND]

    assert answers == [0] * len(FOUND)


def test_several_who_are_found_come_page_by_page(scim: ScimCaller, read: list[str]) -> None:
    text = quote(" or ".join(f'emails eq "u{number}@corp.local"' for number in range(8)))

    pages = [scim("GET", f"/Users?filter={text}&startIndex={start}&count=3").json for start in (1, 4, 7)]

    ids = [one["id"] for page in pages for one in page["Resources"]]
    assert (len(ids), ids) == (8, sorted(ids))


@pytest.mark.parametrize("start", ["9" * 20, "9" * 4000, str(2**63)])
@pytest.mark.parametrize("filtered", ["", f"&filter={quote('active eq true')}"])
def test_no_page_is_too_far(scim: ScimCaller, read: list[str], start: str, filtered: str) -> None:
    answer = scim("GET", f"/Users?startIndex={start}{filtered}")

    assert answer.status_code in (200, 400)
    assert "Resources" not in answer.json or answer.json["Resources"] == []


@pytest.mark.parametrize("text", ["userName eq \"" + "u" * 2_000 + "\"", " and ".join(["userName pr"] * 3_000)])
def test_a_filter_is_no_book(scim: ScimCaller, text: str) -> None:
    answers = [asked(scim, text), scim("POST", "/Users/.search", {"filter": text})]

    assert [(one.status_code, one.json["scimType"]) for one in answers] == [(400, "invalidFilter")] * 2
