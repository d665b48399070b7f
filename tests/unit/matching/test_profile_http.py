"""The Ideal Mentor Profile over HTTP: coordinators keep it and see what it found; applicants never do."""

from typing import Any

import pytest

from services.matching.domain.programme import Programme
from tests.unit.matching.house import MatchingHouse
from tests.unit.matching.test_applications import ANNA, OFFERED, people
from tests.unit.matching.test_http import As
from tests.unit.matching.test_http import as_ as as_

CRITERION = {"code": "two-skills", "key": "skills", "wants": "names", "least": 2, "points": 30,
             "module": "what-to-pass-on", "labels": {"en": "Two skills"}}
FOUND = ("score", "best", "terms", "gaps")


@pytest.fixture
def programme(house: MatchingHouse) -> Programme:
    people(house, "anna", "ben")
    return house.a_programme()


@pytest.fixture
def place(programme: Programme) -> str:
    return f"/programmes/{programme.id}"


def submitted(house: MatchingHouse, as_: As, place: str) -> Any:
    one = as_(ANNA)("PUT", f"{place}/draft", {"role": "mentor", "answers": OFFERED}).json["id"]
    answer = as_(ANNA)("POST", f"/applications/{one}/submission")
    house.settle()
    return answer


def test_a_coordinator_reads_and_changes_the_profile(house: MatchingHouse, as_: As, place: str) -> None:
    carla = as_("carla")
    before = carla.get(f"{place}/profile").json

    kept = carla("PATCH", place, {"profile": {"criteria": [CRITERION]}}, If_Match=f'"{before["version"]}"')
    stale = carla("PATCH", place, {"profile": {"criteria": []}}, If_Match=f'"{before["version"]}"')
    after = carla.get(f"{place}/profile").json
    house.settle()

    assert [one["code"] for one in before["criteria"]][:2] == ["willing", "experienced"]
    assert (before["unasked"], before["scoring"]) == ([], False)
    assert (kept.status_code, stale.status_code) == (200, 412)
    assert after["criteria"] == [{**CRITERION, "words": []}]
    assert "profile" not in kept.json


WRONG = [
    ({**CRITERION, "points": 0}, "points"),
    ({**CRITERION, "points": "30"}, "points"),
    ({**CRITERION, "wants": "charm"}, "wants"),
    ({**CRITERION, "least": 10**12}, "least"),
    ({**CRITERION, "words": ["x" * 101]}, "words"),
    ({**CRITERION, "secret": "yes"}, "secret"),
    ({**CRITERION, "code": "Two skills"}, "code"),
    ({**CRITERION, "key": "goals"}, "choose a field"),
    ({**CRITERION, "labels": {}}, "label"),
]


@pytest.mark.parametrize(("criterion", "said"), WRONG)
def test_what_cannot_be_looked_for_is_refused_with_a_reason(as_: As, place: str, criterion: dict[str, Any],
                                                            said: str) -> None:
    refused = as_("carla")("PATCH", place, {"profile": {"criteria": [criterion]}}, If_Match="*")

    assert refused.status_code == 422
    assert said in refused.text


@pytest.mark.feature("B6")
def test_coordinators_see_score_terms_and_gaps_and_whoever_applies_sees_none(house: MatchingHouse, as_: As,
                                                                             place: str) -> None:
    sent = submitted(house, as_, place)
    carla, anna, one = as_("carla"), as_(ANNA), sent.json["id"]
    [line] = carla.get(f"{place}/applications").json["items"]

    assert (line["score"], line["best"]) == (40, 100)
    assert line["score"] == sum(term["points"] for term in line["terms"])
    assert line["gaps"] == [term["code"] for term in line["terms"] if term["points"] < term["most"]]
    assert carla.get(f"/applications/{one}").json["score"] == 40
    own = [sent.json, anna.get(f"/applications/{one}").json, *anna.get("/me/applications").json["items"],
           anna("POST", f"/applications/{one}/withdrawal").json]
    assert [name for seen in own for name in FOUND if name in seen] == []
    [exported] = anna.get(f"/people/{ANNA}/export").json["collections"]["applications"]
    assert exported["scored"] is None


def test_nobody_else_reads_the_profile(as_: As, place: str) -> None:
    for who in ("otto", ANNA):
        assert as_(who).get(f"{place}/profile").status_code == 404


def test_a_criterion_over_what_is_asked_no_more_is_named(as_: As, place: str) -> None:
    form = as_("carla").get(f"{place}/form").json["fields"]
    left = [one for one in form if one["key"] != "listening"]

    as_("carla")("PATCH", place, {"form": {"fields": left}}, If_Match="*")

    assert as_("carla").get(f"{place}/profile").json["unasked"] == ["listens"]
    assert as_("carla").get(f"{place}/profile").json["scoring"] is False
