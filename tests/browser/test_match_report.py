"""The report of `ithaca match`, in every part it can have: no rule of axe broken, fits a phone, loads nothing."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser

from services.matching.entrypoints.match_files import match
from tests.browser.conftest import Visitor

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
PARTS = ("scores", "wishes", "without-mentor", "without-mentee", "loads", "skills", "fairness-1", "ways", "pairs")


PAPER = 718
"""Pixels of a sheet of A4 between margins of a centimetre."""


def a_report(folder: Path, language: str) -> Path:
    written = folder / "report.html"
    done = CliRunner().invoke(match, ["--mentors", str(EXAMPLES / "mentors.csv"), "--mentees",
                                      str(EXAMPLES / "mentees.csv"), "--out", str(folder / "pairs.csv"), "--report",
                                      str(written), "--fairness", "location", "--language", language])  # fmt: skip
    assert done.exit_code == 0, done.output
    return written


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_part_of_the_report_can_be_read_by_all(chromium: Browser, tmp_path: Path, language: str) -> None:
    written = a_report(tmp_path, language)

    page = chromium.new_page(viewport={"width": 390, "height": 800})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(written.as_uri())
    visitor = Visitor(page, "")

    assert [part for part in PARTS if not page.locator(f"#{part}").count()] == []
    assert page.locator("svg").count() > 4
    assert visitor.violations() == []
    assert visitor.width() <= 390
    assert asked == [written.as_uri()]
    page.close()


def test_nothing_of_the_report_is_cut_on_paper(chromium: Browser, tmp_path: Path) -> None:
    page = chromium.new_page(viewport={"width": PAPER, "height": 1_000})
    page.goto(a_report(tmp_path, "de").as_uri())
    page.emulate_media(media="print")

    beyond = page.evaluate("""paper => [...document.querySelectorAll('body *')]
        .filter(one => one.getBoundingClientRect().right > paper + 1).map(one => one.outerHTML.slice(0, 80))""", PAPER)

    assert beyond == []
    assert not page.locator("nav").is_visible()
    assert page.locator("svg").last.is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.close()
