"""The sponsor's own page: objectives, how far people came, the briefing; no way to anybody."""

import pytest
from werkzeug.wrappers import Response

from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import PROGRAMME, FakeServices

PAGE = "/programmes/rising/sponsor"


@pytest.fixture
def sponsor(browser: Browser, fakes: FakeServices) -> Browser:
    fakes.answer("matching", "GET /programmes/rising", {**PROGRAMME, "sponsor_id": "helena"})
    browser.sign_in("helena")
    return browser


def test_whoever_sponsors_a_programme_is_told_so_and_not_that_they_look_after_it(
        sponsor: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /programmes", [{**PROGRAMME, "sponsor_id": "helena"}])

    page = sponsor.get("/programmes").text

    assert "You are the sponsor of one programme." in page
    assert "You look after" not in page


@pytest.mark.feature("S4.3")
def test_the_sponsor_has_a_page_of_their_own(sponsor: Browser) -> None:
    answer = sponsor.get("/programmes/rising")
    page = sponsor.get(PAGE).text

    assert answer.location == PAGE
    for text in ("People stay.", "Engineers stay", "mentees still here after a year, in %", "90", "<b>40</b>",
                 "fewer than 5", "<b>35</b>", "/programmes/rising/briefing.pdf"):
        assert text in page


@pytest.mark.feature("S4.3")
@pytest.mark.parametrize("of", [PAGE, "/programmes/rising/motives"])
def test_no_link_of_the_page_leads_to_people(sponsor: Browser, of: str) -> None:
    page = sponsor.get(of).text

    assert "Rising" in page
    for place in ("people", "applications", "pairs", "tasks", "matching", "settings"):
        assert f'href="/programmes/rising/{place}"' not in page


def test_the_briefing_is_handed_over_as_a_file(sponsor: Browser, fakes: FakeServices) -> None:
    asked: list[str] = []
    fakes.answer("matching", "GET /programmes/rising/briefing.pdf", lambda request: (
        asked.append(request.args["language"]), Response(b"%PDF", content_type="application/pdf", headers={
            "Content-Disposition": 'attachment; filename="briefing.pdf"'}))[1])

    answer = sponsor.get("/programmes/rising/briefing.pdf")

    assert (answer.data, answer.content_type, asked) == (b"%PDF", "application/pdf", ["en"])
    assert "attachment" in answer.headers["Content-Disposition"]
    assert sponsor.get("/programmes/rising/briefing.exe").status_code == 404


def test_coordinators_may_look_at_it_and_strangers_find_nothing(sponsor: Browser) -> None:
    sponsor.sign_in("ilse")
    assert sponsor.get(PAGE).status_code == 200
    assert sponsor.get("/programmes/rising").status_code == 200

    sponsor.sign_in("amara")
    assert sponsor.get(PAGE).status_code == 404
