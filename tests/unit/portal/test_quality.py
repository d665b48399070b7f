"""Charts of the workbench: each with a sentence and a table of the same figures, before and after swaps."""

import re
from html import unescape

import pytest

from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import QUALITY, SWAPPED_QUALITY, FakeServices, problem, rendered

ROWS = re.compile(r'<tr><th scope="row">([^<]+)</th>((?:<td class="ith-num">[^<]*</td>)+)</tr>')


def tables(page: str) -> dict[str, dict[str, list[str]]]:
    found = re.findall(r'<caption class="ith-vh">([^<]+)</caption>(.*?)</table>', page, re.DOTALL)
    return {unescape(caption): {name: re.findall(r">([^<>]*)</td>", cells) for name, cells in ROWS.findall(body)}
            for caption, body in found}


def test_scores_are_told_by_their_weakest_and_in_a_table(office: Browser) -> None:
    page = unescape(office.get("/runs/run-4").text)

    assert ("Half of all pairs have a score of 59 or less, the weakest tenth 34 or less and 29 on average, five of a "
            "hundred 29 or less. One mentee stays without a mentor.") in page
    assert ("48% of the mentees whose mentor the run chose have the one who suits them best of all whom they may have, "
            "78% one of the best three.") in page
    found = tables(page)
    assert [row[0] for row in found["Scores of the pairs"].values()] == [
        str(one) for one in QUALITY["found"]["histogram"]]
    assert found["How many pairs have no more than a score"]["50%"] == ["59"]
    assert found["Which place those given have among all who are possible"]["the best"] == ["11"]
    assert page.count("<polyline") == 1


def test_before_and_after_swaps_stand_side_by_side(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /runs/run-(?:4|5)/quality", SWAPPED_QUALITY)

    page = unescape(office.get("/runs/run-4").text)

    found = tables(page)
    assert "2 mentees stay without a mentor." in page
    assert page.count("<polyline") == 2
    assert found["Scores of the pairs"]["10"] == ["0", "1"]
    assert found["How many pairs have no more than a score"]["5%"] == ["29", "23"]
    assert found["Which place those given have among all who are possible"]["locked or swapped by hand"] == [
        "1", "2"]
    assert page.count("As found") == 5


def test_how_full_mentors_are_is_told_with_the_places_that_stay_free(office: Browser) -> None:
    page = unescape(office.get("/runs/run-4").text)

    assert ("Of 36 places 6 are taken by pairs and circles that there are, 24 by this run, and 6 stay free.") in page
    rows = re.findall(r'<tr><th scope="row">([^<]+)</th><td class="ith-mark">(.*?)</td>(.*?)</tr>', page)
    assert [(name, dots.count("<circle"), re.findall(r">(\d+)</td>", cells)) for name, dots, cells in rows] == [
        ("1", 2, ["6", "6", "1", "5", "0"]), ("2", 2, ["9", "18", "2", "14", "2"]),
        ("10 or more", 2, ["1", "12", "3", "5", "4"])]


@pytest.mark.parametrize("answer", [
    {"best": 100, "found": None, "now": None}, None,
    {"best": 100, "found": {**QUALITY["found"], "curve": []}, "now": None}])
def test_a_run_that_was_not_measured_shows_its_histogram(office: Browser, fakes: FakeServices, answer: object) -> None:
    fakes.answer("matching", "GET /runs/run-(?:4|5)/quality", answer or (lambda *_: rendered(problem(503, "away"))))

    page = office.get("/runs/run-4")

    assert page.status_code == 200
    assert "Histogram of pair scores" in page.text
    assert "<polyline" not in page.text


@pytest.mark.feature("C18")
def test_the_overview_tells_how_full_mentors_are_now(office: Browser, fakes: FakeServices) -> None:
    page = office.get("/programmes/rising").text
    card = page[page.index('id="load"'):]

    assert "Of 229 places 212 are taken, 22 by pairs that have not begun, and 17 are free." in card
    rows = re.findall(r'<tr><th scope="row">([^<]+)</th>.*?</tr>', card)
    assert rows[:2] == ["1", "2"]
    assert "not begun" in card


@pytest.mark.feature("C18")
def test_figures_of_the_run_say_that_they_stay_as_it_found_them(office: Browser) -> None:
    page = office.get("/runs/run-4").text

    assert "as found by the run: swaps, answers and pairs that ended since are not in them" in page
