"""Matching runs: progress, proposals with reasons, publishing and undoing."""

from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import RUN, FakeServices, problem


def test_a_run_is_begun_and_followed(office: Browser, fakes: FakeServices) -> None:
    answer = office.send("/programmes/rising/runs", page="/programmes/rising/matching")

    assert answer.location == "/runs/run-5"
    assert "40%" in office.get("/runs/run-5").text


def test_a_run_that_cannot_begin_says_why(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "POST /programmes/rising/runs", lambda _request: problem(409, "wrong-state"))

    answer = office.send("/programmes/rising/runs", page="/programmes/rising/matching")

    assert answer.location == "/programmes/rising/matching"
    assert "something changed in between" in office.get(answer.location).text


def test_a_script_is_told_to_load_the_page_once_the_run_stands_still(office: Browser) -> None:
    asking = {"HX-Request": "true"}

    assert "HX-Refresh" not in office.get("/runs/run-5", headers=asking).headers
    assert office.get("/runs/run-4", headers=asking).headers["HX-Refresh"] == "true"


def test_proposals_are_shown_weakest_first_with_reasons(office: Browser) -> None:
    page = office.get("/runs/run-4").text

    assert page.index("Jun-seo Baek") < page.index("Amara Okonkwo")
    assert "skills (leading, Python) · languages" in page
    assert "wish 1: seats went to others" in page


def test_who_stays_unmatched_is_shown_with_the_reason(office: Browser) -> None:
    page = office.get("/runs/run-4").text

    assert "One person stays unmatched" in page
    assert "Nobody is allowed; the rule “not in the own reporting line” removes most." in page


def test_scores_are_drawn_and_told(office: Browser) -> None:
    page = office.get("/runs/run-4").text

    assert "Histogram of pair scores" in page
    assert "from 50: 1" in page


def test_a_run_without_pairs_cannot_be_published_but_set_aside(office: Browser, fakes: FakeServices) -> None:
    nothing = {**RUN, "matched": 0, "unmatched": 4, "histogram": [0] * 10}
    fakes.answer("matching", "GET /runs/run-4", nothing)
    fakes.answer("matching", "GET /runs/run-4/proposals", [])

    page = office.get("/runs/run-4").text

    assert "Set it aside" in page
    assert "/runs/run-4/publish" not in page
    assert "No pairs, no scores." in page


def test_publishing_asks_once_more(office: Browser, fakes: FakeServices) -> None:
    assert "Publish 3 pairs?" in office.get("/runs/run-4/publish").text
    assert not fakes.sent

    answer = office.send("/runs/run-4/publication", page="/runs/run-4/publish")

    assert answer.location == "/runs/run-4"
    assert (fakes.last().method, fakes.last().path) == ("POST", "/v1/runs/run-4/publication")


def test_a_release_can_be_undone_while_it_waits(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /runs/run-4", {**RUN, "state": "releasing"})
    assert "/runs/run-4/undo" in office.get("/runs/run-4").text

    office.send("/runs/run-4/undo", page="/runs/run-4")

    assert (fakes.last().method, fakes.last().path) == ("DELETE", "/v1/runs/run-4/publication")


def test_a_run_in_the_works_can_be_cancelled(office: Browser, fakes: FakeServices) -> None:
    office.send("/runs/run-5/cancellation", page="/runs/run-5")

    assert fakes.last().path == "/v1/runs/run-5/cancellation"
