"""Circles: a coordinator forms, fills and ends one; a member sees and leaves theirs."""

import pytest

from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import CIRCLES, FakeServices, problem

LIST, NEW, PAGE = "/programmes/rising/circles", "/programmes/rising/circles/new", "/circles/c1"
FILLED = {"name": "Leading", "mentor_1": "Helena Novotná", "mentor_2": "", "min_mentees": "2", "max_mentees": "6"}


def test_the_list_tells_who_leads_how_many_sit_there_and_what_is_missing(office: Browser) -> None:
    page = office.get(LIST).text

    assert "Leading teams from afar" in page
    assert "Helena Novotná" in page
    assert "1 of 8" in page
    assert "Fewer mentees than it should have" in page
    assert "Python in the evening" not in office.get(f"{LIST}?state=active").text
    assert "No circles here" in office.get("/programmes/first-bridge/circles").text


def test_a_circle_is_formed_by_the_names_of_its_mentors(office: Browser, fakes: FakeServices) -> None:
    answer = office.send(LIST, FILLED, page=NEW)

    assert (answer.status_code, answer.location) == (303, PAGE)
    assert (fakes.last().path, fakes.last().body) == ("/v1" + LIST, {
        "name": "Leading", "mentor_ids": ["helena"], "min_mentees": 2, "max_mentees": 6})
    assert fakes.last().key


@pytest.mark.parametrize(("said", "told"), [
    ({"mentor_1": "Nobody Known"}, "Nobody is called “Nobody Known”"),
    ({"min_mentees": "many"}, "A circle has a name, one mentor or two"),
])
def test_what_cannot_be_kept_is_shown_again(office: Browser, fakes: FakeServices, said: dict[str, str],
                                            told: str) -> None:
    fakes.answer("matching", "POST /programmes/rising/circles", problem(422, "bad-circle"))

    answer = office.send(LIST, {**FILLED, **said}, page=NEW)

    assert answer.status_code == 422
    assert told in answer.text
    assert 'value="Leading"' in answer.text


@pytest.mark.parametrize(("said", "told"), [
    ({"mentor_1": "Helena Novotná"}, '<a href="#name">Give the circle a name.</a>'),
    ({"name": "Leaders"}, '<a href="#mentor_1">Name one mentor at least.</a>')])
def test_a_circle_without_name_or_mentor_is_told_so(office: Browser, fakes: FakeServices, said: dict[str, str],
                                                   told: str) -> None:
    answer = office.send(LIST, {**said, "min_mentees": "3", "max_mentees": "8"}, page=NEW)

    assert answer.status_code == 422
    assert told in answer.text
    assert f"/v1{LIST}" not in [one.path for one in fakes.sent]


def test_somebody_is_added_taken_out_and_the_circle_ended(office: Browser, fakes: FakeServices) -> None:
    office.send(f"{PAGE}/members", {"who": "Håkon Lindqvist", "role": "mentor"}, page=PAGE)
    assert (fakes.last().path, fakes.last().body) == (f"/v1{PAGE}/members", {"person_id": "haakon", "role": "mentor"})
    assert "Added to the circle." in office.get(PAGE).text

    office.send(f"{PAGE}/members/amara/departure", page=PAGE)
    assert fakes.last().path == f"/v1{PAGE}/members/amara/departure"

    office.send(f"{PAGE}/closure", {"reason": "too-few"}, page=PAGE)
    assert (fakes.last().path, fakes.last().body) == (f"/v1{PAGE}/closure", {"reason": "too-few"})


@pytest.mark.parametrize(("who", "refused", "told"), [
    ("", None, "Say who joins."),
    ("Nobody Known", None, "Nobody is called"),
    ("Håkon Lindqvist", problem(409, "circle-full"), "As many as may be sit in this circle already."),
    ("Håkon Lindqvist", problem(422, "barred-by-rule", "a rule does not allow these two: reporting-line"),
     "not in one reporting line"),
])
def test_a_refusal_says_why(office: Browser, fakes: FakeServices, who: str, refused: object, told: str) -> None:
    if refused:
        fakes.answer("matching", "POST /circles/c[0-9]/members", refused)

    office.send(f"{PAGE}/members", {"who": who, "role": "mentee"}, page=PAGE)

    assert told in office.get(PAGE).text


def test_a_member_sees_their_circle_and_leaves_it(mentee: Browser, fakes: FakeServices) -> None:
    mine, page = mentee.get("/my").text, mentee.get(PAGE).text

    assert "Your circles" in mine
    assert "Leading teams from afar" in mine
    assert "Leave the circle" in page
    assert "Add somebody" not in page
    assert "Take out" not in page
    assert "It needs you." not in page
    answer = mentee.send(f"{PAGE}/members/amara/departure", page=PAGE)
    assert answer.location == "/my"
    assert "You have left the circle." in mentee.get("/my").text


def test_a_circle_that_has_ended_is_only_looked_at(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /circles/c1", {**CIRCLES[0], "state": "closed", "lacks": [], "reason": "too-few"})

    page = office.get(PAGE).text

    assert "Too few stayed" in page
    assert "Take out" not in page
    assert "End the circle" not in page


def test_a_stranger_finds_no_form(mentee: Browser) -> None:
    assert mentee.get(NEW).status_code == 404


def test_nobody_ends_a_circle_without_saying_why(office: Browser, fakes: FakeServices) -> None:
    office.send(f"{PAGE}/closure", {}, page=PAGE)
    page = office.get(PAGE).text

    assert not fakes.sent
    assert "Choose why the circle ends." in page
    assert '<option value="" selected>Please choose</option><option value="completed">' in page


def test_a_circle_that_never_began_was_not_completed(office: Browser) -> None:
    page = office.get("/circles/c2").text

    assert '<option value="" selected>Please choose</option><option value="ended-early">' in page
    assert 'value="completed"' not in page
