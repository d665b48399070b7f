"""The funnel on its page: bars with the same figures beside them, and a sentence."""

import re
from html import escape
from itertools import product

import pytest

from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import FIRST_SESSIONS, FUNNEL, FakeServices, side

STEPS = ("invited", "applied", "approved", "matched", "met", "completed")
PLACE = "/programmes/rising/funnel"


def cells(page: str, row: str, side: int) -> list[str]:
    """The texts of a row, without the chart; `side` 0 is the first table."""
    table = page.split("<table")[side + 1]
    found = re.search(rf'<th scope="row">{row}</th>(.*?)</tr>', table, re.DOTALL)
    assert found
    return [re.sub(r"<[^>]+>", "", cell).split()[0] for cell in re.findall(r'<td class="ith-num">(.*?)</td>', found[1])]


@pytest.mark.feature("A6")
def test_each_step_has_its_figures_in_a_table_with_the_cohort_before_and_the_target(office: Browser) -> None:
    page = office.get(PLACE).text

    assert cells(page, "Applied", 1) == ["261", "71%:", "100", "6", "166", "–"]
    assert "71%: 250 of 350" in page
    assert cells(page, "Matched", 1) == ["212", "88%", "29", "15", "98", "70%"]
    assert cells(page, "Completed", 0)[0] == "0"
    assert "something-newer" not in page
    assert "350 began with “Invited”, and 0 have completed. Most are missing at “Applied”: 100" in page


def test_a_side_on_which_most_began_later_says_so(office: Browser, fakes: FakeServices) -> None:
    few = side("mentor", ("invited", 10, 0, None), ("applied", 7, 4, 4), ("approved", 143, 3, 6),
               ("matched", 140, 140, 9), ("met", 120, 120, 9), ("completed", 2, 2, 90))
    fakes.answer("matching", "GET /programmes/rising/funnel", {**FUNNEL, "sides": [few], "last": None})

    page = office.get(PLACE).text

    assert "143 came to “Approved”, of whom few began with “Invited” (10 in all), and 2 have completed." in page
    assert "10 began with" not in page
    assert "43%: 3 of 7" in page


def test_every_number_leads_to_its_rows(office: Browser) -> None:
    page = office.get(PLACE).text

    for role, step in product(("mentor", "mentee"), STEPS):
        where = f"{PLACE}/people?role={role}&step={step}"
        assert f'href="{escape(where)}"' in page
        rows = office.get(where).text
        assert ("Amara Okonkwo" in rows, "Somebody who was forgotten" in rows) == (True, True)
    assert "Mentees: Invited" in office.get(f"{PLACE}/people").text
    for wrong in ("role=boss&step=met", "role=mentor&step=dancing"):
        assert office.get(f"{PLACE}/people?{wrong}").status_code == 404


def test_the_wait_for_the_first_session_is_a_line_with_its_marks_its_table_and_a_sentence(office: Browser) -> None:
    page = office.get(PLACE).text

    assert "Half of all meet for the first time within 17 days of the match; 150 of 212 have met so far." in page
    assert "By day 14: 31%. By day 30: 55%." in page
    assert re.findall(r'text-anchor="(\w+)">(day \d+)</text>', page) == [
        ("middle", "day 14"), ("middle", "day 30"), ("end", "day 45")]
    points = re.findall(r'<polyline class="ith-s-1" points="([^"]+)"', page)[0].split()
    assert (points[0], points[-1]) == ("0.0,120.0", "340.0,33.6")
    assert re.findall(r'<th scope="row" class="ith-num">(\d+)</th><td class="ith-num">(\d+%)</td>', page) == [
        ("3", "10%"), ("9", "31%"), ("17", "55%"), ("41", "72%")]
    overview = office.get("/programmes/rising").text
    assert "Median days to the first session" in overview
    assert ">17</a>" in overview


def test_the_line_ends_with_the_longest_that_anybody_was_followed(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /programmes/rising/first-sessions", {
        **FIRST_SESSIONS, "median_days": None, "followed_days": 18, "points": FIRST_SESSIONS["points"][:2],
        "marks": [{"day": 14, "share": 0.31}, {"day": 30, "share": None}]})

    page = office.get(PLACE).text

    assert "By day 14: 31%. By day 30: not known yet." in page
    points = re.findall(r'<polyline class="ith-s-1" points="([^"]+)"', page)[0].split()
    assert points[-1] == "136.0,82.8"


def test_how_it_is_known_that_two_have_met_is_said_beside_the_figures(office: Browser) -> None:
    assert "Who has met is known from check-ins: it counts days late, at most until the next one" in office.get(
        PLACE).text
    assert "known from check-ins, so days late, at most until the next one" in office.get("/programmes/rising").text


def test_a_median_that_is_not_reached_says_so(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /programmes/rising/first-sessions", {**FIRST_SESSIONS, "median_days": None})

    assert "not reached yet</a>" in office.get("/programmes/rising").text
    assert "half of them is not reached yet" in office.get(PLACE).text
    assert "Nobody has been matched yet." in office.get("/programmes/first-bridge/funnel").text


def test_a_programme_without_people_says_so_and_one_without_a_cohort_before_has_no_ghosts(
        office: Browser, fakes: FakeServices) -> None:
    empty = office.get("/programmes/first-bridge/funnel").text
    fakes.answer("matching", "GET /programmes/rising/funnel", {**FUNNEL, "last": None})

    assert empty.count("Nobody yet: the steps fill") == 2
    assert "<table" not in empty
    assert "ith-f-ghost" not in office.get(PLACE).text


def test_the_overview_shows_the_same_steps_and_leads_there(office: Browser) -> None:
    page = office.get("/programmes/rising").text

    assert f'href="{PLACE}"' in page
    assert "<b>350</b>" in page
