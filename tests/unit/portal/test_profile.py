"""The Ideal Mentor Profile on its pages, and what it found on the list of applications."""

from html import unescape
from typing import Any

import pytest

from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import APPLICATIONS, PROFILE, FakeServices, problem

PAGE, FORM = "/programmes/rising/profile", "/programmes/rising/criterion"
GIVEN: dict[str, Any] = {
    "version": "3", "code": "", "label-en": "Two skills", "label-de": "Zwei Fähigkeiten", "key": "skills",
    "wants": "names", "words": "", "least": "2", "points": "20", "module": "mentor-role"}


def text_of(browser: Browser, path: str) -> str:
    return unescape(browser.get(path).text)


def test_each_criterion_says_question_answer_points_and_training(office: Browser) -> None:
    page = text_of(office, PAGE)

    for text in ("Does it of their own accord", "Do you volunteer?", "4 at least", "2 at least of: English, German",
                 "1 at least of: Yes",
                 "none of: time", "Active listening", "Does not count: mentors are not asked this", "<b>85</b>"):
        assert text in page


def test_a_profile_without_criteria_says_so(office: Browser) -> None:
    assert "No criterion yet" in text_of(office, "/programmes/first-bridge/profile")


@pytest.mark.parametrize("path", [PAGE, "/programmes/rising/applications"])
def test_pages_say_while_everybody_is_scored_anew(office: Browser, fakes: FakeServices, path: str) -> None:
    fakes.answer("matching", "GET /programmes/rising/profile", {**PROFILE, "scoring": True})

    assert "All applications of mentors are being scored anew." in text_of(office, path)


def test_a_new_criterion_stands_at_the_end_and_a_changed_one_in_its_place(office: Browser,
                                                                          fakes: FakeServices) -> None:
    new = {"code": "key-1", "key": "skills", "wants": "names", "words": [], "least": 2, "points": 20,
           "module": "mentor-role", "labels": {"en": "Two skills", "de": "Zwei Fähigkeiten"}}

    assert office.send(FORM, GIVEN, FORM).location == PAGE
    assert (fakes.last().version, fakes.last().body) == (
        '"3"', {"profile": {"criteria": [*PROFILE["criteria"], new]}})

    office.send(FORM, GIVEN | {"code": "ready", "wants": "at-least", "least": "3", "words": "a\r\n b \na"}, FORM)
    changed = fakes.last().body["profile"]["criteria"]
    assert [one["code"] for one in changed] == ["willing", "ready", "talks", "gone"]
    assert (changed[1]["least"], changed[1]["words"]) == (3, ["a", "b"])
    assert "being scored by it" in text_of(office, PAGE)


def test_the_form_has_what_is_kept_and_the_codes_of_options(office: Browser) -> None:
    page = text_of(office, f"{FORM}?code=talks")

    for text in ('value="Talks with many"', 'value="Spricht mit vielen"', "English\nGerman</textarea>",
                 '<option value="languages" selected>', '<option value="active-listening" selected>',
                 "English, German"):
        assert text in page
    assert '<option value="goals"' not in page, "only what mentors are asked"
    assert office.get(f"{FORM}?code=nothing").status_code == 404


def test_a_criterion_is_removed(office: Browser, fakes: FakeServices) -> None:
    office.send("/programmes/rising/profile/removal", {"code": "ready", "version": "3"}, PAGE)

    assert [one["code"] for one in fakes.last().body["profile"]["criteria"]] == ["willing", "talks", "gone"]


@pytest.mark.parametrize(("given", "field", "said"), [
    ({"label-en": "", "label-de": " "}, "label-en", "This is needed."),
    ({"points": "many"}, "points", "from 1 to 1,000"),
    ({"points": "1001"}, "points", "from 1 to 1,000"),
    ({"least": "two"}, "least", "A whole number"),
    ({"wants": "names-none"}, "words", "at least one word"),
])
def test_what_cannot_be_kept_stands_beside_its_field(office: Browser, fakes: FakeServices, given: dict[str, str],
                                                     field: str, said: str) -> None:
    answer = office.send(FORM, GIVEN | given, FORM)

    assert answer.status_code == 422
    assert f'id="{field}-e"' in answer.text
    assert said in unescape(answer.text)
    assert "PATCH" not in [one.method for one in fakes.sent]


def test_what_the_service_refuses_is_shown_beside_what_was_entered(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "PATCH /programmes/rising", problem(422, "bad-profile"))

    answer = office.send(FORM, GIVEN, FORM)

    assert answer.status_code == 422
    assert "Nobody can be judged so" in answer.text
    assert 'value="Two skills"' in answer.text


def test_a_removal_that_came_too_late_says_so(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "PATCH /programmes/rising", problem(412, "stale"))

    assert office.send("/programmes/rising/profile/removal", {"code": "ready", "version": "3"}, PAGE).location == PAGE
    assert "Somebody changed this in between" in text_of(office, PAGE)


@pytest.mark.feature("B6")
def test_coordinators_see_score_terms_and_gaps_beside_each_application(office: Browser) -> None:
    page, one = text_of(office, "/programmes/rising/applications"), APPLICATIONS["ap-2"]

    assert one["score"] == sum(term["points"] for term in one["terms"])
    for text in ("<b>55</b>", "of 85 points", "One gap", "Talks with many", "0 of 30 points", "40 of 40 points"):
        assert text in page
    assert "No gap" in text_of(office, "/programmes/rising/applications?state=approved")


def test_training_for_a_gap_is_not_the_first_step_of_two(browser: Browser, fakes: FakeServices) -> None:
    mine = {"id": "a-9", "pair_id": "", "gap": "listens", "module": "active-listening", "due_on": "2026-07-01",
            "state": "assigned", "overdue": False, "titles": {"en": "Active listening", "de": "Aktives Zuhören"}}
    fakes.answer("community", "GET /me/assignments", [mine])
    fakes.answer("surveys", "GET /me/check-ins", [])
    fakes.answer("matching", "GET /me/requests", [])
    browser.sign_in("helena")

    page = text_of(browser, "/my")

    assert "Active listening" in page
    assert "The first step of the two of you" not in page


def test_an_option_is_written_as_people_read_it(office: Browser, fakes: FakeServices) -> None:
    given = {"label-en": "Talks with many", "key": "languages", "wants": "names", "words": "english\nde", "least": "2",
             "points": "30", "module": "active-listening", "code": "talks", "version": "3"}

    office.send("/programmes/rising/criterion", given, page="/programmes/rising/criterion?code=talks")
    page = office.get("/programmes/rising/criterion?code=talks").text

    [kept] = [one for one in fakes.last().body["profile"]["criteria"] if one["code"] == "talks"]
    assert kept["words"] == ["en", "de"]
    assert "English\nGerman</textarea>" in page
