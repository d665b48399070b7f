"""Answering a check-in by the link in the mail, and signed in."""

import re
from datetime import timedelta

import pytest
from werkzeug.wrappers import Request

from shared.kernel.clock import SettableClock, iso
from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import CHECK_IN, PROGRAMME, FakeServices, caller, problem

LINK = "/c/abcdefghijklmnopqrstuv/4"
CODE = "/c/abcdefghijklmnopqrstuv"


def answers(fakes: FakeServices) -> list[object]:
    return [sent.body for sent in fakes.sent if sent.method == "PUT"]


def test_opening_the_link_records_nothing(browser: Browser, fakes: FakeServices) -> None:
    page = browser.get(LINK).text

    assert not answers(fakes)
    assert "You chose “Good” in the mail" in page
    assert 'value="4" checked' in page


@pytest.mark.parametrize(("known", "told"), [
    ({"time_zone": "Asia/Tokyo"}, "1 March 2099"), (problem(404, "not-found"), "28 February 2099")])
def test_the_last_day_is_that_of_whoever_is_asked_else_of_the_programme(
        browser: Browser, fakes: FakeServices, known: object, told: str) -> None:
    fakes.answer("surveys", "GET /check-ins/ci-1", {**CHECK_IN, "closes_at": "2099-03-01T02:30:00.000Z"})
    fakes.answer("matching", "GET /people/amara", known)
    fakes.answer("matching", "GET /programmes/rising", {**PROGRAMME, "time_zone": "America/Lima"})

    assert f"You can change your answer until {told}." in browser.get(LINK).text


def test_the_last_day_of_somebody_far_east_is_the_next(browser: Browser, fakes: FakeServices) -> None:
    fakes.answer("surveys", "GET /check-ins/ci-1", {**CHECK_IN, "closes_at": "2099-03-01T16:30:00.000Z"})
    fakes.answer("matching", "GET /people/amara", {"time_zone": "Asia/Tokyo"})

    assert "You can change your answer until 2 March 2099." in browser.get(LINK).text


def test_one_press_answers_without_a_sign_in(browser: Browser, fakes: FakeServices) -> None:
    answer = browser.send(CODE, {"rating": "4"}, page=LINK)

    assert answer.location == f"{CODE}/thanks"
    assert answers(fakes) == [{"rating": 4}]


def test_the_answer_is_given_in_the_name_of_the_one_who_was_asked(browser: Browser, fakes: FakeServices) -> None:
    seen: list[str] = []

    def answered(request: Request) -> object:
        seen.append(caller(request))
        return CHECK_IN

    fakes.answer("surveys", "PUT /check-ins/ci-1/answer", answered)

    browser.send(CODE, {"rating": "4"}, page=LINK)

    assert seen == ["amara"]


def test_everything_that_was_said_is_sent(browser: Browser, fakes: FakeServices) -> None:
    values = {"rating": "2", "met": "no", "comment": " We keep missing each other. ", "share": "1"}

    browser.send(CODE, values, page=LINK)

    assert answers(fakes) == [
        {"rating": 2, "met": False, "comment": "We keep missing each other.", "comment_visible": True}
    ]


def test_a_script_sends_the_rating_that_was_clicked(browser: Browser, fakes: FakeServices) -> None:
    answer = browser.send(CODE, {"rating": "4", "by_script": "1"}, page=LINK)

    assert "Your answer is kept." in answer.text
    assert answers(fakes) == [{"rating": 4}]


def test_another_rating_of_the_same_link_within_two_minutes_waits_for_a_press(
    browser: Browser, fakes: FakeServices, clock: SettableClock
) -> None:
    just_now = iso(clock.now() - timedelta(seconds=90))
    given = {**CHECK_IN, "state": "answered", "answer": {"rating": 1}, "answered_at": just_now}
    fakes.answer("surveys", "GET /check-ins/ci-1", given)

    answer = browser.send(CODE, {"rating": "4", "by_script": "1"}, page=LINK)

    assert "Please press" in answer.text
    assert not answers(fakes)
    browser.send(CODE, {"rating": "4"}, page=LINK)
    assert answers(fakes) == [{"rating": 4}]


def test_the_same_rating_again_is_not_sent_twice(browser: Browser, fakes: FakeServices) -> None:
    given = {**CHECK_IN, "state": "answered", "answer": {"rating": 4, "comment": "Fine"}}
    fakes.answer("surveys", "GET /check-ins/ci-1", given)

    answer = browser.send(CODE, {"rating": "4", "by_script": "1"}, page=LINK)

    assert "Your answer is kept." in answer.text
    assert not answers(fakes)


def test_the_link_shows_what_was_answered_before(browser: Browser, fakes: FakeServices) -> None:
    given = {**CHECK_IN, "state": "answered", "answer": {"rating": 3, "comment": "Fine so far", "met": True}}
    fakes.answer("surveys", "GET /check-ins/ci-1", given)

    page = browser.get(LINK).text

    assert "Fine so far" in page
    assert 'value="yes" checked' in page


@pytest.mark.parametrize("path", ["/c/forged/4", "/c/forged0000000000000000/2"])
def test_a_forged_link_says_that_it_does_not_work(browser: Browser, path: str) -> None:
    answer = browser.get(path)

    assert answer.status_code == 404
    assert "This link does not work" in answer.text


def test_an_expired_link_says_that_it_is_closed(browser: Browser) -> None:
    answer = browser.get("/c/closed0000000000000000/4")

    assert answer.status_code == 410
    assert "This check-in is closed" in answer.text


def test_who_has_not_met_says_so_and_is_asked_for_the_rating(browser: Browser, fakes: FakeServices) -> None:
    page = browser.get("/c/abcdefghijklmnopqrstuv/0").text

    assert re.search(r'id="met-no"[^>]* checked', page)
    assert "Choose one" in page
    assert 'name="by_script"' not in page


def test_a_rating_outside_the_scale_is_nothing(browser: Browser, fakes: FakeServices) -> None:
    assert browser.get("/c/abcdefghijklmnopqrstuv/6").status_code == 404
    assert browser.send(CODE, {"rating": "0"}, page=LINK).status_code == 404
    assert not answers(fakes)


def test_an_answer_that_came_too_late_is_told(browser: Browser, fakes: FakeServices) -> None:
    fakes.answer("surveys", "PUT /check-ins/ci-1/answer", lambda _request: problem(409, "wrong-state", "closed"))

    answer = browser.send(CODE, {"rating": "5"}, page=LINK)

    assert answer.location == "/c/abcdefghijklmnopqrstuv/5"
    assert "something changed in between" in browser.get(answer.location).text


def test_a_check_in_is_answered_signed_in(mentee: Browser, fakes: FakeServices) -> None:
    answer = mentee.send("/my/check-ins/ci-1", {"rating": "5"}, page="/my/check-ins/ci-1")

    assert answer.location == "/my"
    assert answers(fakes) == [{"rating": 5}]


def test_the_question_can_be_answered_while_matching_is_away(browser: Browser, fakes: FakeServices) -> None:
    fakes["matching"].down = True

    page = browser.get(LINK)

    assert page.status_code == 200
    assert "How is mentoring going?" in page.text


def test_the_link_is_short(browser: Browser) -> None:
    assert len(LINK) <= 28
