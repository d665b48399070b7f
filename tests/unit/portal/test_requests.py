"""Asking for a mentor on the pages: choices, answers, and the coordinator's list. All of it without scripts."""

import re
from html import unescape
from typing import Any

import pytest
from werkzeug.wrappers import Request

from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import REQUESTS, FakeServices, problem

ASKED = {**REQUESTS["r1"], "choices": [REQUESTS["r1"]["choices"][1]]}
OWN = {**REQUESTS["r1"], "mentee_id": "hanh"}


def signed_in(browser: Browser, person: str) -> str:
    browser.sign_in(person)
    return browser.get("/my").text


@pytest.fixture
def asked(browser: Browser, fakes: FakeServices) -> str:
    """What a mentor sees whom somebody asks."""
    fakes.answer("matching", "GET /me/requests", [ASKED])
    return signed_in(browser, "helena")


@pytest.fixture
def asking(browser: Browser, fakes: FakeServices) -> str:
    """What a mentee sees who asks."""
    fakes.answer("matching", "GET /me/requests", [OWN])
    fakes.answer("matching", "GET /me/openings", [])
    return signed_in(browser, "hanh")


@pytest.mark.feature("C4")
def test_a_mentee_sees_what_became_of_each_choice(asking: str) -> None:
    for words in ("Your choices", "Cannot this time", "Has a question", "Not asked yet", "until 12 June 2026",
                  "What for?"):
        assert words in asking
    assert "I have no time now" not in asking


@pytest.mark.feature("C4")
def test_a_mentee_names_mentors_in_order(browser: Browser, fakes: FakeServices) -> None:
    before = signed_in(browser, "hanh")
    page = browser.get("/my/programmes/rising/mentors").text
    values = {"programme_id": "rising", "choice-1": "marguerite", "choice-2": "", "choice-3": "helena"}
    browser.send("/my/requests", values, page="/my/programmes/rising/mentors")

    assert "Choose your mentor in Rising Engineers" in before
    assert 'href="/my/programmes/rising/mentors"' in before
    assert page.index('value="helena"') < page.index('value="marguerite"')
    assert "3 working days" in page
    assert 'href="/programmes/rising/people"' not in page, "that is for whoever leads the programme"

    assert (fakes.last().path, fakes.last().body, fakes.last().key) == (
        "/v1/programmes/rising/requests", {"mentor_ids": ["marguerite", "helena"]}, "key-1")


@pytest.mark.feature("S4.12")
def test_a_mentee_reads_who_is_recommended_and_why(browser: Browser, fakes: FakeServices) -> None:
    signed_in(browser, "hanh")
    page = browser.get("/my/programmes/rising/mentors").text
    listed = page[page.index('id="recommended"'):page.index('<form class="ith-form ')]

    assert listed.index("Helena") < listed.index("Marguerite")
    for words in ("skills (Python, leading) · your wish number 2 · languages (Deutsch)", "place (Hamburg)",
                  "Room for 2 more", "Room for one more"):
        assert words in listed
    assert not {"7300", "7,300", "6100", "6,100"} & set(re.findall(r"[\d,]+", page)), "no score is shown"
    fakes.answer("matching", "GET /programmes/rising/offers", [{"mentor_id": "helena", "score": 1}])
    assert "Recommended for you" in browser.get("/my/programmes/rising/mentors").text, "of an older service"


def test_many_recommended_mentors_open_on_demand(browser: Browser, fakes: FakeServices) -> None:
    many = [{"mentor_id": f"m{n}", "score": 9 - n, "room": 1, "reasons": []} for n in range(8)]
    fakes.answer("matching", "GET /programmes/rising/offers", many)
    signed_in(browser, "hanh")

    page = browser.get("/my/programmes/rising/mentors").text

    assert page.index(">5<") < page.index("3 more") < page.index(">6<")
    assert '<ol class="ith-list" start="6">' in page


@pytest.mark.feature("C2")
def test_a_mentee_looks_for_somebody_behind_the_best_and_puts_them_on_the_list(
        browser: Browser, fakes: FakeServices) -> None:
    asked: list[str | None] = []

    def offers(request: Request) -> Any:
        asked.append(request.args.get("text"))
        return [{"mentor_id": "haakon", "score": 1, "room": 1, "reasons": []}] if "text" in request.args else []

    fakes.answer("matching", "GET /programmes/rising/offers", offers)
    signed_in(browser, "hanh")
    place = "/my/programmes/rising/mentors"

    found = unescape(browser.get(f"{place}?text=%20grid%20%20control&pick=helena").text)
    [link] = re.findall(r'href="([^"]+)">Put on my list', found)
    again = unescape(browser.get(link.partition("#")[0]).text)
    picked = unescape(browser.get(f"{place}?pick=helena&pick=haakon&pick=nobody-known").text)

    assert asked[0] == "grid control"
    assert "Found for you" in found
    assert "Håkon Lindqvist" in found
    assert '<option value="helena" selected>' in found
    assert '<input type="hidden" name="pick" value="helena">' in found
    assert "On your list below" in again
    assert all(f'<option value="{one}" selected>' in picked for one in ("helena", "haakon"))
    assert 'value="nobody-known"' not in picked


def test_who_answers_to_nothing_is_told_so_and_nobody_is_named(browser: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /programmes/rising/offers", [])
    signed_in(browser, "hanh")

    page = browser.get("/my/programmes/rising/mentors?text=x").text

    assert "Nobody who has room for you answers to that." in page
    assert "Nobody has room right now." not in page


def test_who_is_asked_already_is_not_recommended_again(browser: Browser, fakes: FakeServices, asking: str) -> None:
    assert asking
    fakes.answer("matching", "GET /programmes/rising/offers",
                 [{"mentor_id": "haakon", "score": 9, "room": 1, "reasons": []}])

    assert 'id="recommended"' not in browser.get("/my/programmes/rising/mentors").text


@pytest.mark.feature("C4")
def test_a_mentee_changes_who_is_asked_next(browser: Browser, fakes: FakeServices, asking: str) -> None:
    page = browser.get("/my/programmes/rising/mentors").text
    browser.send("/my/requests/r1/choices", {"version": "3", "choice-1": ""}, page="/my/programmes/rising/mentors")

    assert 'href="/my/programmes/rising/mentors"' in asking
    assert page.count("<select") == 1
    assert '<option value="helena" selected>' in page
    assert '<option value="haakon"' not in page

    assert (fakes.last().method, fakes.last().path, fakes.last().body) == (
        "PUT", "/v1/requests/r1/choices", {"mentor_ids": []})


@pytest.mark.feature("C2")
def test_a_mentor_says_yes_with_one_press_on_my_mentoring(browser: Browser, fakes: FakeServices, asked: str) -> None:
    assert "Jun-seo Baek asks you to be their mentor" in asked
    assert asked.count('action="/my/requests/r1/acceptance"') == 2

    told = browser.send("/my/requests/r1/acceptance", page="/my", follow_redirects=True).text

    assert fakes.last().path == "/v1/requests/r1/acceptance"
    assert "You are a pair now" in told


@pytest.mark.feature("C17")
@pytest.mark.parametrize(("what", "values"), [
    ("refusal", {"reason": "no-time", "note": "moving"}), ("refusal", {"reason": "other"}),
    ("question", {"text": "What for?"}), ("reply", {"text": "So."}), ("withdrawal", {}),
])
@pytest.mark.usefixtures("asked")
def test_every_answer_is_passed_on(browser: Browser, fakes: FakeServices, what: str, values: dict[str, Any]) -> None:
    answer = browser.send(f"/my/requests/r1/{what}", values, page="/my")

    assert answer.status_code == 303
    assert (fakes.last().path, fakes.last().body) == (f"/v1/requests/r1/{what}", values)


def test_nobody_is_scored_before_the_page_with_the_offers_is_asked_for(browser: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /programmes/rising/offers", problem(500, "asked-for"))

    assert "See who has room" in signed_in(browser, "hanh")


def test_who_has_asked_all_three_is_told_so(browser: Browser, fakes: FakeServices) -> None:
    gone = [{**REQUESTS["r1"]["choices"][0], "mentor_id": one, "state": "declined"} for one in ("a", "b", "helena")]
    fakes.answer("matching", "GET /me/requests", [{**OWN, "choices": gone}])
    signed_in(browser, "hanh")

    page = browser.get("/my/programmes/rising/mentors").text

    assert "Everybody on your list has been asked already." in page
    assert "Nobody has room right now." not in page


def test_whoever_may_not_choose_now_is_told_why(browser: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /programmes/rising/offers", problem(409, "no-free-seat", "no seat is free"))
    signed_in(browser, "hanh")

    answer = browser.get("/my/programmes/rising/mentors")

    assert (answer.status_code, answer.location) == (303, "/my")
    assert "One of the two has no free seat any more." in browser.get("/my").text


@pytest.mark.feature("C4")
def test_the_day_is_that_of_whoever_reads_it(browser: Browser, fakes: FakeServices) -> None:
    last = {**ASKED["choices"][0], "answer_by": "2026-06-12T22:59:59.999Z"}
    fakes.answer("matching", "GET /me/requests", [{**ASKED, "choices": [last]}])

    days = [signed_in(browser, one).count("Please answer by 12 June 2026") for one in ("helena", "ilse")]

    assert days == [1, 0], "in Hamburg it is the 13th by then"


@pytest.mark.usefixtures("asked")
def test_an_answer_that_nobody_knows_is_not_found(browser: Browser) -> None:
    assert browser.send("/my/requests/r1/praise", page="/my").status_code == 404


@pytest.mark.feature("C2")
@pytest.mark.usefixtures("asked")
def test_a_yes_that_comes_too_late_is_told_why(browser: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "POST /requests/r1/acceptance", problem(409, "no-free-seat", "no seat is free"))

    told = browser.send("/my/requests/r1/acceptance", page="/my", follow_redirects=True).text

    assert "One of the two has no free seat any more." in told


@pytest.mark.feature("C17")
def test_coordinators_see_requests_and_how_often_each_reason_was_given(office: Browser) -> None:
    page = office.get("/programmes/rising/requests").text

    for words in ("Jun-seo Baek", "Somebody is asked", "Nobody left to ask", "Why they said no", "as of",
                  "Counted in steps of 3, from 12 refusals on", "I have no time now"):
        assert words in page
    assert "What for?" not in page
    assert "/programmes/rising/requests" in office.get("/programmes/rising/pairs").text


def test_a_list_that_found_nobody_stands_beside_the_next_choice(browser: Browser) -> None:
    page = signed_in(browser, "hanh")

    assert "Nobody on this list could." in page
    assert REQUESTS["r2"]["state"] == "exhausted"


def test_my_mentoring_without_requests_is_as_before(browser: Browser) -> None:
    page = signed_in(browser, "amara")

    assert "Your choices" not in page
    assert "Choose your mentor" not in page


@pytest.mark.usefixtures("asked")
def test_the_same_in_german(browser: Browser) -> None:
    browser.send("/language", {"language": "de", "next": "/my"}, page="/my")

    page = browser.get("/my").text

    for words in ("Jun-seo Baek wünscht sich dich als Mentor/in", "Ja, gern", "Diesmal nicht",
                  "Mir fehlt gerade die Zeit"):
        assert words in page


def test_while_refusals_of_a_large_programme_are_first_counted_the_page_says_so(office: Browser) -> None:
    page = office.get("/programmes/first-bridge/requests").text

    assert "Counted right now" in page
    assert "Why they said no" not in page
