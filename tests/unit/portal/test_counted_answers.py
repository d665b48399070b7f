"""Answers of the form count in matching: chosen, tried, kept and taken out again without code."""

from typing import Any

import pytest

from services.portal.pages.counted_answers import comparisons
from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import RULES, TRIAL, FakeServices, a_field, problem

RULES_PAGE = "/programmes/rising/rules"
PAGE = f"{RULES_PAGE}/answer"
BOTH = f"{PAGE}?mentor=ready&mentee=ready"
GIVEN = {"version": "3", "mentor": "ready", "mentee": "ready", "kind": "near", "points": "20", "what": "keep"}
READY = {"kind": "near", "name": "answer-ready", "mentor": "ready", "mentee": "ready", "points": 20,
         "label": {"en": "How ready are you?", "de": "Wie bereit bist du?"}}
OPTIONS = [{"code": "early"}, {"code": "late"}]


@pytest.mark.feature("B1")
def test_a_field_that_both_answer_becomes_a_term_of_the_rules(office: Browser, fakes: FakeServices) -> None:
    assert f'href="{BOTH.replace("&", "&amp;")}"' in office.get("/programmes/rising/form/field?key=ready").text
    assert "the nearer they are" in office.get(BOTH).text

    answer = office.send(PAGE, GIVEN, BOTH)

    assert (answer.location, fakes.last().method, fakes.last().version) == (RULES_PAGE, "PATCH", '"3"')
    rules: Any = RULES["rules"]
    assert fakes.last().body == {"rules": {**rules, "terms": [*rules["terms"], READY]}}


def test_a_fixed_rule_has_no_points_and_says_how_far_above(office: Browser, fakes: FakeServices) -> None:
    office.send(PAGE, GIVEN | {"kind": "must-be-above", "points": "", "steps": "2"}, BOTH)

    [*_, added] = fakes.last().body["rules"]["rules"]
    assert added == {"kind": "must-be-above", "name": "answer-ready", "by": 2, "mentor": "ready", "mentee": "ready",
                     "label": READY["label"]}


def test_a_field_of_one_side_is_compared_with_one_of_the_other(office: Browser, fakes: FakeServices) -> None:
    page = office.get(f"{PAGE}?mentor=skills").text
    assert '<option value="skills" selected>What can others learn from you?' in page

    office.send(PAGE, GIVEN | {"mentor": "skills", "mentee": "goals", "kind": "overlap"}, f"{PAGE}?mentor=skills")

    [*_, added] = fakes.last().body["rules"]["terms"]
    assert (added["name"], added["label"]["en"]) == (
        "answer-skills-goals", "What can others learn from you? · What would you like to learn?")


def test_what_was_tried_with_an_answer_is_kept_with_it(office: Browser, fakes: FakeServices) -> None:
    tried = office.send(PAGE, GIVEN | {"what": "try"}, BOTH)
    assert tried.location == f"{RULES_PAGE}?trial=trial-2&version=3"
    rules = fakes.last().body["rules"]
    fakes["matching"].answers["GET /trials/trial-1"] = {**TRIAL, "rules": rules}
    page = office.get(f"{RULES_PAGE}?trial=trial-1").text
    assert "How ready are you?" in page

    office.send(RULES_PAGE, {"version": "3", "trial": "trial-1", "on": ["term-answer-ready"], "what": "keep",
                             "points-answer-ready": "35"}, RULES_PAGE)

    [*_, kept] = fakes.last().body["rules"]["terms"]
    assert kept == {**READY, "points": 35}


def test_an_answer_is_taken_out_again_and_nothing_else(office: Browser, fakes: FakeServices) -> None:
    rules: Any = RULES["rules"]
    fakes["matching"].answers["GET /programmes/rising/rules"] = {**RULES, "rules": {
        **rules, "terms": [*rules["terms"], READY]}}
    page = office.get(RULES_PAGE).text
    assert page.count("Take out") == 1

    office.send(f"{RULES_PAGE}/removal", {"part": "answer-ready", "version": "3"}, RULES_PAGE)
    assert fakes.last().body == {"rules": rules}

    assert office.send(f"{RULES_PAGE}/removal", {"part": "skills", "version": "3"}, RULES_PAGE).status_code == 404


@pytest.mark.parametrize(("wrong", "text"), [
    ({"kind": "overlap"}, "Choose how the two are compared."),
    ({"mentee": "goals"}, "Choose how the two are compared."),
    ({"points": "0"}, "A whole number from 1 to 1,000,000 is expected."), ({"steps": "some"}, "or nothing")])
def test_what_cannot_count_is_said(office: Browser, fakes: FakeServices, wrong: dict[str, str], text: str) -> None:
    answer = office.send(PAGE, GIVEN | wrong, BOTH)

    assert (answer.status_code, text in answer.text) == (422, True)
    assert "PATCH" not in [one.method for one in fakes.sent]


def test_a_refusal_shows_what_was_entered(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "PATCH /programmes/(?:rising|first-bridge)", lambda _request: problem(412, "stale"))

    answer = office.send(PAGE, GIVEN, BOTH)

    assert "Somebody changed this in between" in answer.text
    assert 'value="20"' in answer.text


def test_each_kind_of_field_can_be_compared_with_its_like() -> None:
    kinds = {kind: comparisons(one, one) for kind in (
        "short-text", "long-text", "one-of", "several-of", "number", "date", "yes-no", "scale", "skills", "people")
        for one in [a_field("it", kind, "It", "Es", options=OPTIONS)]}

    assert all(kinds.values())
    assert ("near" in kinds["one-of"], "near" in kinds["date"], "overlap" in kinds["people"]) == (True, False, True)
    assert comparisons(a_field("a", "date", "A", "A"), a_field("b", "skills", "B", "B")) == ()
