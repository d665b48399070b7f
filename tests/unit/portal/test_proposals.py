"""The page of a proposed pair: other mentors, and the swap with one of them."""

import re

import pytest

from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import ALTERNATIVES, PROPOSALS, RUN, FakeServices, problem

PAGE = "/runs/run-4/proposals/o1"


@pytest.mark.feature("S4.12")
def test_alternatives_say_what_a_swap_does_to_others(office: Browser) -> None:
    page = office.get(PAGE).text

    assert page.index("Håkon Lindqvist") < page.index("Marguerite Duclos")
    assert "A seat is free: nobody else moves." in page
    assert "Nguyễn Thị Hạnh moves to Helena Novotná: 81 before, 50 after." in page
    assert "Jun-seo Baek is left alone." in page


def test_a_swap_is_two_presses(office: Browser, fakes: FakeServices) -> None:
    assert f'href="{PAGE}"' in office.get("/runs/run-4").text

    answer = office.send(f"{PAGE}/swap", {"mentor_id": "haakon"}, page=PAGE)

    assert answer.location == PAGE
    assert (fakes.last().path, fakes.last().body) == (f"/v1{PAGE}/swap", {
        "mentor_id": "haakon", "shown": {"instead_of": "", "making_way": "", "moving_to": ""}})
    assert fakes.last().key
    assert "Swapped, and locked" in office.get(PAGE).text


def test_a_swap_sends_what_the_page_says_that_it_does(office: Browser, fakes: FakeServices) -> None:
    page = office.get(PAGE).text

    forms = [dict(re.findall(r'name="(\w+)" value="([^"]*)"', form)) for form in page.split("<form") if "/swap" in form]

    said = [(one["mentor_id"], one["instead_of"], one["making_way"], one["moving_to"]) for one in forms]
    ways = [one["made_way"] or {"proposal_id": "", "mentor_id": ""} for one in ALTERNATIVES]
    assert said == [(one["mentor_id"], PROPOSALS[0]["mentor_id"], way["proposal_id"], way["mentor_id"])
                    for one, way in zip(ALTERNATIVES, ways, strict=True)]
    office.send(f"{PAGE}/swap", forms[1], page=PAGE)
    assert fakes.last().body == {"mentor_id": forms[1]["mentor_id"], "shown": {
        name: forms[1][name] for name in ("instead_of", "making_way", "moving_to")}}


def test_a_swap_of_a_proposal_that_has_changed_is_asked_again(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "POST /runs/run-4/proposals/o1/swap", lambda _request: problem(
        409, "swap-changed", "the proposal has changed meanwhile"))

    answer = office.send(f"{PAGE}/swap", {"mentor_id": "haakon"}, page=PAGE)

    assert answer.location == PAGE
    page = office.get(PAGE).text
    assert "The proposal has changed since: nothing was swapped." in page
    assert "Swapped, and locked" not in page


@pytest.mark.parametrize(("code", "why"), [
    ("too-many-swaps", "what you locked is kept"), ("proposed-together", "The run proposes these two already.")])
def test_a_swap_that_is_refused_says_why(office: Browser, fakes: FakeServices, code: str, why: str) -> None:
    fakes.answer("matching", "POST /runs/run-4/proposals/o1/swap", lambda _request: problem(409, code, "In English."))

    office.send(f"{PAGE}/swap", {"mentor_id": "haakon"}, page=PAGE)

    assert why in office.get(PAGE).text


def test_without_others_the_page_says_so(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /runs/run-4/proposals/o1/alternatives", [])

    assert "There is nobody else" in office.get(PAGE).text


def test_a_published_run_is_not_swapped_any_more(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /runs/run-4", {**RUN, "state": "published"})

    assert "/swap" not in office.get(PAGE).text


def test_who_made_way_is_among_the_unmatched_and_can_be_swapped(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /runs/run-4", {**RUN, "left_alone": {"o2": "jun-seo"}})
    fakes.answer("matching", "GET /runs/run-4/proposals/o2", {
        "id": "o2", "mentor_id": "", "mentee_id": "jun-seo", "score": 0, "decided_by": "swap", "reasons": [],
        "broken_wishes": []})

    page = office.get("/runs/run-4").text

    assert "Made way in a swap." in page
    assert "/runs/run-4/proposals/o2" in page
    alone = office.get("/runs/run-4/proposals/o2").text
    assert "Jun-seo Baek is left alone" in alone
    assert "A swap gave this seat to somebody else." in alone
    assert "Lock the two" not in alone
    assert "/runs/run-4/proposals/o2/swap" in alone


@pytest.mark.parametrize("points", [0, 400])
def test_others_are_weighed_against_a_score_without_what_staying_together_adds(
        office: Browser, fakes: FakeServices, points: int) -> None:
    settled = [{"criterion": "settled", "points": points, "params": {"kind": "settled"}}] * bool(points)
    fakes.answer("matching", "GET /runs/run-4/proposals/o1", {
        **PROPOSALS[0], "score": 8300, "reasons": [{"criterion": "goals", "points": 8300 - points}, *settled]})

    page = office.get(PAGE).text

    assert ("Without what staying together adds, Helena Novotná has 79." in page) == bool(points)


@pytest.mark.feature("B5")
def test_what_matters_to_both_and_how_they_work_stand_in_the_breakdown(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /runs/run-4/proposals/o1", {**PROPOSALS[0], "reasons": [
        {"criterion": "values", "points": 10, "params": {"kind": "overlap", "shared": ["honesty", "humour"]}},
        {"criterion": "style-planning", "points": 4, "params": {"kind": "near", "mentor": "2", "mentee": "3"}}]})

    page = office.get(PAGE).text

    assert "what matters to both (honesty, humour)" in page
    assert re.search(r"how they plan.*<b>4</b>", page)
