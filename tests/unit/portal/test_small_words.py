"""What is offered to whom, and small words of lists: one of a kind, and lists with nothing in them."""

from html import unescape
from typing import Any

import pytest

from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import PROGRAMME, FakeServices
from tests.unit.portal.fake_services import SUMMARY as SUMMARY

NEW = "/programmes/new"


@pytest.fixture
def coordinator(browser: Browser, fakes: FakeServices) -> Browser:
    mine = {**PROGRAMME, "coordinator_ids": ["hanh"], "in_charge": ["hanh"], "sponsor_id": "helena"}
    fakes.answer("matching", "GET /programmes", [mine])
    fakes.answer("matching", "GET /programmes/rising", mine)
    browser.sign_in("hanh")
    return browser


@pytest.mark.feature("A2")
def test_a_coordinator_begins_the_next_cohort_and_no_programme_of_another_kind(coordinator: Browser) -> None:
    page = coordinator.get(f"{NEW}?like=copy:rising").text

    assert 'value="copy:rising" checked' in page
    assert 'value="open"' not in page
    assert NEW not in coordinator.get("/programmes").text
    assert f"{NEW}?like=flash" not in coordinator.get("/programmes/rising/motives").text


def test_whoever_may_begin_no_programme_is_offered_none(coordinator: Browser) -> None:
    coordinator.sign_in("helena")

    assert NEW not in coordinator.get("/programmes").text
    assert coordinator.get(NEW).status_code == 404


def test_one_of_a_kind_is_called_so(office: Browser, fakes: FakeServices) -> None:
    one = dict.fromkeys(SUMMARY["to_do"], 1)
    fakes.answer("matching", "GET /programmes/rising/summary", {**SUMMARY, "to_do": one})

    page = office.get("/programmes/rising").text

    for text in ("run to publish", "mentee without a mentor", "pair that waits for a yes", "application to decide"):
        assert f">{text}<" in page
    assert "runs to publish" not in page


def test_places_that_are_taken_by_pairs_that_have_not_begun_stand_beside_those_under_way(office: Browser) -> None:
    page = office.get("/programmes/rising").text

    table = page.split("Places by how many each person has")[-1].split("</thead>")[0]
    assert ("Under way" in table, "Not begun" in table, ">Taken<" in table) == (True, True, False)


@pytest.mark.parametrize(("state", "said"), [
    ("", "Pairs appear once a matching run is published."),
    ("closing", "No pair of the programme is in this state now."),
    ("to-agree", "No pair waits for an answer.")])
def test_a_list_without_pairs_says_why(office: Browser, fakes: FakeServices, state: str, said: str) -> None:
    fakes.answer("matching", "GET /programmes/rising/pairs", [])

    page = unescape(office.get(f"/programmes/rising/pairs?state={state}").text)

    assert said in page
    assert ("See all pairs" in page) is bool(state)


def test_free_seats_are_counted_in_words(office: Browser, fakes: FakeServices) -> None:
    ready: dict[str, Any] = {"as_of": "2027-01-11T09:30:00.000Z", "counting": False, "seats": 4, "mentees": 1,
                             "unmatched": 0, "undecided": 0, "concerns": [], "looked_at": 1, "programme_id": "rising"}
    fakes.answer("matching", "GET /programmes/rising/readiness", ready)

    page = office.get("/programmes/rising/matching").text

    assert "4 free seats for one mentee" in page
    assert "There is a seat for everybody" in page
