"""The checklist of a programme: on its overview with one next step, and whole among the settings."""

import re
from typing import Any

import pytest

from services.portal.pages.checklist_words import DOINGS
from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import (
    CHECKLIST,
    DRAFT,
    DRAFT_CHECKLIST,
    PROGRAMME,
    SUMMARY,
    FakeServices,
    an_item,
    problem,
)

OVERVIEW, PAGE = "/programmes/rising", "/programmes/rising/checklist"


def with_next(fakes: FakeServices, item: dict[str, Any]) -> None:
    """A running programme without a run to look at, whose first open item is this one."""
    fakes.answer("matching", "GET /programmes/rising/runs", [])
    fakes.answer("matching", "GET /programmes/rising/checklist", {
        **CHECKLIST, "phase": item["phase"], "next": item["id"], "items": [
            an_item("purpose", "draft", True), {**item, "done": False}, an_item("later", item["phase"])]})


def sea(page: str) -> str:
    """The panel of the next step."""
    found = re.search(r'<section class="ith-sea.*?</section>', page, re.DOTALL)
    assert found
    return found[0]


@pytest.mark.parametrize("code", sorted(DOINGS))
def test_each_item_is_one_primary_button_that_leads_to_where_it_is_done(office: Browser, fakes: FakeServices, code: str
                                                                       ) -> None:
    with_next(fakes, an_item(code, "running"))

    panel = sea(office.get(OVERVIEW).text)

    assert panel.count('class="govuk-button"') == 1
    link = re.search(r'<a class="govuk-button" href="([^"#]+)', panel)
    pressed = re.search(r'action="([^"]+)".*?class="govuk-button"', panel, re.DOTALL)
    assert bool(link) != bool(pressed)
    if link:
        assert office.get(link[1].replace("&amp;", "&")).status_code == 200
    if pressed:
        assert pressed[1] in (f"{OVERVIEW}/checklist/{code}/tick", f"{OVERVIEW}/opening")


def test_the_overview_shows_the_list_of_its_phase_with_who_ticked_what_off(office: Browser) -> None:
    page = office.get(OVERVIEW).text

    assert "Checklist: Running" in page
    assert "2 of 5 done" in page
    assert page.index("Help all pairs to begin") < page.index("Book the hall") < page.index("Finish the open tasks of")
    assert "Ilse" in page[page.index("Book the hall"):page.index("Finish the open tasks of matching")]
    assert "Tell the sponsor what came of it" not in page
    assert "something-newer" in page


def test_what_only_a_person_knows_is_ticked_off_and_back_where_it_was_pressed(office: Browser, fakes: FakeServices
                                                                            ) -> None:
    answer = office.send(f"{PAGE}/half-time-told/tick", {"back": PAGE}, page=OVERVIEW)

    assert (answer.location, fakes.last().method, fakes.last().path) == (
        PAGE, "PUT", "/v1/programmes/rising/checklist/half-time-told/tick")
    answer = office.send(f"{PAGE}/own-hall/tick", {"undone": "yes", "back": "//evil.example"}, page=OVERVIEW)
    assert (answer.location, fakes.last().method) == ("/", "DELETE")


def test_what_counts_itself_has_nothing_to_tick_and_says_so_when_asked(office: Browser, fakes: FakeServices) -> None:
    page = office.get(PAGE).text
    fakes.answer("matching", "PUT /programmes/rising/checklist/[a-z-]+/tick",
                 lambda _request: problem(409, "item-counts-itself"))

    assert "checklist/half-time-told/tick" in page
    assert "checklist/tasks-done/tick" not in page
    answer = office.send(f"{PAGE}/tasks-done/tick", {"back": PAGE}, page=PAGE)
    assert "it is done as soon as the facts say so" in office.get(answer.location).text


def test_a_draft_is_opened_as_its_last_step_and_may_be_opened_before(office: Browser, fakes: FakeServices) -> None:
    last = sea(office.get("/programmes/first-bridge").text)
    fakes.answer("matching", "GET /programmes/first-bridge/checklist", {
        **DRAFT_CHECKLIST, "next": "sponsor", "items": [an_item("sponsor", "draft"), an_item("opened", "draft")]})
    before = sea(office.get("/programmes/first-bridge").text)
    fakes.answer("matching", "GET /programmes/first-bridge", {**DRAFT, "purpose": ""})
    without = sea(office.get("/programmes/first-bridge").text)

    assert (last.count("Open it"), last.count("first-bridge/opening")) == (1, 1)
    assert "settings#sponsor" in before
    assert (before.count("Open it"), without.count("Open it")) == (1, 0)


@pytest.mark.parametrize(("state", "mentors", "aside"), [
    ("recruiting", 0, "Import people"), ("recruiting", 3, "Go to matching"), ("matching", 0, "Import people"),
    ("matching", 3, "Go to matching"), ("running", 3, "")])
def test_who_leaves_something_undone_still_finds_the_way_on(office: Browser, fakes: FakeServices, state: str,
                                                           mentors: int, aside: str) -> None:
    with_next(fakes, an_item("own", state, counted=False, text="Own"))
    fakes.answer("matching", "GET /programmes/rising", {**PROGRAMME, "state": state})
    fakes.answer("matching", "GET /programmes/rising/summary", {**SUMMARY, "mentors": mentors})

    panel = sea(office.get(OVERVIEW).text)

    assert [one for one in ("Import people", "Go to matching") if f">{one}</a>" in panel] == [aside][:bool(aside)]


def test_without_an_answer_no_step_is_made_up(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /programmes/rising/runs", [])
    fakes.answer("matching", "GET /programmes/rising/checklist", lambda _request: problem(503, "unavailable"))

    panel = sea(office.get(OVERVIEW).text)

    assert "Not known right now" in panel
    assert 'class="govuk-button"' not in panel


def test_items_are_added_put_in_order_and_taken_out(office: Browser, fakes: FakeServices) -> None:
    def ids() -> list[str]:
        assert fakes.last().version == '"3"'
        return [one["id"] for one in fakes.last().body["checklist"] if one["phase"] == "running"]
    before = ["pairs-begun", "own-hall", "tasks-done", "half-time-told", "something-newer"]

    for item, what, after in (
            ("own-hall", "up", ["own-hall", "pairs-begun", *before[2:]]),
            ("own-hall", "down", ["pairs-begun", "tasks-done", "own-hall", *before[3:]]),
            ("pairs-begun", "up", before), ("own-hall", "removal", [before[0], *before[2:]]), ("none", "up", before)):
        office.send(f"{PAGE}/items/{item}/{what}", {"version": "3"}, page=PAGE)
        assert ids() == after
    office.send(f"{PAGE}/items", {"version": "3", "phase": "running", "text": " Water  the plants "}, page=PAGE)
    assert ids()[:-1] == before
    assert fakes.last().body["checklist"][-1]["text"] == "Water the plants"
    office.send(f"{PAGE}/usual", {"version": "3"}, page=PAGE)
    assert fakes.last().body == {"checklist": None}
    assert office.send(f"{PAGE}/items/own-hall/sideways", {"version": "3"}, page=PAGE).status_code == 404


def test_a_second_press_finds_the_item_and_is_told_what_the_first_one_was(office: Browser, fakes: FakeServices
                                                                          ) -> None:
    given = {"version": "3", "phase": "running", "text": "Water the plants", "form_key": "Pressed"}
    fakes.answer("matching", "GET /programmes/rising/checklist", {
        **CHECKLIST, "items": [*CHECKLIST["items"], an_item("own-pressed", "running", counted=False, text="Water")]})
    fakes.answer("matching", "PATCH /programmes/rising", lambda _request: problem(412, "stale"))

    answer = office.send(f"{PAGE}/items", given, page=PAGE)

    assert answer.location == PAGE
    assert "The list is kept." in office.get(PAGE).text


@pytest.mark.parametrize("given", [{"phase": "running", "text": " "}, {"phase": "running", "text": "x" * 201},
                                   {"phase": "closed", "text": "Dance"}])
def test_an_item_without_words_or_phase_is_not_sent(office: Browser, fakes: FakeServices, given: dict[str, str]
                                                    ) -> None:
    sent = len(fakes.sent)

    answer = office.send(f"{PAGE}/items", {"version": "3", **given}, page=PAGE)

    assert (answer.status_code, len(fakes.sent)) == (422, sent)
    assert "Please look at this again" in answer.text


def test_of_a_closed_programme_the_list_is_read_only(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /programmes/rising", {**PROGRAMME, "state": "closed"})

    page = office.get(PAGE).text

    assert "Book the hall" in page
    assert "Add an item" not in page
    assert "/tick" not in page
