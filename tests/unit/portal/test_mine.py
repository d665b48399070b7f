"""My mentoring: one next thing, and everything that is mine to do."""

import re

import pytest

from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import PAIRS, FakeServices, pair


def next_title(page: str) -> str:
    found = re.search(r'id="next">([^<]+)<', page)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("person", "title"),
    [
        ("amara", "How is mentoring going with Helena Novotná?"),
        ("helena", "Joint kick-off"),
        ("hanh", "No partner yet"),
    ],
)
def test_there_is_one_next_thing(browser: Browser, fakes: FakeServices, person: str, title: str) -> None:
    fakes.answer("matching", "GET /me/endorsements", [])
    browser.sign_in(person)

    page = browser.get("/my").text

    assert next_title(page) == title
    assert page.count('class="ith-sea ') == 1


@pytest.mark.parametrize(("service", "asked", "one", "title"), [
    ("matching", "GET /me/renewals", {"programme_id": "rising", "programme": "Rising Engineers", "questions": []},
     "Will you go on in Rising Engineers?"),
    ("matching", "GET /me/endorsements", {"application_id": "ap-1"}, "One application waits for your word"),
])
def test_nobody_is_told_that_nothing_is_due_while_something_waits(
        browser: Browser, fakes: FakeServices, service: str, asked: str, one: dict[str, object], title: str) -> None:
    browser.sign_in("hanh")
    fakes.answer("matching", "GET /me/endorsements", [])
    fakes.answer(service, asked, [one])

    page = browser.get("/my").text

    assert next_title(page) == title
    assert page.count(title) == 1


@pytest.mark.parametrize(("state", "role", "capacity", "title"), [
    ("active", "mentor", 0, "Nothing is due"), ("paused", "mentee", None, "Nothing is due"),
    ("active", "mentor", 1, "No partner yet"), ("active", "mentee", None, "No partner yet")])
def test_nobody_hears_that_somebody_is_sought_who_offers_no_place(
        browser: Browser, fakes: FakeServices, state: str, role: str, capacity: int | None, title: str) -> None:
    browser.sign_in("hanh")
    fakes.answer("matching", "GET /me/endorsements", [])
    fakes.answer("matching", "GET /me/participants", [
        {"id": "pt-9", "programme_id": "rising", "person_id": "hanh", "role": role, "state": state,
         "capacity": capacity, "taken": 0}])

    page = browser.get("/my").text

    assert next_title(page) == title
    assert ("so nobody is looked for" in page) is (title == "Nothing is due")


def test_nobody_is_told_that_nothing_is_due_while_a_part_is_missing(browser: Browser, fakes: FakeServices) -> None:
    browser.sign_in("hanh")
    fakes.answer("matching", "GET /me/endorsements", [])
    fakes["surveys"].down = True

    assert next_title(browser.get("/my").text) == "What is next did not arrive"


def test_terms_are_next_when_the_training_is_done(mentor: Browser, fakes: FakeServices) -> None:
    fakes.answer("community", "GET /me/assignments", [])

    assert next_title(mentor.get("/my").text) == "Agree with Jun-seo Baek how you meet"


def test_a_proposed_pair_is_accepted(browser: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /me/pairs", [{**PAIRS["p2"], "state": "proposed"}])
    browser.sign_in("jun-seo")
    browser.sign_in("helena")
    fakes.answer("community", "GET /me/assignments", [])

    assert next_title(browser.get("/my").text) == "Meet Jun-seo Baek"
    browser.send("/pairs/p2/acceptance", {"from": "mine"}, page="/my")

    assert fakes.last().path == "/v1/pairs/p2/acceptance"


def test_a_person_with_several_pairs_sees_one_list(mentor: Browser) -> None:
    page = mentor.get("/my").text

    assert "You mentor 2 people" in page
    assert "18:42, Tuesday in Seoul" in page
    assert "(10:42 for you)" in page


@pytest.mark.parametrize(
    ("pairs", "sentence"),
    [
        ([("helena", "amara"), ("helena", "jun-seo")], "You mentor 2 people. All in one place."),
        ([("haakon", "helena")], "You learn from one. All in one place."),
        ([("helena", "amara"), ("haakon", "helena")], "You mentor one person and you learn from one."),
        ([], "All in one place."),
    ],
)
def test_a_sentence_says_whom_a_person_mentors_and_learns_from(
    mentor: Browser, fakes: FakeServices, pairs: list[tuple[str, str]], sentence: str
) -> None:
    fakes.answer("matching", "GET /me/pairs", [pair(f"p{at}", *both, "active") for at, both in enumerate(pairs, 1)])

    page = mentor.get("/my").text

    assert f'<p class="ith-lead">{sentence}' in page


def test_training_is_told_done(mentor: Browser, fakes: FakeServices) -> None:
    answer = mentor.send("/my/assignments/a-1/completion", page="/my")

    assert answer.location == "/my"
    assert fakes.last().path == "/v1/assignments/a-1/completion"
    assert "Well done" in mentor.get("/my").text


def test_terms_are_written_down(mentor: Browser, fakes: FakeServices) -> None:
    mentor.send("/my/journeys/j-p2/agreement", {"meetings_every_days": "21", "ends_on": "2026-11-30"}, page="/my")

    assert fakes.last().body == {"meetings_every_days": 21, "ends_on": "2026-11-30"}


def test_terms_are_changed_and_what_else_was_agreed_stays(mentee: Browser, fakes: FakeServices) -> None:
    terms = {"meetings_every_days": 10, "ends_on": "2026-12-24", "boundaries": 'No "calls" at night.'}
    fakes.answer("surveys", "GET /pairs/p1/journey", {
        "id": "j-p1", "pair_id": "p1", "state": "under-way", "terms": terms})
    page = mentee.get("/my").text
    mentee.send("/my/journeys/j-p1/agreement", {
        "meetings_every_days": "7", "ends_on": "", "boundaries": terms["boundaries"]}, page="/my")

    assert "Change how you meet" in page
    assert '<option value="10" selected>' in page
    assert 'type="date" value="2026-12-24"' in page
    assert 'name="boundaries" value="No &#34;calls&#34; at night."' in page
    assert fakes.last().body == {"meetings_every_days": 7, "boundaries": terms["boundaries"]}


def test_a_goal_is_drafted(mentee: Browser, fakes: FakeServices) -> None:
    mentee.send("/my/journeys/j-p1/goals", {"title": "  Lead a team "}, page="/my")

    assert fakes.last().body == {"title": "Lead a team"}
    assert fakes.last().key == "key-1"


def test_the_page_does_without_surveys(mentee: Browser, fakes: FakeServices) -> None:
    fakes["surveys"].down = True

    page = mentee.get("/my")

    assert page.status_code == 200
    assert "A part of this page is missing." in page.text
    assert "Helena Novotná" in page.text


def test_help_names_the_coordinators(mentee: Browser) -> None:
    page = mentee.get("/help").text

    assert "Ilse Brandt" in page
    assert "mailto:office@caldera.example" in page


def test_whoever_sits_in_a_circle_is_not_told_that_nobody_is_aboard(browser: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /me/pairs", [])
    browser.sign_in("amara")
    in_a_circle = browser.get("/my").text
    fakes.answer("matching", "GET /me/circles", [])

    assert "Your circles" in in_a_circle
    assert "Nobody aboard yet" not in in_a_circle
    assert "Nobody aboard yet" in browser.get("/my").text


def test_training_of_several_pairs_says_with_whom(mentor: Browser, fakes: FakeServices) -> None:
    kick_off = {"module": "kick-off", "titles": {"en": "Joint kick-off"}, "due_on": "2027-01-20", "overdue": False}
    fakes.answer("community", "GET /me/assignments", [
        {**kick_off, "id": "a-1", "pair_id": "p1", "state": "assigned"},
        {**kick_off, "id": "a-2", "pair_id": "p2", "state": "completed"},
        {**kick_off, "id": "a-3", "pair_id": None, "state": "completed"}])

    training = mentor.get("/my").text.split('id="due"')[1].split("</section>")[0]

    assert re.findall(r"with ([A-Z][\w-]+)", training) == ["Amara", "Amara", "Jun-seo"]
