"""A flash pair on the pages: one question with the request, a day for the session, no agreement and no goal."""

from typing import Any

import pytest

from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import PROGRAMME, REQUESTS, FakeServices, problem
from tests.unit.portal.test_setting_up import AS_IS, PAGE

QUESTION = "How did you survive your first <budget>?"
SHOWN = "How did you survive your first &lt;budget&gt;?"
FLASH = {**PROGRAMME, "format": "flash", "gates": [], "check_in_days": [14]}
JOURNEY = {"id": "j-p1", "pair_id": "p1", "state": "under-way", "terms": None, "once": True,
           "next_check_in_at": "2026-06-20T07:00:00.000Z"}


@pytest.fixture(autouse=True)
def flash(fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /programmes/rising", FLASH)
    fakes.answer("matching", "GET /pairs/p1/question", {"text": QUESTION})
    fakes.answer("surveys", "GET /pairs/p1/journey", JOURNEY)
    fakes.answer("surveys", "PUT /journeys/j-p1/session-day", JOURNEY)
    fakes.answer("surveys", "GET /journeys/j-p1/goals", [])


@pytest.mark.feature("C14")
@pytest.mark.parametrize(("language", "label"), [("en", "Your question"), ("de", "Deine Frage")])
def test_one_question_goes_with_the_request(browser: Browser, fakes: FakeServices, language: str, label: str) -> None:
    place = "/my/programmes/rising/mentors"
    browser.sign_in("hanh")
    browser.send("/language", {"language": language, "next": "/"})
    page = browser.get(place).text

    browser.send("/my/requests", {"programme_id": "rising", "choice-1": "helena", "one_question": QUESTION}, place)

    assert label in page
    assert 'name="one_question" rows="4" maxlength="2000"' in page
    assert fakes.last().body == {"mentor_ids": ["helena"], "one_question": QUESTION}


def test_without_one_the_reader_is_told(browser: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "POST /programmes/rising/requests", problem(422, "no-question"))
    browser.sign_in("hanh")

    browser.send("/my/requests", {"programme_id": "rising", "choice-1": "helena"}, "/my/programmes/rising/mentors")

    assert "Write down the one question that you have." in browser.get("/my").text


@pytest.mark.feature("C14")
def test_whoever_is_asked_reads_it_beside_the_answer(mentor: Browser, fakes: FakeServices) -> None:
    asked = {**REQUESTS["r1"], "choices": [REQUESTS["r1"]["choices"][1]], "one_question": QUESTION}
    fakes.answer("matching", "GET /me/requests", [asked])

    page = mentor.get("/my").text

    assert f"Jun-seo Baek asks: {SHOWN}" in " ".join(page.split())
    assert "<budget>" not in page


@pytest.mark.feature("C14")
def test_the_two_are_asked_for_a_day_and_for_nothing_else(mentee: Browser, fakes: FakeServices) -> None:
    page = mentee.get("/my").text
    assert "The day of your session" in page
    for word in ("How often do you meet?", "Add a goal", 'action="/my/journeys/j-p1/agreement"'):
        assert word not in page

    mentee.send("/my/journeys/j-p1/session-day", {"day": "2026-06-12"}, "/my")

    assert (fakes.last().path, fakes.last().body) == ("/v1/journeys/j-p1/session-day", {"day": "2026-06-12"})
    assert "The day is noted for both of you." in mentee.get("/my").text


def test_once_they_are_asked_the_day_is_settled(mentee: Browser, fakes: FakeServices) -> None:
    fakes.answer("surveys", "GET /pairs/p1/journey", {**JOURNEY, "next_check_in_at": None, "meets_on": "2026-06-12"})

    page = mentee.get("/my").text

    assert "12 June 2026" in page
    assert "session-day" not in page


@pytest.mark.feature("C14")
@pytest.mark.parametrize(("person", "reads"), [("amara", True), ("helena", True), ("ilse", False)])
def test_the_page_of_a_pair_keeps_the_question_for_the_two(browser: Browser, person: str, reads: bool) -> None:
    browser.sign_in(person)

    page = browser.get("/pairs/p1").text

    assert (SHOWN in page) is reads
    assert "Session" in page
    assert "Rhythm" not in page


@pytest.mark.feature("C14")
def test_a_coordinator_sets_when_it_closes_and_no_gates(office: Browser, fakes: FakeServices) -> None:
    page = office.get(PAGE).text
    assert 'name="gates"' not in page
    assert "Days until a pair closes" in page

    said: dict[str, Any] = {**AS_IS, "close_days": "21", "check_in_days": "14"}
    said.pop("gates")
    office.send(PAGE, said, PAGE)

    assert (fakes.last().body["close_days"], fakes.last().body["gates"]) == (21, [])
