"""Pairs, their timeline, and the coordinator's tasks."""

import re
from typing import Any

import pytest
from werkzeug.wrappers import Request

from services.portal.pages.wording import DECLINE_REASONS
from shared.kernel.clock import SettableClock, parse
from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import PAIRS, PROGRAMME, FakeServices, problem


@pytest.mark.parametrize(("state", "count"), [("", 3), ("active", 1), ("closed", 1), ("nonsense", 3)])
def test_pairs_are_listed_by_state(office: Browser, state: str, count: int) -> None:
    page = office.get(f"/programmes/rising/pairs?state={state}").text

    assert len(re.findall(r'href="/pairs/p\d"', page)) == count


def test_four_services_tell_one_story_newest_first(office: Browser) -> None:
    page = office.get("/pairs/p1?state=all").text

    told = [
        "is still without an answer",
        "answered the check-in",
        "Mail to Helena",
        "Mentoring began",
        "completed the training",
        "drafted a goal",
        "Became a pair",
    ]
    places = [page.index(text) for text in told]
    assert places == sorted(places)
    assert "2 in a row." in page


def test_what_is_routine_is_shown_when_asked_for(office: Browser) -> None:
    first, everything = (office.get(f"/pairs/p1{query}").text for query in ("", "?state=all"))

    assert "Mail to Helena" not in first
    assert "Mail to Helena" in everything


def test_a_coordinator_sees_the_ratings_of_both_sides(office: Browser) -> None:
    page = office.get("/pairs/p1").text

    cells = re.findall(r"<tr><th scope=\"row\">(\d+ \w+)</th><td>(.*?)</td><td>(.*?)</td></tr>", page)
    told = [(day, *(re.sub(r"<[^>]+>", "", cell) for cell in both)) for day, *both in cells]
    assert told == [("1 Jun", "open", "–"), ("1 May", "2", "no answer"), ("1 Apr", "4", "5")]
    assert page.count("is-low") == 1


def test_one_of_the_two_sees_a_column_of_their_own(mentee: Browser) -> None:
    page = mentee.get("/pairs/p1").text

    assert "Your ratings" in page
    assert '<th scope="col">Amara</th></tr>' in page
    assert '<th scope="col">Helena</th>' not in page


def test_a_task_past_its_day_is_marked(office: Browser, clock: SettableClock) -> None:
    before = office.get("/programmes/rising/tasks").text
    clock.set(parse("2026-06-20T09:00:00.000Z"))

    after = office.get("/programmes/rising/tasks").text

    assert "was due 12 June 2026" not in before
    assert "was due 12 June 2026" in after


def test_names_come_from_one_call(office: Browser, fakes: FakeServices) -> None:
    asked: list[list[str]] = []

    def people(request: Request) -> list[object]:
        asked.append(request.args.getlist("id"))
        return []

    fakes.answer("matching", "GET /people", people)

    office.get("/pairs/p1")

    assert asked == [["amara", "helena"]]


def test_times_are_shown_for_both_sides(office: Browser) -> None:
    page = office.get("/pairs/p2").text

    assert "times in Lisbon and Seoul" in page
    assert "20 March 2026, 08:00" in page
    assert "17:00 in Seoul" in page


def test_something_newer_than_this_portal_is_still_shown(office: Browser) -> None:
    assert "Something happened" in office.get("/pairs/p1").text


def test_a_pair_is_ended_with_a_reason(office: Browser, fakes: FakeServices) -> None:
    answer = office.send("/pairs/p1/closure", {"reason": "completed", "why": "no-time", "note": " A new post. "},
                         page="/pairs/p1")

    assert answer.location == "/pairs/p1"
    assert fakes.last().body == {"reason": "completed", "why": "no-time", "note": "A new post."}


@pytest.mark.feature("C17")
@pytest.mark.parametrize("page", ["/my", "/pairs/p1"])
@pytest.mark.parametrize("state", ["proposed", "accepted"])
def test_one_of_the_two_says_no_to_a_proposal_with_a_reason(mentor: Browser, fakes: FakeServices, page: str,
                                                            state: str) -> None:
    proposal = {**PAIRS["p1"], "state": state, "accepted_by": ["amara"] if state == "accepted" else []}
    fakes.answer("matching", "GET /me/pairs", [proposal])
    fakes.answer("matching", "GET /pairs/p1", proposal)
    shown, back = mentor.get(page).text, {"from": "mine"} if page == "/my" else {}
    before = len(fakes.sent)

    unsaid = mentor.send("/pairs/p1/refusal", {**back, "note": "x"}, page=page)
    unsent = len(fakes.sent)
    said = mentor.send("/pairs/p1/refusal", {**back, "reason": "too-close", "note": " We share a desk. "}, page=page)

    assert 'action="/pairs/p1/refusal"' in shown
    assert all(f'type="radio" value="{code}" required' in shown for code in DECLINE_REASONS)
    assert 'action="/pairs/p1/closure"' not in shown
    assert (unsaid.location, said.location, unsent) == (page, page, before)
    assert "Thank you for saying so." in mentor.get(page).text
    assert (fakes.last().path, fakes.last().key) == ("/v1/pairs/p1/refusal", "key-1")
    assert fakes.last().body == {"reason": "too-close", "note": "We share a desk."}


def test_a_mentor_is_offered_fewer_places_where_a_proposal_is_answered(mentor: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /me/pairs", [{**PAIRS["p1"], "state": "proposed", "accepted_by": []}])

    page = mentor.get("/my").text

    card = page[page.index("Your people"):page.index("You decide")]
    assert 'href="/participants/a-helena"' in card
    assert 'action="/pairs/p1/acceptance"' in card


def test_a_coordinator_takes_a_proposal_back_without_a_reason_of_the_two(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /pairs/p1", {**PAIRS["p1"], "state": "proposed"})

    page, sure = office.get("/pairs/p1").text, office.get("/pairs/p1/withdrawal").text

    assert 'action="/pairs/p1/refusal"' not in page
    assert 'action="/pairs/p1/closure"' not in page
    assert 'action="/pairs/p1/closure"' in sure
    assert 'name="why"' not in page + sure


@pytest.mark.parametrize("who", ["ilse", "helena"])
def test_in_its_last_weeks_a_pair_pauses_and_ends_as_before(browser: Browser, fakes: FakeServices, who: str) -> None:
    fakes.answer("matching", "GET /pairs/p1", {**PAIRS["p1"], "state": "closing"})
    browser.sign_in(who)

    page = browser.get("/pairs/p1").text

    assert "In the last weeks" in page
    assert 'action="/pairs/p1/pause"' in page
    assert 'action="/pairs/p1/closure"' in page


@pytest.mark.parametrize(("who", "pair", "offered"), [
    ("helena", {"state": "active", "may_complete": False}, ["ended-early"]),
    ("helena", {"state": "closing", "may_complete": True}, ["completed", "ended-early"]),
    ("helena", {"state": "paused", "may_complete": True}, ["ended-early", "completed"]),
    ("ilse", {"state": "active", "may_complete": False}, ["ended-early", "completed"]),
    ("ilse", {"state": "awaiting-training", "may_complete": False}, ["ended-early"])])
def test_the_ends_that_are_offered_are_those_that_are_theirs(browser: Browser, fakes: FakeServices, who: str,
                                                             pair: dict[str, Any], offered: list[str]) -> None:
    fakes.answer("matching", "GET /pairs/p1", {**PAIRS["p1"], **pair})
    browser.sign_in(who)

    page = browser.get("/pairs/p1").text

    [options] = re.findall(r'<select[^>]*name="reason"[^>]* required>(.*?)</select>', page)
    assert re.findall(r'<option value="([^"]+)"', options) == offered
    assert ("Until its last weeks a coordinator completes it." in page) is (
        who == "helena" and "completed" not in offered)


@pytest.mark.feature("C8")
def test_from_a_pair_it_is_one_click_to_its_row_in_the_run_with_the_reasons(office: Browser) -> None:
    assert 'href="/runs/run-4?q=Amara+Okonkwo#proposed"' in office.get("/pairs/p1").text


def test_coordinators_read_why_a_pair_ended(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /pairs/p3/parting", {"reason": "no-time", "note": "A new post.", "by": "hanh"})
    fakes.answer("matching", "GET /pairs/p3", {**PAIRS["p3"], "rematch_run_id": None})

    page = office.get("/pairs/p3").text

    assert "Why it ended" in page
    assert "A new post." in page


def test_no_reason_is_chosen_for_anybody_and_without_one_nothing_ends(office: Browser, fakes: FakeServices) -> None:
    [options] = re.findall(r'<select[^>]*name="reason"[^>]* required>(.*?)</select>', office.get("/pairs/p1").text)
    assert re.findall(r'<option value="([^"]*)"( selected)?>', options)[0] == ("", " selected")

    for said in ({}, {"reason": ""}):
        answer = office.send("/pairs/p1/closure", said, page="/pairs/p1", follow_redirects=True)
        assert "The pair goes on: choose a reason to end it." in answer.text
    assert not fakes.sent


def test_a_button_nobody_offers_does_nothing(office: Browser, fakes: FakeServices) -> None:
    answer = office.send("/pairs/p1/erasure", page="/pairs/p1")

    assert answer.status_code == 404
    assert not fakes.sent


def test_a_refused_change_is_explained_on_the_page(mentee: Browser) -> None:
    answer = mentee.send("/pairs/p3/rematch", {"from": "mine"}, page="/my")

    assert answer.location == "/my"
    assert "something changed in between" in mentee.get("/my").text


def test_a_foreign_pair_looks_like_none(mentee: Browser) -> None:
    assert mentee.get("/pairs/p9").text.count("There is nothing here") == mentee.get("/pairs/p8").text.count(
        "There is nothing here"
    )
    assert mentee.get("/pairs/p9").status_code == 404


def test_tasks_are_shown_with_whom_and_until_when(office: Browser) -> None:
    page = office.get("/programmes/rising/tasks").text

    assert "Helena Novotná" in page
    assert "No answer to three check-ins in a row" in page
    assert "12 June 2026" in page


def test_a_task_is_resolved_where_it_is_listed(office: Browser, fakes: FakeServices) -> None:
    answer = office.send(
        "/cases/case-1/resolution", {"next": "/programmes/rising/tasks"}, page="/programmes/rising/tasks"
    )

    assert answer.location == "/programmes/rising/tasks"
    assert fakes.last().path == "/v1/cases/case-1/resolution"


def test_another_mentor_is_asked_for_with_a_reason_that_only_coordinators_read(
        office: Browser, fakes: FakeServices) -> None:
    page = office.get("/pairs/p1").text

    answer = office.send("/pairs/p1/rematch", {"reason": "no-fit", "note": " They never met. "}, page="/pairs/p1")

    assert "Only coordinators read it; reasons are counted." in page
    assert page.count('name="reason"') == 2
    assert answer.location == "/pairs/p1"
    assert (fakes.last().path, fakes.last().body) == (
        "/v1/pairs/p1/rematch", {"reason": "no-fit", "note": "They never met."})
    assert "Both are told. Somebody new is being looked for." in office.get("/pairs/p1").text


def test_without_a_reason_the_service_says_what_to_do(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "POST /pairs/p1/rematch", problem(422, "rematch-needs-reason", "say why"))

    office.send("/pairs/p1/rematch", {"reason": ""}, page="/pairs/p1")

    assert fakes.last().body == {"reason": None, "note": ""}
    assert "Choose why the pair ends; only coordinators read it." in office.get("/pairs/p1").text


def test_an_ended_pair_is_followed_by_one_press_and_nobody_is_told_anew(office: Browser, fakes: FakeServices) -> None:
    page = office.get("/pairs/p3").text
    fakes.answer("matching", "POST /pairs/p3/rematch", PAIRS["p3"])

    told = office.send("/pairs/p3/rematch", page="/pairs/p3", follow_redirects=True).text

    assert "Somebody new is being looked for." in told
    assert "Both are told" not in told

    assert "Look for another mentor" in page
    assert 'name="reason"' not in page


def test_why_a_pair_parted_is_shown_to_coordinators_and_to_neither_of_the_two(
        office: Browser, browser: Browser, fakes: FakeServices) -> None:
    followed = {**PAIRS["p1"], "state": "closed", "reason": "ended-early", "rematch_run_id": "run-4"}
    fakes.answer("matching", "GET /pairs/p1", followed)
    said = "The two do not fit"

    seen = office.get("/pairs/p1").text
    assert (said in seen, "They never met." in seen, 'href="/runs/run-4"' in seen) == (True, True, True)
    for person in ("helena", "amara"):
        browser.sign_in(person)
        assert said not in browser.get("/pairs/p1").text


@pytest.mark.parametrize(("state", "offered"), [("running", True), ("closing", False), ("closed", False)])
def test_nobody_is_offered_another_mentor_in_a_programme_that_is_over(
        office: Browser, fakes: FakeServices, state: str, offered: bool) -> None:
    fakes.answer("matching", "GET /programmes/rising", {**PROGRAMME, "state": state})

    assert ("/pairs/p1/rematch" in office.get("/pairs/p1").text) is offered


@pytest.mark.parametrize(("gone", "offered"), [("haakon", True), ("hanh", False)])
def test_a_proposal_whose_mentee_left_is_followed_by_no_other(
        office: Browser, fakes: FakeServices, gone: str, offered: bool) -> None:
    fakes.answer("matching", "GET /pairs/p3", {**PAIRS["p3"], "reason": "declined", "left_id": gone})

    assert ("/pairs/p3/rematch" in office.get("/pairs/p3").text) is offered


def test_a_mentor_is_not_offered_another_mentor(browser: Browser) -> None:
    browser.sign_in("helena")

    assert "/pairs/p1/rematch" not in browser.get("/pairs/p1").text


@pytest.mark.feature("D4")
def test_a_pair_that_waits_says_for_what_and_for_whom(office: Browser) -> None:
    page = office.get("/pairs/p2").text

    for words in ("waits for Jun-seo Baek<", "waits for Helena Novotná or Jun-seo Baek<",
                  "A first goal<br><span class=\"ith-meta\">It is not needed for these two<",
                  "Begin without: Joint kick-off training by both"):
        assert words in page
    assert "Begin without: A first goal" not in page
    assert "Remind who is waited for" in page
    assert "Before it begins" not in office.get("/pairs/p1").text


@pytest.mark.feature("D4")
def test_a_coordinator_lets_a_pair_begin_without_a_gate_for_a_reason(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "POST /pairs/p2/waivers", PAIRS["p2"])
    office.send("/pairs/p2/waivers", {"gate": "training", "because": ""}, page="/pairs/p2")
    without = list(fakes.sent)

    office.send("/pairs/p2/waivers", {"gate": "training", "because": "done-before"}, page="/pairs/p2")

    assert without == []
    assert (fakes.last().path, fakes.last().body) == (
        "/v1/pairs/p2/waivers", {"gate": "training", "because": "done-before"})


def test_the_two_see_what_is_missing_and_waive_nothing(mentor: Browser) -> None:
    page = mentor.get("/pairs/p2").text

    assert "waits for Jun-seo Baek<" in page
    assert "Begin without" not in page
    assert "Remind who is waited for" not in page
