"""Objectives of a run side by side, before it begins."""

import re

from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import TRADE_OFF, FakeServices, an_outlook, problem

MATCHING = "/programmes/rising/matching"


def compared(page: str) -> str:
    return page[page.index('id="aims"'):page.index("</section>", page.index('id="aims"'))]


def test_objectives_are_told_side_by_side_with_how_to_read_them(office: Browser) -> None:
    shown = compared(office.get(MATCHING).text)

    rows = [re.findall(r"<td[^>]*>([^<]*)</td>", one) for one in shown.split("<tbody>")[1].split("</tr>")][:3]
    assert rows[0] == ["198", "43", "14,210", "31", "96 of 200", "62"]
    assert rows[2] == ["198", "43", "13,900", "48", "88 of 200", "55"]
    assert "each other line gives up some of its 198 pairs or 14,210 points for another objective" in shown
    assert "mentees with one mentor each" in shown, "why one of them cannot be solved"
    assert shown.count("Run matching with this") == 4


def test_a_run_by_one_of_them_begins_with_one_press(office: Browser, fakes: FakeServices) -> None:
    page = office.get(MATCHING).text
    answer = office.send("/programmes/rising/runs", {"objective": "maximin"}, page=MATCHING)

    assert '<input type="hidden" name="objective" value="maximin">' in page
    assert (answer.location, fakes.last().body) == ("/runs/run-5", {"objective": "maximin"})


def test_they_are_compared_when_somebody_asks(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /programmes/rising/trade-off", {**TRADE_OFF, "as_of": None, "outlooks": []})
    before = compared(office.get(MATCHING).text)

    told = office.send("/programmes/rising/trade-off", page=MATCHING, follow_redirects=True).text

    assert "<table" not in before
    assert "Compare the objectives" in before
    assert any((one.method, one.path) == ("POST", "/v1/programmes/rising/trade-off") for one in fakes.sent)
    assert "The objectives are being compared." in told


def test_while_it_is_counted_the_page_says_so_and_when_it_cannot_be_why(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /programmes/rising/trade-off", {**TRADE_OFF, "counting": True})
    assert "Counted right now" in compared(office.get(MATCHING).text)
    fakes.answer("matching", "GET /programmes/rising/trade-off",
                 {**TRADE_OFF, "why": "matching-too-large", "outlooks": []})
    assert "too many people" in compared(office.get(MATCHING).text)


def test_objectives_that_come_to_the_same_are_said_to(office: Browser, fakes: FakeServices) -> None:
    same = [an_outlook(one, 2, 0, 100, 40, 1, 0) for one in ("participation", "score")]
    fakes.answer("matching", "GET /programmes/rising/trade-off", {**TRADE_OFF, "outlooks": same})

    assert "all objectives come to the same here" in compared(office.get(MATCHING).text)


def test_without_the_comparison_a_run_can_begin_all_the_same(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /programmes/rising/trade-off", problem(500, "broken"))

    page = office.get(MATCHING).text

    assert "Run matching" in page
    assert "A part of this page is missing." in page
