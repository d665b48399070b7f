"""What a programme refuses that is a draft or over is not offered; the pages say so, and lead on."""

import pytest

from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import PROGRAMME, FakeServices

PLACE = "/programmes/rising"
OFFERED = {
    "/matching": ["Run matching", "Compare the objectives"], "/people?state=unmatched": ["Run matching for them",
    "Import people", "Pair by hand"], "/imports": ["Import people"], "/import": ["Upload and check"],
    "/circles": ["Form a circle"], "/circles/new": ["Form the circle"], "/invitations": ["Look at the list"],
    "/campaigns": ["Look at it first"]}
ALSO_IN_DRAFTS = ("/campaigns",)
SAID = {"draft": "This programme is a draft", "closing": "takes nobody in any more",
        "closed": "takes nobody in any more"}
FORMS = ("/matching", "/import", "/circles/new", "/invitations", "/campaigns")


def buttons(page: str, wanted: list[str]) -> list[str]:
    inside = page.split("<main")[1].split("</main>")[0]
    return [one for one in wanted if f">{one}<" in inside]


@pytest.mark.parametrize("path", OFFERED)
@pytest.mark.parametrize("state", ["draft", "recruiting", "matching", "running", "closing", "closed"])
def test_only_an_open_programme_offers_what_takes_people_in(office: Browser, fakes: FakeServices, state: str,
                                                            path: str) -> None:
    fakes.answer("matching", "GET /programmes/rising", {**PROGRAMME, "state": state})

    page = office.get(PLACE + path).text

    offered = state not in SAID or (state == "draft" and path in ALSO_IN_DRAFTS)
    assert buttons(page, OFFERED[path]) == (OFFERED[path] if offered else [])
    assert [words for words in set(SAID.values()) if words in page] == (
        [] if offered or path not in FORMS else [SAID[state]])


@pytest.mark.parametrize(("state", "count"), [("running", 1), ("closing", 0), ("closed", 0)])
def test_nobody_waits_for_a_mentor_in_a_programme_that_is_over(office: Browser, fakes: FakeServices, state: str,
                                                               count: int) -> None:
    fakes.answer("matching", "GET /programmes/rising", {**PROGRAMME, "state": state})

    assert office.get(PLACE).text.count(f'href="{PLACE}/people?state=unmatched"') == count


@pytest.mark.parametrize(("state", "there"), [("running", True), ("closing", True), ("closed", False)])
def test_places_breaks_and_leaving_end_with_the_programme(office: Browser, fakes: FakeServices, state: str,
                                                          there: bool) -> None:
    fakes.answer("matching", "GET /programmes/rising", {**PROGRAMME, "state": state})

    people, one = (office.get(path).text for path in (f"{PLACE}/people", "/participants/a-helena"))

    assert ("/pause" in people) is ("#leave" in people) is there
    assert [f"/participants/a-helena/{what}" in one for what in ("room", "pause", "departure")] == 3 * [there]
    assert ("nothing can be changed any more" in one) is not there
