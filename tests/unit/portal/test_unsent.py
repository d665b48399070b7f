"""What was sent after the session was over comes back to whoever wrote it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.portal.pages.refill import refilled
from services.portal.pages.sessions import SessionsInMemory
from shared.kernel.clock import SettableClock
from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import FakeServices, problem

PAGE = "/programmes/rising/form/field"
SENT = {"key": "", "label-en": "Why do you want a mentor?", "label-de": "", "kind": "text",
        "roles": ["mentee"], "version": "1", "options": "<b>yes</b>\r\nno", "required": "1"}


def signed_out(browser: Browser) -> str:
    """The session is over on the server; the browser does not know. Gives the hidden field of its form."""
    token = browser.get(PAGE).text.split('name="csrf_token" value="')[1].split('"')[0]
    cookie = browser.client.get_cookie("ithaca")
    browser.send("/sign-out", page=PAGE)
    assert cookie
    browser.client.set_cookie("ithaca", cookie.value)
    return token


def sent_too_late(browser: Browser, page: str = PAGE, **fields: object) -> str:
    """Gives where it led."""
    token = signed_out(browser)
    answer = browser.client.post(PAGE, data={"csrf_token": token, "form_key": "press-1", **SENT, **fields},
                                 headers={"Referer": f"http://localhost{page}"} if page else {})
    assert answer.status_code == 303
    return str(answer.location)


def test_who_signs_in_again_finds_the_form_filled_in(office: Browser, fakes: FakeServices) -> None:
    to = sent_too_late(office)
    assert "What you filled in is kept for half an hour" in office.get(to).text

    office.sign_in("ilse", PAGE)
    page = office.get(PAGE).text

    assert "This was not sent yet" in page
    assert 'value="Why do you want a mentor?"' in page
    assert "&lt;b&gt;yes&lt;/b&gt;\r\nno</textarea>" in page
    assert 'name="form_key" value="press-1"' in page
    assert not [one for one in fakes.sent if one.method != "GET"]


def test_what_was_chosen_is_chosen_again(office: Browser) -> None:
    sent_too_late(office)
    office.sign_in("ilse")

    page = office.get(PAGE).text

    assert 'name="roles" type="checkbox" value="mentee" checked>' in page
    assert 'name="roles" type="checkbox" value="mentor">' in page


def test_it_is_over_once_it_is_sent(office: Browser) -> None:
    sent_too_late(office)
    office.sign_in("ilse")

    office.send(PAGE, SENT, page=PAGE)

    assert "This was not sent yet" not in office.get(PAGE).text


def test_it_stays_where_a_service_does_not_answer(office: Browser, fakes: FakeServices) -> None:
    sent_too_late(office)
    office.sign_in("ilse")
    fakes["matching"].down = True
    office.client.post(PAGE, data={"csrf_token": token_of(office), **SENT})
    fakes["matching"].down = False

    assert 'value="Why do you want a mentor?"' in office.get(PAGE).text


def test_it_can_be_thrown_away(office: Browser) -> None:
    sent_too_late(office)
    office.sign_in("ilse")

    answer = office.send("/unsent/removal", {"next": PAGE}, page=PAGE)

    assert answer.location == PAGE
    assert "Why do you want a mentor?" not in office.get(PAGE).text


def test_somebody_else_does_not_get_it_and_it_is_dropped(office: Browser) -> None:
    sent_too_late(office)

    office.sign_in("amara", PAGE)
    other = office.get("/my").text + office.get(PAGE).text
    office.sign_in("ilse")

    assert "Why do you want a mentor?" not in other
    assert "Why do you want a mentor?" not in office.get(PAGE).text


def test_signing_out_drops_it(office: Browser) -> None:
    sent_too_late(office)
    office.sign_in("ilse")
    office.send("/sign-out", page=PAGE)

    office.sign_in("ilse")

    assert "Why do you want a mentor?" not in office.get(PAGE).text


def test_a_form_that_another_site_made_is_not_kept(office: Browser) -> None:
    sent_too_late(office, csrf_token="made up")
    office.sign_in("ilse")

    assert "Why do you want a mentor?" not in office.get(PAGE).text


def test_a_mere_press_is_not_kept(office: Browser) -> None:
    token = signed_out(office)

    answer = office.client.post("/programmes/rising/runs", data={"csrf_token": token, "form_key": "press-1"})

    assert "find the page again and send it once more" in office.get(answer.location).text


def test_the_cookie_tells_neither_who_nor_what(office: Browser) -> None:
    sent_too_late(office)

    with office.client.session_transaction() as session:
        said = str(dict(session))

    assert "ilse" not in said
    assert "mentor?" not in said


def test_a_form_whose_page_is_not_known_comes_back_as_text(office: Browser) -> None:
    sent_too_late(office, page="")
    office.sign_in("ilse")

    page = office.get("/programmes").text

    assert "the page of the form cannot be told any more" in page
    assert "Why do you want a mentor?</p>" in page


def test_a_token_that_does_not_count_any_more_loses_nothing(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "PATCH /programmes/rising", lambda _request: problem(401, "not-signed-in"))
    office.send(PAGE, {**SENT, "kind": "short-text", "options": ""}, page=PAGE,
                headers={"Referer": f"http://localhost{PAGE}"})

    office.sign_in("ilse")

    assert 'value="Why do you want a mentor?"' in office.get(PAGE).text


def test_the_page_about_privacy_says_so(browser: Browser) -> None:
    assert "A form that you send after you were signed out: for half an hour" in browser.get("/privacy").text


def test_nothing_is_kept_for_longer_than_it_should_be_or_beside_too_much() -> None:
    clock = SettableClock(datetime(2026, 3, 2, tzinfo=UTC))
    kept = SessionsInMemory(clock, hours=0.5, most=2)
    first, second, third = (kept.begin({"number": number}) for number in range(3))

    assert [kept.find(one) for one in (first, third)] == [None, {"number": 2}]
    clock.set(clock.now() + timedelta(minutes=30))
    assert kept.find(second) is None


def test_it_stays_where_the_old_tab_is_sent_once_more(office: Browser) -> None:
    late: dict[str, Any] = {"data": {"csrf_token": signed_out(office), **SENT},
                            "headers": {"Referer": f"http://localhost{PAGE}"}}
    office.client.post(PAGE, **late)
    office.sign_in("ilse", PAGE)

    assert office.client.post(PAGE, **late).status_code == 400
    assert 'value="Why do you want a mentor?"' in office.get(PAGE).text


FORMS = """<p>a &amp; b\u2028c\x85d</p>
<details class="x"><form method="post" action="/a/b%20c"><input type="hidden" name="id" value="1">
<textarea name="note"></textarea><button name="note" value="no">Send</button></form></details>
<details class="x"><form method="post" action="/a/b%20c"><input type="hidden" name="id" value="2">
<textarea name="note">old</textarea><select name="why"><option value="">-</option><option value="x" selected>X</option>
<option value="y">Y</option></select>
<input type="radio" name="r" value="1" checked><input type="radio" name="r" value="2">
<input type="file" name="file"></form></details>"""


def test_only_the_form_that_is_about_the_same_is_filled_and_its_fold_opened() -> None:
    page = refilled(FORMS, "/a/b c", {"id": ["2"], "note": ["new & </textarea>"], "why": ["y"], "r": ["2"]})

    first, second = page.split("</details>")[:2]
    assert first == FORMS.split("</details>")[0]
    assert '<details class="x" open>' in second
    assert ">\nnew &amp; &lt;/textarea&gt;</textarea>" in second
    assert '<option value="x">X</option>\n<option value="y" selected>' in second
    assert 'value="1"><input type="radio" name="r" value="2" checked>' in second


@pytest.mark.parametrize(("path", "fields"), [("/a/b c", {"id": ["3"]}), ("/elsewhere", {"id": ["2"]})])
def test_a_page_without_that_form_stays_as_it_is(path: str, fields: dict[str, list[str]]) -> None:
    assert refilled(FORMS, path, fields) == FORMS


def token_of(browser: Browser) -> str:
    """Out of a page that needs no service."""
    return browser.get("/sign-in").text.split('name="csrf_token" value="')[1].split('"')[0]
