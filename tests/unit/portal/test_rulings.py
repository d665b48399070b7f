"""Locks and exclusions: on the page of a proposed pair, and in a list."""

from typing import Any

import pytest
from werkzeug.wrappers import Request

from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import RULINGS, RUN, FakeServices, a_part, problem

PAGE = "/runs/run-4/proposals/o1"


@pytest.mark.feature("C8")
def test_a_proposed_pair_tells_why_and_what_decided_it(office: Browser) -> None:
    page = office.get(PAGE).text

    assert "Amara Okonkwo with Helena Novotná" in page
    assert "By a wish" in page
    assert "skills (leading, Python)" in page
    assert "No wish was passed over for this pair." in page
    assert "wish 1: seats went to others" in office.get("/runs/run-4/proposals/o2").text


@pytest.mark.feature("C3")
@pytest.mark.parametrize(("what", "said"), [
    ("locks", "Locked: every run keeps the two together."),
    ("exclusions", "Excluded: no run proposes the two again.")])
def test_two_are_locked_or_excluded_from_the_page_of_their_proposal(
        office: Browser, fakes: FakeServices, what: str, said: str) -> None:
    two = {"mentor_id": "helena", "mentee_id": "amara"}

    answer = office.send("/programmes/rising/rulings", {**two, "what": what, "next": PAGE}, page=PAGE)

    assert answer.location == PAGE
    assert (fakes.last().path, fakes.last().body) == (f"/v1/programmes/rising/{what}", two)
    assert fakes.last().key
    assert said in office.get(PAGE).text


def test_a_lock_that_is_refused_says_the_rule(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "POST /programmes/rising/locks", lambda _request: problem(
        422, "barred-by-rule", "a rule of the programme does not allow these two: reporting-line"))

    office.send("/programmes/rising/rulings", {"what": "locks", "next": PAGE}, page=PAGE)

    assert "not in one reporting line" in office.get(PAGE).text


def test_a_lock_is_shown_and_lifted(office: Browser, fakes: FakeServices) -> None:
    page = "/runs/run-4/proposals/o3"
    assert "Every run keeps the two together, whatever else changes." in office.get(page).text

    answer = office.send("/rulings/l1/lifting", {"next": page}, page=page)

    assert answer.location == page
    assert (fakes.last().method, fakes.last().path) == ("DELETE", "/v1/rulings/l1")


def test_the_list_tells_whose_word_each_is(office: Browser) -> None:
    page = office.get("/programmes/rising/rulings").text

    assert page.index("Locked") < page.index("Excluded")
    assert "Ilse Brandt" in page
    assert "Håkon Lindqvist" in page
    assert "Nguyễn Thị Hạnh" not in office.get("/programmes/rising/rulings?state=excluded").text
    assert "Nothing is locked or excluded" in office.get("/programmes/first-bridge/rulings").text


def test_a_long_list_is_read_page_by_page(office: Browser, fakes: FakeServices) -> None:
    link = '</v1/programmes/rising/rulings?after=older>; rel="next"'
    fakes.answer("matching", "GET /programmes/rising/rulings", lambda request: (
        200, {"items": RULINGS[1:] if request.args.get("after") else RULINGS[:1]},
        {} if request.args.get("after") else {"Link": link}))

    first, second = (office.get(f"/programmes/rising/rulings{query}").text for query in ("", "?after=older"))

    assert 'href="?after=older">Older ones' in first
    assert ("Nguyễn Thị Hạnh" in first, "Håkon Lindqvist" in first) == (True, False)
    assert ("Nguyễn Thị Hạnh" in second, "Håkon Lindqvist" in second) == (False, True)


def test_whose_word_it_is_needs_no_entry_in_the_directory(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /programmes/rising/rulings", [{**RULINGS[0], "by": "sample-programme-office"}])

    page = office.get("/programmes/rising/rulings").text

    assert "somebody in charge" in page
    assert "(sample-p)" not in page


def test_a_run_names_the_locks_that_it_could_not_keep(office: Browser, fakes: FakeServices) -> None:
    refused = [{"mentor_id": "haakon", "mentee_id": "hanh", "code": "barred", "rule": "reporting-line"},
               {"mentor_id": "helena", "mentee_id": "hanh", "code": "no-seats", "rule": ""}]
    fakes.answer("matching", "GET /runs/run-4", {**RUN, "locks_not_kept": 3, "locks_refused": refused})

    page = office.get("/runs/run-4").text

    assert "3 locks could not be kept" in page
    assert "The rule “not in one reporting line” is against it." in page
    assert "Earlier locks and pairs take all seats." in page
    assert "The first 2 are shown." in page


@pytest.mark.feature("C1")
def test_from_the_unmatched_it_is_one_click_to_pair_by_hand(office: Browser, fakes: FakeServices) -> None:
    alone = {"person_id": "hanh", "role": "mentee", "reason": "no-seats", "params": {}}
    fakes.answer("matching", "GET /runs/run-4/unmatched", [alone])

    assert "/programmes/rising/mentor-for/hanh" in office.get("/runs/run-4").text


@pytest.mark.feature("C3")
@pytest.mark.parametrize("what", ["locks", "exclusions"])
def test_two_are_found_by_name_and_decided_about_without_a_proposal(
        office: Browser, fakes: FakeServices, what: str) -> None:
    asked: list[dict[str, str]] = []

    def found(request: Request, _programme_id: str) -> Any:
        asked.append(request.args.to_dict())
        who = {"mentee": ["hanh"], "mentor": ["helena", "haakon"]}[request.args["role"]]
        return [a_part(one, request.args["role"]) for one in who]

    fakes.answer("matching", "GET /programmes/([^/]+)/participants", found)
    place = "/programmes/rising/rulings"
    assert "Lock the two" not in office.get(place).text

    page = office.get(f"{place}?mentee=Nguy&mentor=H").text
    answer = office.send(place, {"what": what, "mentee_id": "hanh", "mentor_id": "haakon", "note": " One team. "},
                         page=f"{place}?mentee=Nguy&mentor=H")

    assert {(one["role"], one["q"]) for one in asked} == {("mentee", "Nguy"), ("mentor", "H")}
    assert all(f'<option value="{one}">' in page for one in ("hanh", "helena", "haakon"))
    assert f'name="what" value="{what}"' in page
    assert answer.location == place
    assert (fakes.last().path, fakes.last().body) == (
        f"/v1/programmes/rising/{what}", {"mentor_id": "haakon", "mentee_id": "hanh", "note": "One team."})


def test_a_name_that_nobody_or_too_many_bear_says_what_to_do(office: Browser, fakes: FakeServices) -> None:
    def found(request: Request, _programme_id: str) -> Any:
        some = [a_part("helena", "mentor")] if request.args["role"] == "mentor" else []
        return 200, {"items": some, "cut": bool(some)}, {}

    fakes.answer("matching", "GET /programmes/([^/]+)/participants", found)

    page = office.get("/programmes/rising/rulings?mentee=Nobody&mentor=H").text

    assert "nobody who takes part is called “Nobody”. Write less of the name." in page
    assert "more people are called “H” than stand here. Write more of the name." in page
    assert "Lock the two" not in page
