"""A mentor whose last pair is complete says whether they go on; what all say is shown in figures."""

import pytest

from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import FakeServices, problem

PAGE = "/my/renewals/rising"


def test_my_page_asks_a_mentor_to_go_on(mentor: Browser, mentee: Browser) -> None:
    mentor.sign_in("helena")
    assert f'href="{PAGE}"' in mentor.get("/my").text

    mentor.sign_in("amara")
    assert PAGE not in mentor.get("/my").text


def test_the_page_asks_three_ways_the_room_and_the_two_standard_questions(mentor: Browser) -> None:
    page = mentor.get(PAGE).text

    for value in ("stay", "pause", "leave"):
        assert f'type="radio" value="{value}"' in page
    assert 'name="capacity" type="number"' in page or 'name="capacity" type="text" value="2"' in page
    assert 'name="drivers" type="checkbox" value="pass-on"' in page
    assert 'name="hurdles" type="checkbox" value="time"' in page


def test_an_answer_is_sent_once_with_its_key(mentor: Browser, fakes: FakeServices) -> None:
    answer = mentor.send(PAGE, {"answer": "stay", "capacity": "3", "drivers": ["learn"], "hurdles": ["time"]}, PAGE)

    assert answer.location == "/my"
    assert (fakes.last().path, fakes.last().key) == ("/v1/me/renewals/rising/answer", "key-1")
    assert fakes.last().body == {"answer": "stay", "capacity": 3, "drivers": ["learn"], "hurdles": ["time"]}


def test_whoever_does_not_stay_needs_no_room(mentor: Browser, fakes: FakeServices) -> None:
    mentor.send(PAGE, {"answer": "leave", "capacity": "many"}, PAGE)

    assert fakes.last().body == {"answer": "leave", "capacity": None, "drivers": [], "hurdles": []}


@pytest.mark.parametrize(("entered", "text"), [
    ({"capacity": "2"}, "Choose one of the three."), ({"answer": "stay", "capacity": "51"}, "from 0 to 50"),
    ({"answer": "stay", "capacity": "²"}, "from 0 to 50"), ({"answer": "stay", "capacity": ""}, "from 0 to 50")])
def test_what_is_missing_is_said_and_nothing_is_sent(mentor: Browser, fakes: FakeServices, entered: dict[str, str],
                                                     text: str) -> None:
    before = len(fakes.sent)

    answer = mentor.send(PAGE, {"hurdles": ["time"], **entered}, PAGE)

    assert answer.status_code == 422
    assert text in answer.text
    assert 'value="time" checked' in answer.text
    assert len(fakes.sent) == before


def test_a_refusal_stands_on_the_page(mentor: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "POST /me/renewals/rising/answer", problem(409, "renewal-decided"))

    assert "You have answered this already." in mentor.send(PAGE, {"answer": "pause"}, PAGE).text


def test_whoever_is_not_asked_finds_no_page(mentee: Browser) -> None:
    assert mentee.get(PAGE).status_code == 404


@pytest.mark.parametrize(("found", "text"), [
    ({}, "15 of 20 who were asked"), ({"stayed": None, "nearly_all": True}, "nearly all stay"),
    ({"stayed": None}, "fewer than 5 stay"), ({"asked": 0, "stayed": None}, "Too few were asked")])
def test_the_report_says_how_many_mentors_stay(office: Browser, fakes: FakeServices, found: dict[str, object],
                                               text: str) -> None:
    known = fakes.services["matching"].answers["GET /programmes/rising/motives"]
    fakes.answer("matching", "GET /programmes/rising/motives", {**known, **found})

    page = office.get("/programmes/rising/motives").text

    assert text in page
    assert "What gets in their way, said afterwards" in page
