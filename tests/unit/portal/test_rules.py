"""The rules of a programme: weighed, switched, tried, kept."""

from typing import Any

import pytest

from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import RULES, TRIAL, FakeServices, problem

PAGE = "/programmes/rising/rules"
TERMS, HARD = RULES["rules"]["terms"], RULES["rules"]["rules"]  # type: ignore[index]
AS_IS: dict[str, Any] = {"version": "3", "on": ["term-skills", "term-floor", "wishes-wish", "rule-common-language"],
                         "points-skills": "45", "points-floor": "5", "wish-0": "20", "wish-1": "14", "what": "keep"}


def test_rules_are_shown_in_words_with_what_is_off_and_what_always_holds(office: Browser) -> None:
    page = office.get(PAGE).text

    assert "Same floor" in page
    assert "not in one reporting line" in page
    assert 'value="rule-common-language" checked' in page
    assert 'value="rule-another-department">' in page


def test_what_is_kept_as_it_is_changes_nothing(office: Browser, fakes: FakeServices) -> None:
    answer = office.send(PAGE, AS_IS, PAGE)

    assert answer.location == PAGE
    assert (fakes.last().method, fakes.last().version, fakes.last().body) == ("PATCH", '"3"', {"rules": RULES["rules"]})


def test_weights_and_switches_are_kept(office: Browser, fakes: FakeServices) -> None:
    on = ["term-floor", "rule-another-department"]
    office.send(PAGE, AS_IS | {"on": on, "points-floor": "70", "wish-1": "3"}, PAGE)

    rules = fakes.last().body["rules"]
    assert rules["terms"] == [{**TERMS[0], "off": True}, {**TERMS[1], "points": 70}]
    assert [one.get("off", False) for one in rules["rules"]] == [True, False]
    assert rules["wishes"] == {"columns": ["wishes"], "points": [20, 3], "off": True}
    assert rules["scales"] == {"grades": ["junior", "senior"]}


def test_a_hard_rule_and_a_term_of_one_name_are_switched_apart(office: Browser, fakes: FakeServices) -> None:
    floor = {"kind": "must-share", "name": "floor", "column": "floor", "off": True}
    fakes["matching"].answers["GET /programmes/rising/rules"] = {
        **RULES, "rules": {**RULES["rules"], "rules": [*HARD, floor]}}  # type: ignore[dict-item]

    office.send(PAGE, AS_IS, PAGE)

    rules = fakes.last().body["rules"]
    assert (rules["terms"], rules["rules"][-1]) == (TERMS, floor)


def test_rules_are_tried_before_they_are_kept(office: Browser, fakes: FakeServices) -> None:
    answer = office.send(PAGE, AS_IS | {"what": "try", "points-skills": "60"}, PAGE)

    assert answer.location == f"{PAGE}?trial=trial-2&version=3"
    assert (fakes.last().path, fakes.last().body["rules"]["terms"][0]["points"]) == (
        "/v1/programmes/rising/trials", 60)
    assert "The rules are being tried" in office.get(answer.location).text


def test_a_trial_says_what_would_change(office: Browser) -> None:
    page = office.get(f"{PAGE}?trial=trial-1").text

    assert "2 mentees would have other mentors. Those whom a run would take now were matched twice: " in page
    assert "4 mentees with room for a mentor, and 3 free seats of 2 mentors. Nothing was kept." in page
    assert "As if nobody had a partner yet" not in page
    assert "Nguyễn Thị Hạnh with Håkon Lindqvist · 12 points · a new pair" in page
    assert "Amara Okonkwo with Helena Novotná · 70 points<" in page
    assert 'id="points-skills" name="points-skills" inputmode="numeric" value="60"' in page


def test_a_trial_of_a_programme_where_all_are_paired_says_whom_it_counted(office: Browser, fakes: FakeServices) -> None:
    paired = {"free": {"mentees": 1, "mentors": 0, "seats": 0}, "as_if_unpaired": True}
    difference = {**TRIAL["difference"], **paired}  # type: ignore[dict-item]
    fakes["matching"].answers["GET /trials/trial-1"] = {**TRIAL, "difference": difference}

    page = office.get(f"{PAGE}?trial=trial-1").text

    assert "A run would find one mentee with room for a mentor, and no free seat of a mentor now" in page
    assert page.index("As if nobody had a partner yet") < page.index("2 mentees would have other mentors.")


def test_a_trial_is_kept_over_the_version_that_it_was_tried_on(office: Browser) -> None:
    page = office.get(f"{PAGE}?trial=trial-1&version=2").text

    assert 'name="version" value="2"' in page
    assert 'name="version" value="2"' not in office.get(f"{PAGE}?version=2").text


def test_a_trial_that_could_not_be_says_why(office: Browser) -> None:
    assert "There are more people than can be matched at once." in office.get(f"{PAGE}?trial=trial-3").text


def test_a_trial_of_yesterday_keeps_what_was_entered(office: Browser, fakes: FakeServices) -> None:
    old = {**TRIAL, "state": "outdated", "why": "outdated", "difference": None}
    fakes["matching"].answers["GET /trials/trial-1"] = old

    page = office.get(f"{PAGE}?trial=trial-1&version=3").text
    office.send(PAGE, AS_IS | {"trial": "trial-1", "what": "try", "points-skills": "60"}, PAGE)

    assert "has to be run again. What you entered stands below." in page
    assert 'id="points-skills" name="points-skills" inputmode="numeric" value="60"' in page
    assert fakes.last().path == "/v1/programmes/rising/trials"
    assert fakes.last().body == {"rules": {**TRIAL["rules"], "terms": [  # type: ignore[dict-item]
        {**TRIAL["rules"]["terms"][0], "points": 60}]}}  # type: ignore[index]


def test_of_a_trial_that_is_gone_the_rules_kept_are_shown(office: Browser) -> None:
    page = office.get(f"{PAGE}?trial=trial-9&version=2")

    assert page.status_code == 200
    assert "This trial is not there any more." in page.text
    assert 'name="version" value="3"' in page.text
    assert 'id="points-skills" name="points-skills" inputmode="numeric" value="45"' in page.text


@pytest.mark.parametrize("what", ["try", "keep"])
def test_what_was_entered_in_a_trial_that_is_gone_is_shown_before_it_counts(
        office: Browser, fakes: FakeServices, what: str) -> None:
    answer = office.send(PAGE, AS_IS | {"trial": "trial-9", "what": what, "points-floor": "77"}, PAGE)

    assert answer.status_code == 422
    assert "This trial is not there any more." in answer.text
    assert 'id="points-floor" name="points-floor" inputmode="numeric" value="77"' in answer.text
    assert not fakes.sent


def test_a_trial_of_another_programme_is_not_shown(office: Browser) -> None:
    assert office.get("/programmes/first-bridge/rules?trial=trial-1").status_code == 404


def test_a_page_that_waits_for_a_trial_is_loaded_anew_when_it_is_done(office: Browser) -> None:
    asked = {"HX-Request": "true"}

    assert "HX-Refresh" not in office.get(f"{PAGE}?trial=trial-2", headers=asked).headers
    assert office.get(f"{PAGE}?trial=trial-1", headers=asked).headers["HX-Refresh"] == "true"


def test_points_that_are_no_number_stand_beside_their_field(office: Browser, fakes: FakeServices) -> None:
    answer = office.send(PAGE, AS_IS | {"points-skills": "much", "points-floor": "9"}, PAGE)

    assert answer.status_code == 422
    assert 'id="points-skills-e"' in answer.text
    assert 'id="points-floor" name="points-floor" inputmode="numeric" value="9"' in answer.text
    assert "PATCH" not in [one.method for one in fakes.sent]


@pytest.mark.parametrize(("refused", "text"), [
    (problem(412, "stale"), "Somebody changed this in between"),
    (problem(422, "wrong-rules"), "The rules cannot be used like this")])
def test_a_refusal_keeps_what_was_entered(office: Browser, fakes: FakeServices, refused: Any, text: str) -> None:
    fakes.answer("matching", "PATCH /programmes/(?:rising|first-bridge)", lambda _request: refused)

    answer = office.send(PAGE, AS_IS | {"points-floor": "77"}, PAGE)

    assert text in answer.text
    assert 'value="77"' in answer.text


def test_a_draft_has_nobody_to_try_rules_on(office: Browser) -> None:
    page = office.get("/programmes/first-bridge/rules").text

    assert "Keep these rules" in page
    assert "Try these rules" not in page


def test_a_rule_says_what_it_looks_at_in_words(office: Browser, fakes: FakeServices) -> None:
    terms = [{"kind": "equal", "name": "one", "column": "style_planning", "points": 5},
             {"kind": "equal", "name": "two", "column": "why", "points": 5},
             {"kind": "equal", "name": "three", "column": "floor_number", "points": 5}]
    fakes.answer("matching", "GET /programmes/rising/rules", {**RULES, "rules": {**RULES["rules"], "terms": terms}})

    page = office.get("/programmes/rising/rules").text

    for words in (">how they plan<", ">Why?<", ">floor_number<"):
        assert words in page
