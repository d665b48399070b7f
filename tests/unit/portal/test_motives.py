"""Drivers and hurdles of mentors on their page: ranked, without small figures, each hurdle with what lowers it."""

import re
from html import unescape

import pytest

from services.matching.domain.default_forms import CAREER
from services.matching.domain.motives import asked
from services.portal.pages.motives import MEASURES
from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import FakeServices

PAGE = "/programmes/rising/motives"


@pytest.mark.feature("S4.4")
def test_motives_are_ranked_in_the_readers_words_with_counts_and_shares(office: Browser) -> None:
    page = unescape(office.get(PAGE).text)

    assert re.search(r"Pass on what I know.*nearly all.*Learn from others.*<b>12</b>.*30%", page, re.DOTALL)
    assert re.search(r"Little time.*<b>28</b>.*70%.*No room to meet.*<b>9</b>.*Another place", page, re.DOTALL)
    assert "Fewer than 5 each: Little support." in page
    assert "What moves mentors" in page


@pytest.mark.feature("S4.5")
def test_each_hurdle_leads_to_what_lowers_it(office: Browser, fakes: FakeServices) -> None:
    page = unescape(office.get(PAGE).text)
    cells = dict(re.findall(r'<th scope="row" class="ith-wide">([^<]+)</th>.*?<td class="ith-wide">(.*?)</td>', page))

    links = {text: re.findall(r'href="([^"]+)"', cell) for text, cell in cells.items()}
    assert links == {
        "Little time": ["/programmes/rising/people?state=mentor", "/programmes/new?like=flash"],
        "No room to meet": ["/programmes/new?like=flash"], "Another place": ["/programmes/new?like=flash"], "None": []}
    for address in {one for found in links.values() for one in found}:
        assert office.get(address).status_code == 200
    fakes.answer("matching", "GET /templates", [{"id": "flash", "name": "Flash mentoring", "names": {}}])
    assert 'value="flash" checked' in office.get("/programmes/new?like=flash").text


def test_every_hurdle_of_the_default_form_has_a_measure() -> None:
    field = asked(CAREER, "hurdles")

    assert field
    assert {one.code for one in field.options if MEASURES.get(one.code)} == {
        one.code for one in field.options if one.code != "none"}


def test_few_answers_show_no_figure(office: Browser) -> None:
    page = unescape(office.get("/programmes/first-bridge/motives").text)

    assert page.count("Too few have answered") == 2
    assert "<b>28</b>" not in page
