"""The funnel on its page: bars with the same figures beside them, and a sentence."""

import re

import pytest

from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import FUNNEL, FakeServices

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

    assert cells(page, "Applied", 1) == ["261", "71%", "100", "6", "166", "–"]
    assert cells(page, "Matched", 1) == ["212", "88%", "29", "15", "98", "70%"]
    assert cells(page, "Completed", 0)[0] == "0"
    assert "something-newer" not in page
    assert "350 began with “Invited”, and 0 have completed. Most are missing at “Applied”: 100" in page


def test_every_number_leads_to_its_rows(office: Browser) -> None:
    page = office.get(PLACE).text

    for where in ("invitations", "applications", "people?state=mentor", "people?state=mentee", "pairs",
                  "pairs?state=closed"):
        assert f'href="/programmes/rising/{where}"' in page
        assert office.get(f"/programmes/rising/{where}").status_code == 200


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
