"""Pairs that wait for a yes: a tile of the to-do list, their rows with a reminder for many, and a yes for both."""

from typing import Any

import pytest
from werkzeug.wrappers import Request

from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import PAIRS, FakeServices, problem

pytestmark = pytest.mark.feature("C1")
LIST = "/programmes/rising/pairs?state=to-agree"
PROPOSED = {**PAIRS["p1"], "id": "p8", "state": "accepted", "accepted_by": ["helena"]}


@pytest.fixture(autouse=True)
def proposed(fakes: FakeServices) -> list[dict[str, str]]:
    """What the list of pairs was asked for; it has one that waits for the mentee's yes."""
    asked: list[dict[str, str]] = []

    def listed(request: Request, *_ids: str) -> Any:
        asked.append(request.args.to_dict())
        return [PROPOSED]

    fakes.answer("matching", "GET /programmes/([^/]+)/pairs", listed)
    fakes.answer("matching", "GET /pairs/p8", PROPOSED)
    fakes.answer("matching", "POST /pairs/p8/[a-z]+", PROPOSED)
    return asked


def test_the_tile_leads_to_the_rows_that_it_counts(office: Browser, proposed: list[dict[str, str]]) -> None:
    page = office.get("/programmes/rising").text
    assert "pairs that wait for a yes" in page
    assert f'href="{LIST}"' in page

    rows = office.get(LIST).text

    assert proposed == [{"to_agree": "yes"}]
    assert 'name="shown" value="p8"' in rows
    assert 'aria-current="true">Waiting for a yes' in rows


def test_many_are_reminded_by_one_press_and_whoever_is_left_is_told_why(office: Browser, fakes: FakeServices) -> None:
    values = {"state": "to-agree", "do": "1", "all": "1", "shown": ["p8", "p9"]}
    fakes.answer("matching", "POST /pairs/p9/reminder", problem(409, "mailed-today"))

    answer = office.send("/programmes/rising/pairs/reminders", values, page=LIST)

    assert [(one.path, one.key) for one in fakes.sent] == [
        ("/v1/pairs/p8/reminder", "key-1-p8"), ("/v1/pairs/p9/reminder", "key-1-p9")]
    assert answer.location == "/programmes/rising/pairs?left=mailed-today.p9&state=to-agree"
    fakes.answer("matching", "GET /programmes/([^/]+)/pairs", [{**PROPOSED, "id": "p9"}])
    assert "Has had a mail about it today already." in office.get(answer.location).text


def test_other_views_offer_no_reminder(office: Browser) -> None:
    assert "Remind who has not answered" not in office.get("/programmes/rising/pairs").text


def test_a_coordinator_says_yes_for_both_or_reminds_on_the_page_of_the_pair(
        office: Browser, fakes: FakeServices) -> None:
    page = office.get("/pairs/p8").text
    assert "Say yes for both" in page
    assert "Helena Novotná has said yes." in page
    assert "Amara Okonkwo has not answered yet." in page

    for what in ("acceptance", "reminder"):
        assert office.send(f"/pairs/p8/{what}", page="/pairs/p8").location == "/pairs/p8"
        assert fakes.last().path == f"/v1/pairs/p8/{what}"


def test_a_coordinator_withdraws_it_and_reads_who_hears_of_that(office: Browser) -> None:
    page = office.get("/pairs/p8").text
    told = office.send("/pairs/p8/closure", {"reason": "declined"}, page="/pairs/p8", follow_redirects=True).text

    assert "Whoever has said yes is told, and not why" in page
    assert "Withdraw the proposal" in page
    assert "Withdraw it" in page
    assert "End the pair" not in page
    assert '<select' not in page[page.index('id="end"'):]
    assert "tell both" not in page
    assert "The proposal is withdrawn. Whoever had said yes is told." in told


def test_one_of_the_two_says_yes_for_themselves_and_only_once(mentee: Browser) -> None:
    page = mentee.get("/pairs/p8").text

    assert "Say yes" in page
    assert "for both" not in page
    assert "Remind who has not answered" not in page


def test_whoever_has_said_yes_is_not_asked_again(mentor: Browser) -> None:
    assert "Say yes" not in mentor.get("/pairs/p8").text


def test_what_is_decided_needs_no_yes(office: Browser, fakes: FakeServices) -> None:
    assert "Say yes for both" not in office.get("/pairs/p1").text


def test_a_proposal_is_withdrawn_after_one_more_question(office: Browser, fakes: FakeServices) -> None:
    assert 'href="/pairs/p8/withdrawal"' in office.get("/pairs/p8").text

    page = office.get("/pairs/p8/withdrawal").text
    assert "Helena Novotná has said yes, and is told at once." in page
    assert not [one for one in fakes.sent if one.method != "GET"]
    office.send("/pairs/p8/closure", {"reason": "declined"}, page="/pairs/p8/withdrawal")

    assert (fakes.last().path, fakes.last().body["reason"]) == ("/v1/pairs/p8/closure", "declined")


def test_nobody_is_said_to_be_told_of_a_proposal_that_nobody_agreed_to(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /pairs/p8", {**PROPOSED, "state": "proposed", "accepted_by": []})

    assert "Nobody has said yes yet, and nobody is told." in office.get("/pairs/p8/withdrawal").text


@pytest.mark.parametrize(("who", "state"), [("ilse", "active"), ("ilse", "closed"), ("helena", "proposed")])
def test_nothing_else_is_withdrawn_so(browser: Browser, fakes: FakeServices, who: str, state: str) -> None:
    fakes.answer("matching", "GET /pairs/p8", {**PROPOSED, "state": state})
    browser.sign_in(who)

    assert browser.get("/pairs/p8/withdrawal").location == "/pairs/p8"
