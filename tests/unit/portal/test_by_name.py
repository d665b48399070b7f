"""Lists narrowed by a name: a plain form, kept in the address by all that is on the page."""

import re
from html import unescape
from typing import Any

import pytest
from werkzeug.wrappers import Request

from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import FakeServices

ASKED = {
    "/programmes/rising/people": "GET /programmes/([^/]+)/participants",
    "/programmes/rising/pairs": "GET /programmes/([^/]+)/pairs",
    "/programmes/rising/requests": "GET /programmes/([^/]+)/requests",
    "/programmes/rising/applications": "GET /programmes/([^/]+)/applications",
    "/runs/run-4": "GET /runs/([^/]+)/proposals",
    "/runs/run-4/unmatched": "GET /runs/([^/]+)/unmatched",
}


@pytest.fixture
def asked(fakes: FakeServices) -> list[str | None]:
    """What each list was asked to be narrowed by; it has nobody, and says that there are more."""
    said: list[str | None] = []

    def answer(request: Request, *_ids: str) -> Any:
        said.append(request.args.get("q"))
        return 200, {"items": [], "cut": True}, {}

    for pattern in ASKED.values():
        fakes.answer("matching", pattern, answer)
    return said


@pytest.mark.parametrize("page", ASKED)
def test_each_list_is_narrowed_by_the_name_in_its_address(office: Browser, asked: list[str | None], page: str) -> None:
    text = unescape(office.get(f"{page}?state=active&q=%20Amara%20%20O").text)

    assert "Amara O" in asked
    assert 'name="q" type="search" value="Amara O"' in text
    assert "Nobody here has this name" in text
    assert "“Amara O” was looked for." in text
    assert "More people have such a name than are looked at here" in text
    [form] = re.findall(r'<form[^>]*role="search".*?</form>', text)
    assert '<input type="hidden" name="state" value="active">' in form
    files = re.findall(r'href="([^"]+\.csv[^"]*)"', text)
    assert files
    assert all("q=Amara+O" in one for one in files)


@pytest.mark.parametrize("page", ASKED)
def test_without_a_name_everybody_is_asked_for(office: Browser, asked: list[str | None], page: str) -> None:
    text = office.get(page).text

    assert set(asked) == {None}
    assert "Nobody here has this name" not in text


@pytest.mark.parametrize("page", [*ASKED][:-1])
def test_the_file_has_the_rows_of_the_page(office: Browser, asked: list[str | None], page: str) -> None:
    file = f"{page}/proposals.csv" if page == "/runs/run-4" else f"{page}.csv"

    assert office.get(f"{file}?q=Amara").status_code == 200
    assert asked == ["Amara"]


def test_a_view_of_a_name_is_saved_and_opens_it(office: Browser, fakes: FakeServices) -> None:
    page = office.get("/programmes/rising/pairs?state=active&q=Amara").text
    assert '<input type="hidden" name="q" value="Amara">' in page

    answer = office.send("/programmes/rising/views", {"list": "pairs", "name": "Hers", "filter": "active",
                                                      "q": "Amara"})
    assert answer.headers["Location"] == "/programmes/rising/pairs?state=active&q=Amara"
    assert fakes.last().body["q"] == "Amara"

    fakes.answer("matching", "GET /programmes/[^/]+/views", [
        {"id": "v9", "list": "pairs", "name": "Hers", "filter": "active", "q": "Amara"}])
    assert 'href="/programmes/rising/pairs?state=active&amp;q=Amara"' in office.get("/programmes/rising/pairs").text


def test_from_a_name_among_the_people_a_link_leads_to_the_pairs(office: Browser) -> None:
    text = unescape(office.get("/programmes/rising/people").text)

    assert "/programmes/rising/pairs?q=Amara+Okonkwo" in text


def test_who_sits_with_nobody_is_paired_by_hand_or_by_a_run_from_the_list(office: Browser) -> None:
    text = office.get("/programmes/rising/people?state=unmatched").text

    assert 'href="/programmes/rising/mentor-for/' in text
    assert 'action="/programmes/rising/runs"' in text
    assert "/mentor-for/" not in office.get("/programmes/rising/people").text
