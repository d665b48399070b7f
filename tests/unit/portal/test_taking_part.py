"""Places and breaks of whoever takes part: by coordinators among the people, by mentors where they are asked."""

import re
from html import unescape

import pytest

from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import FakeServices, a_part, problem

PEOPLE, HAAKON, HELENA = "/programmes/rising/people", "/participants/a-haakon", "/participants/a-helena"


@pytest.mark.feature("S4.5")
@pytest.mark.feature("B3")
def test_a_coordinator_pauses_and_brings_back_by_a_press_in_the_row(office: Browser, fakes: FakeServices) -> None:
    page = unescape(office.get(f"{PEOPLE}?state=mentor").text)

    assert re.search(r"Helena Novotná.*?1 of 2.*?Pause<span[^>]*> Helena Novotná", page, re.DOTALL)
    for action in ("/participants/a-helena/pause", "/participants/a-haakon/resumption"):
        assert f'action="{action}"' in page
        answer = office.send(action, {"shown": "mentor"}, page=PEOPLE)
        assert answer.location == f"{PEOPLE}?state=mentor"
        assert (fakes.last().method, fakes.last().path, fakes.last().key) == ("POST", f"/v1{action}", "key-1")


@pytest.mark.feature("S4.5")
def test_a_coordinator_changes_the_places_of_the_version_they_saw(office: Browser, fakes: FakeServices) -> None:
    assert f'href="{HAAKON}"' in office.get(PEOPLE).text
    page = office.get(HAAKON).text

    answer = office.send(f"{HAAKON}/room", {"capacity": "0", "version": "5"}, page=HAAKON)

    assert "Håkon Lindqvist" in page
    assert 'name="version" value="5"' in page
    assert "1 of 2 taken now." in page
    assert answer.location == PEOPLE
    assert (fakes.last().method, fakes.last().path, fakes.last().body) == ("PATCH", f"/v1{HAAKON}", {"capacity": 0})
    assert (fakes.last().version, fakes.last().key) == ('"5"', "key-1")


@pytest.mark.parametrize("entered", ["", "-1", "51", "two", "²"])
def test_what_is_no_number_is_said_beside_the_field_and_not_sent(office: Browser, fakes: FakeServices,
                                                                 entered: str) -> None:
    before = len(fakes.sent)

    answer = office.send(f"{HAAKON}/room", {"capacity": entered, "version": "5"}, page=HAAKON)

    assert (answer.status_code, len(fakes.sent)) == (422, before)
    assert 'aria-invalid="true"' in answer.text
    assert "from 0 to 50" in answer.text


def test_whoever_was_overtaken_sees_how_it_stands_now(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "PATCH /participants/a-haakon", problem(412, "stale"))
    fakes.answer("matching", "GET /participants/a-haakon", a_part("haakon", "mentor", version=6, taken=4))

    answer = office.send(f"{HAAKON}/room", {"capacity": "1", "version": "5"}, page=HAAKON)

    assert answer.status_code == 422
    assert "Somebody changed this in between." in answer.text
    assert 'name="version" value="6"' in answer.text
    assert "4 of 2 taken now." in answer.text


def test_a_mentor_finds_their_places_on_their_own_page_and_comes_back_to_it(mentor: Browser,
                                                                            fakes: FakeServices) -> None:
    page = mentor.get("/my").text

    answer = mentor.send(f"{HELENA}/pause", {}, page=HELENA)

    assert f'href="{HELENA}"' in page
    assert "1 of 2 places taken" in page
    assert "Your places and breaks" in mentor.get(HELENA).text
    assert (answer.location, fakes.last().path) == ("/my", f"/v1{HELENA}/pause")


@pytest.mark.feature("S4.5")
def test_a_mentor_who_is_asked_is_offered_a_break_and_fewer_places(mentor: Browser, fakes: FakeServices) -> None:
    request = {"id": "r9", "programme_id": "rising", "mentee_id": "hanh", "state": "open", "one_question": "",
               "opened_at": "2026-06-08T08:00:00Z", "choices": [{
                   "mentor_id": "helena", "state": "asked", "answer_by": "2026-06-12T22:00:00Z", "reason": None,
                   "note": "", "question": "", "reply": ""}]}
    fakes.answer("matching", "GET /me/requests", [request])
    page = mentor.get("/my").text

    card = page[page.index("You are asked"):page.index("Your people")]

    assert 'action="/participants/a-helena/pause"' in card
    assert f'href="{HELENA}"' in card


def test_whoever_left_has_nothing_to_press(office: Browser, fakes: FakeServices) -> None:
    gone = a_part("haakon", "mentor", state="left")
    fakes.answer("matching", "GET /participants/a-haakon", gone)
    fakes.answer("matching", "GET /programmes/rising/participants", [gone])

    assert "Takes part no more." in office.get(HAAKON).text
    assert "a-haakon/" not in office.get(HAAKON).text + office.get(PEOPLE).text


def test_mentees_take_breaks_and_have_no_places(office: Browser) -> None:
    page = office.get("/participants/a-amara").text

    assert 'action="/participants/a-amara/pause"' in page
    assert "room" not in re.findall(r'action="/participants/a-amara/([a-z]+)"', page)


@pytest.mark.feature("S4.5")
def test_somebody_is_taken_out_of_the_version_that_was_seen_with_a_reason(office: Browser, fakes: FakeServices) -> None:
    assert 'href="/participants/a-amara#leave"' in office.get(PEOPLE).text
    page, sent = office.get("/participants/a-amara").text, len(fakes.sent)
    assert "Take out of the programme" in page
    assert "A mail tells them so, and does not say why." in page

    unsaid = office.send("/participants/a-amara/departure", {"version": "5"}, page=PEOPLE)
    assert (unsaid.status_code, len(fakes.sent)) == (422, sent)
    assert "only coordinators read it" in unsaid.text
    gone = office.send("/participants/a-amara/departure", {"version": "5", "reason": "silent"}, page=PEOPLE)

    assert gone.location == PEOPLE
    assert (fakes.last().path, fakes.last().body) == ("/v1/participants/a-amara/departure", {"reason": "silent"})
    assert (fakes.last().version, fakes.last().key) == ('"5"', "key-1")


def test_one_leaves_by_ones_own_page_once_no_pair_is_under_way(mentor: Browser, fakes: FakeServices) -> None:
    assert "Leave the programme" in mentor.get(HELENA).text
    fakes.answer("matching", "POST /participants/a-helena/departure", problem(409, "still-paired"))

    refused = mentor.send(f"{HELENA}/departure", {"version": "5", "reason": "no-time"}, page=HELENA)

    assert refused.status_code == 422
    assert "A pair there is under way. End it first." in refused.text


def test_there_are_two_ways_and_no_others(office: Browser, fakes: FakeServices) -> None:
    assert office.send(f"{HAAKON}/removal", {}, page=HAAKON).status_code == 404
    fakes.answer("matching", "GET /participants/a-haakon", problem(404, "not-found"))
    assert office.get(HAAKON).status_code == 404
