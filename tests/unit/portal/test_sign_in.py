"""Signing in, and what a session may and may not."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import PROGRAMME, RUN, FakeServices, problem


def test_a_stranger_is_sent_to_the_sign_in_and_back(browser: Browser) -> None:
    page = browser.get("/programmes/rising")

    assert page.status_code == 303
    assert page.location == "/sign-in?next=/programmes/rising"


def test_sample_people_are_offered_by_what_they_are(browser: Browser) -> None:
    page = browser.get("/sign-in").text

    assert "Ilse Brandt" in page
    assert '<span class="ith-person__meta">Programme office</span>' in page
    assert '<span class="ith-person__meta">Mentee · with Helena Novotná</span>' in page


@pytest.mark.parametrize(("person", "home"), [("ilse", "/programmes"), ("amara", "/my"), ("hanh", "/my")])
def test_everybody_begins_where_their_work_is(browser: Browser, person: str, home: str) -> None:
    browser.sign_in(person)

    assert browser.get("/").location == home


def test_whom_the_directory_does_not_know_goes_by_the_clock_of_the_programmes(
        browser: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /people/ilse", problem(404, "not-found"))
    fakes.answer("matching", "GET /programmes", [{**PROGRAMME, "time_zone": "Asia/Tokyo"}])
    fakes.answer("matching", "GET /programmes/rising/runs", [{**RUN, "created_at": "2027-01-11T09:30:00.000Z"}])

    browser.sign_in("ilse")

    assert "11 January 2027, 18:30" in browser.get("/programmes/rising/matching").text


def test_nobody_can_sign_in_as_somebody_who_is_not_on_the_list(browser: Browser) -> None:
    browser.sign_in("mallory")

    assert browser.get("/my").status_code == 303


def test_after_the_sign_in_nobody_is_led_away(browser: Browser) -> None:
    answer = browser.sign_in("ilse", to="//evil.example/")

    assert answer.location == "/"


@pytest.mark.parametrize(("sender", "back"), [
    ("http://localhost/programmes/rising/form/field?key=why", "?next=/programmes/rising/form/field%3Fkey%3Dwhy"),
    ("http://evil.example/programmes/rising", ""), ("http://localhost//evil.example/", ""), ("", "")])
def test_a_form_of_whoever_was_signed_out_leads_to_the_sign_in_and_back_to_the_page(
    office: Browser, fakes: FakeServices, sender: str, back: str
) -> None:
    office.client.delete_cookie("ithaca")
    sent = {"data": {"label-en": "Why?"}, "headers": {"Referer": sender} if sender else {}}

    answer = office.client.post("/programmes/rising/form/field", **sent)

    assert (answer.status_code, answer.location) == (303, f"/sign-in{back}")
    assert "You were signed out meanwhile, and nothing was sent." in office.get(answer.location).text
    assert not fakes.sent


@pytest.mark.parametrize(("sender", "told"), [
    ("/programmes/rising/form/field", "then you are back on the page"), ("", "find the page again"),
    ("/campaigns/cam-1/texts/chat", "find the page again"), ("/my/endorsements/ap-1", "find the page again")])
def test_a_page_that_only_takes_forms_is_not_gone_back_to(office: Browser, sender: str, told: str) -> None:
    office.client.delete_cookie("ithaca")
    headers = {"Referer": f"http://localhost{sender}"} if sender else {}

    answer = office.client.post("/campaigns/cam-1/texts/chat", data={"text": "x"}, headers=headers)

    assert ("next=" in answer.location) is ("back" in told)
    assert told in office.get(answer.location).text


def test_an_answer_from_a_mail_needs_no_sign_in_even_when_its_form_is_stale(browser: Browser) -> None:
    answer = browser.client.post("/c/abcdefghijklmnopqrstuv", data={"rating": "4"})

    assert answer.status_code == 400


def test_signing_out_ends_the_session_on_the_server(office: Browser) -> None:
    cookie = office.client.get_cookie("ithaca")
    office.send("/sign-out", page="/programmes")
    assert cookie
    office.client.set_cookie("ithaca", cookie.value)

    assert office.get("/programmes").status_code == 303


def test_a_session_gets_a_new_id_at_each_sign_in(browser: Browser) -> None:
    browser.sign_in("ilse")
    first = browser.client.get_cookie("ithaca")
    browser.sign_in("amara")

    assert first != browser.client.get_cookie("ithaca")


def test_the_cookie_is_held_to_this_host_over_https(portal_app: Callable[..., Flask]) -> None:
    client = portal_app(public_url="https://ithaca.caldera.example").test_client()

    cookie = client.get("/sign-in", base_url="https://ithaca.caldera.example").headers["Set-Cookie"]

    assert cookie.startswith("__Host-ithaca=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}


def test_calls_carry_a_short_lived_token_of_the_person(office: Browser, fakes: FakeServices) -> None:
    office.send("/programmes/rising/runs", page="/programmes/rising/matching")

    assert fakes.last().authorization.startswith("Bearer ey")
    assert fakes.last().key == "key-1"


def test_a_token_that_does_not_count_any_more_means_signing_in_again(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /programmes/rising", lambda _request: problem(401, "not-signed-in"))

    page = office.get("/programmes/rising")

    assert page.location == "/sign-in?next=/programmes/rising"
    assert office.get("/programmes").status_code == 303
