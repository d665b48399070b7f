"""What to mend before a run: each line leads to the people and to where it is mended."""

import re
from typing import Any

import pytest

from services.portal.pages import readiness
from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import RUN, FakeServices, problem

MATCHING, PAGE = "/programmes/rising/matching", "/programmes/rising/readiness"


def ready(page: str) -> str:
    return page[page.index('id="ready"'):page.index("</section>", page.index('id="ready"'))]


def test_each_line_before_a_run_leads_to_the_people_it_is_about(office: Browser) -> None:
    shown = ready(office.get(MATCHING).text)

    lines = dict(re.findall(r'<span>([^<]+)</span><a href="([^"]+)"', shown))
    assert {text: href.removeprefix("/programmes/rising/") for text, href in lines.items()} == {
        "198 free seats for 241 mentees": "people?state=mentor",
        "At least 43 stay unmatched": "people?state=unmatched",
        "2 applications are undecided.": "applications?state=submitted",
        "Nobody is allowed for 2 mentees; the rule “a common language” removes most.":
            "readiness?what=nobody-allowed-mentee",
        "One mentee wishes for a mentor whom a rule forbids.": "readiness?what=wish-barred-mentee",
        "One mentee has no wish.": "readiness?what=no-wish-mentee",
        "700 mentors say nothing under “goals”.": "readiness?what=blank-mentor-goals",
        "One mentor offers no seat.": "readiness?what=no-seat-mentor",
    }
    assert "known of 200 mentees; of the others the run tells" in shown
    assert all(office.get(href.replace("&amp;", "&")).status_code == 200 for href in lines.values())


@pytest.mark.parametrize(("what", "mended", "names"), [
    ("nobody-allowed-mentee", "/programmes/rising/rules", ["Nguyễn Thị Hạnh", "Amara Okonkwo"]),
    ("wish-barred-mentee", "/programmes/rising/rules", ["Jun-seo Baek"]),
    ("no-wish-mentee", "/programmes/rising/form", ["Nguyễn Thị Hạnh"]),
    ("blank-mentor-goals", "/programmes/rising/form", ["Helena Novotná", "Håkon Lindqvist"]),
    ("no-seat-mentor", "/programmes/rising/import", ["Marguerite Duclos"]),
])
def test_a_line_names_its_people_and_where_it_is_mended(
        office: Browser, what: str, mended: str, names: list[str]) -> None:
    page = office.get(f"{PAGE}?what={what}").text

    assert f'class="govuk-button" href="{mended}"' in page
    assert all(name in page for name in names)
    assert (f"mentor-for/{'hanh' if 'Nguyễn Thị Hạnh' in names else 'jun-seo'}" in page) == what.endswith("-mentee")
    assert ("The first 2 are shown." in page) == (what == "blank-mentor-goals")


def test_what_is_mended_by_now_says_so(office: Browser) -> None:
    assert "This is mended." in office.get(f"{PAGE}?what=lock-mentee").text
    assert office.get(f"{PAGE}?what=nonsense").status_code == 404


def test_nothing_to_mend_is_said_and_no_answer_leaves_a_gap(office: Browser, fakes: FakeServices) -> None:
    assert "Nothing stands in the way." in ready(office.get("/programmes/first-bridge/matching").text)

    fakes.answer("matching", "GET /programmes/rising/readiness", problem(503, "unavailable"))

    page = office.get(MATCHING).text
    assert "This part did not arrive in time." in ready(page)
    assert "Run matching" in page


def test_with_a_proposal_the_page_says_what_a_run_keeps(office: Browser, fakes: FakeServices) -> None:
    assert "unless others are better by more than 4% of the best score" in ready(office.get(MATCHING).text)

    fakes.answer("matching", "GET /programmes/rising/runs", [{**RUN, "state": "published"}])

    assert "best score" not in office.get(MATCHING).text


def test_what_is_counted_right_now_is_said_with_a_way_to_look_again(office: Browser, fakes: FakeServices) -> None:
    """Not that it was mended, nor figures of nobody."""
    uncounted = {"mentees": 0, "seats": 0, "undecided": 0, "looked_at": 0, "unmatched": 0, "concerns": [],
                 "as_of": None, "counting": True}
    fakes["matching"].answers["GET /programmes/rising/readiness"] = uncounted
    fakes["matching"].answers["GET /programmes/rising/motives"] = {"items": [], "as_of": None, "counting": True}

    overview, concern = ready(office.get(MATCHING).text), office.get(f"{PAGE}?what=no-wish-mentee").text
    motives = office.get("/programmes/rising/motives").text

    assert "Nothing stands in the way" not in overview
    assert "mended" not in concern
    for page, address in ((overview, MATCHING), (concern, f"{PAGE}?what=no-wish-mentee"),
                          (motives, "/programmes/rising/motives")):
        assert "Counted right now" in page
        assert f'href="{address}"' in page


@pytest.mark.parametrize(("column", "words"), [
    ("style_planning", "how they plan"), ("style_talking", "how they talk"), ("time_zone", "shared hours"),
    ("own_field", "own field")])
def test_a_column_that_lacks_answers_is_named_as_its_criterion(portal_app: Any, column: str, words: str) -> None:
    concern = {"code": "blank", "role": "mentee", "count": 2, "facts": {"column": column}, "key": "–"}

    with portal_app().test_request_context():
        assert readiness.sentence(concern) == f"2 mentees say nothing under “{words}”."
