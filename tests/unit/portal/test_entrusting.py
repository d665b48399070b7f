"""Who looks after a programme: substitutes and who is told of what, and lists that go by it."""

from typing import Any

import pytest

from shared.kernel.clock import SettableClock, parse
from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import CHARGE, PROGRAMME, TASKS, FakeServices, problem

PAGE = "/programmes/rising/charge"
NAMED = {"coordinator_id": "ilse", "person": "Helena Novotná", "from_on": "2026-06-10", "until_on": ""}


def test_the_page_shows_who_stands_in_until_when_and_who_is_told(office: Browser) -> None:
    page = office.get(PAGE).text

    row = page[page.index('<th scope="row">Håkon Lindqvist'):]
    assert "Marguerite Duclos" in row
    assert "stands in now" in row
    assert "30 June" in row
    assert 'name="cases" type="checkbox" value="haakon" checked' in page
    assert 'name="cases" type="checkbox" value="ilse">' in page


def test_whoever_is_in_no_directory_reads_their_own_name(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /people", [])

    assert '<th scope="row">Ilse Brandt' in office.get(PAGE).text


def test_a_substitute_begins_today_on_the_calendar_of_whoever_names_them(
        office: Browser, clock: SettableClock) -> None:
    clock.set(parse("2026-06-08T22:30:00.000Z"))

    assert 'value="2026-06-09"' in office.get(PAGE).text


def test_a_substitute_is_named_and_taken_back(office: Browser, fakes: FakeServices) -> None:
    answer = office.send("/programmes/rising/substitutes", NAMED, PAGE)
    named = fakes.last()
    office.send("/programmes/rising/substitutes/removal", {"coordinator_id": "haakon"}, PAGE)

    assert answer.location == PAGE
    assert (named.method, named.path, named.body) == (
        "PUT", "/v1/programmes/rising/substitutes/ilse",
        {"person_id": "helena", "from_on": "2026-06-10", "until_on": None})
    assert (fakes.last().method, fakes.last().path) == ("DELETE", "/v1/programmes/rising/substitutes/haakon")


@pytest.mark.parametrize(("entered", "said"), [
    ({"person": "Nobody Known"}, "Nobody is called “Nobody Known”"), ({"from_on": ""}, "A date is expected.")])
def test_what_is_wrong_stands_beside_its_field_with_what_was_entered(
        office: Browser, fakes: FakeServices, entered: dict[str, str], said: str) -> None:
    before = len([one for one in fakes.sent if one.method == "PUT"])

    answer = office.send("/programmes/rising/substitutes", NAMED | entered, PAGE)

    assert answer.status_code == 422
    assert said in answer.text
    assert "2026-06-10" in answer.text or entered.get("from_on") == ""
    assert len([one for one in fakes.sent if one.method == "PUT"]) == before


def test_a_refusal_is_said_in_our_words(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "PUT /programmes/rising/substitutes/[a-z]+", problem(422, "bad-substitute"))

    answer = office.send("/programmes/rising/substitutes", NAMED, PAGE)

    assert answer.status_code == 422
    assert "This person cannot stand in like this" in answer.text


def test_who_is_told_of_what_is_kept_with_the_version_that_was_shown(office: Browser, fakes: FakeServices) -> None:
    office.send("/programmes/rising/routes", {"version": "3", "cases": ["ilse", "haakon"], "requests": ["ilse"]}, PAGE)

    sent = fakes.last()
    assert (sent.method, sent.version) == ("PUT", '"3"')
    assert sent.body == {"routes": [{"queue": "requests", "person_ids": ["ilse"]},
                                    {"queue": "cases", "person_ids": ["ilse", "haakon"]}]}


def test_whoever_stands_in_sees_the_page_and_changes_nothing(browser: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /programmes/rising",
                 {**PROGRAMME, "coordinator_ids": ["haakon"], "in_charge": ["haakon", "helena"]})
    browser.sign_in("helena")

    page = browser.get(PAGE)

    assert page.status_code == 200
    assert "Name the substitute" not in page.text
    assert browser.get("/programmes/rising/settings").status_code == 200


def test_strangers_find_no_page(browser: Browser) -> None:
    browser.sign_in("amara")

    assert browser.get(PAGE).status_code == 404


def test_work_of_others_is_no_tile_and_no_task_of_mine(office: Browser, fakes: FakeServices) -> None:
    asked: list[dict[str, Any]] = []
    fakes.answer("matching", "GET /programmes/rising/charge", {**CHARGE, "mine": ["cases"]})
    fakes.answer("matching", "GET /programmes/rising/tasks", lambda request: (
        asked.append(request.args.to_dict()), [])[1])

    overview = office.get("/programmes/rising").text
    for query in ("", "?state=all", "?state=resolved"):
        office.get(f"/programmes/rising/tasks{query}")

    assert "to decide" not in overview[:overview.index("Next step")]
    assert "overdue" not in overview[:overview.index("Next step")]
    assert [one.get("mine") for one in asked] == ["true", None, None]


@pytest.mark.parametrize(("more", "count"), [([], 2), (["office"], 3)])
def test_a_coordinator_who_left_counts_among_the_tasks_of_the_office_alone(
        office: Browser, fakes: FakeServices, more: list[str], count: int) -> None:
    fakes.answer("matching", "GET /programmes/rising/charge", {**CHARGE, "mine": ["reporting-lines", *more]})
    fakes.answer("matching", "GET /programmes/rising/summary", {
        "to_do": {"reporting_lines": 1, "requests_exhausted": 7, "coordinators_left": 1}})

    page = office.get("/programmes/rising").text

    assert f'<span class="ith-todo__n">{count}</span><span class="ith-todo__what">open tasks' in page


def test_a_coordinator_who_left_is_a_task_with_a_way_to_name_another(office: Browser, fakes: FakeServices) -> None:
    left = {**TASKS[0], "id": "t9", "kind": "coordinator-left", "mentee_id": "", "pair_id": "", "state": "open"}
    fakes.answer("matching", "GET /programmes/rising/tasks", [left])

    page = office.get("/programmes/rising/tasks").text

    row = page[page.index("A coordinator has left"):]
    assert "/programmes/rising/settings#coordinators" in row
    assert "/tasks/t9/completion" in row
