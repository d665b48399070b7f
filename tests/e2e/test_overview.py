"""The overview of a programme before the real services: each number opens as many rows as it says."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from flask import Flask

from services.matching.domain.person import person_id
from services.portal.assets import build
from tests.e2e.test_funnel import live
from tests.e2e.test_pages import portal_of
from tests.e2e.village import Village
from tests.unit.portal.conftest import Browser

NUMBER = re.compile(r'<a href="([^"]+)">(?:<b>)?([\d,]+)(?:<span|</b>|</a>)')
TILE = re.compile(r'<a class="ith-todo" href="([^"]+)"><span class="ith-todo__n">([\d,]+)</span>')
ROW = re.compile(r'<tr[^>]*>(?:<td><label class="ith-tick">.*?</td>)?<th scope="row"')
NEXT = re.compile(r'href="([^"]*after=[^"]+)"')
SUMS = ("/matching", "/tasks", "state=active-mentor", "#first-sessions")
"""Pages where rows add up to the number, or that show more than a list: drafts, tasks, seats and days."""


@pytest.fixture
def lived(tmp_path: Path) -> Iterator[tuple[Village, Flask, str]]:
    build.main()
    village = Village(tmp_path)
    programme = live(village)
    village.settle(days=40)
    village.put_in_charge(programme)
    yield village, portal_of(village), programme
    village.close()


def rows(browser: Browser, href: str) -> int:
    """On all pages of the list."""
    page = browser.get(href)
    assert page.status_code == 200, href
    table = page.text[page.text.index("<main"):]
    later = NEXT.search(table)
    path = href.partition("?")[0]
    return len(ROW.findall(table)) + (rows(browser, path + unescape(later[1])) if later else 0)


def test_each_number_opens_as_many_rows_as_it_says(lived: tuple[Village, Flask, str]) -> None:
    _village, app, programme = lived
    browser = Browser(app.test_client())
    assert browser.sign_in(person_id("c1")).status_code == 303
    pages = [browser.get(f"/programmes/{programme}{more}").text for more in ("", "/funnel")]

    told = [(unescape(href), int(count.replace(",", ""))) for page in pages
            for href, count in (*NUMBER.findall(page[page.index("<main"):]), *TILE.findall(page))]
    counted = [(href, count) for href, count in told if not any(one in href for one in SUMS)]
    wrong = [(href, count, found) for href, count in counted if (found := rows(browser, href)) != count]

    assert wrong == []
    assert len(counted) > 20
    assert sum(count > 0 for _, count in counted) > 10
