"""The report of `ithaca match`, in every part it can have: no rule of axe broken, fits a phone, loads nothing."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser

from services.matching.entrypoints.match_files import match
from tests.browser.conftest import Visitor

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
PARTS = ("scores", "wishes", "without-mentor", "without-mentee", "loads", "skills", "fairness-1", "ways", "pairs")


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_part_of_the_report_can_be_read_by_all(chromium: Browser, tmp_path: Path, language: str) -> None:
    written = tmp_path / "report.html"
    done = CliRunner().invoke(match, ["--mentors", str(EXAMPLES / "mentors.csv"), "--mentees",
                                      str(EXAMPLES / "mentees.csv"), "--out", str(tmp_path / "pairs.csv"), "--report",
                                      str(written), "--fairness", "location", "--language", language])  # fmt: skip
    assert done.exit_code == 0, done.output

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
