"""Tasks of two services on one page, and what to do about each."""

import pytest

from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import CANDIDATES, NOW, FakeServices, problem

TASKS = "/programmes/rising/tasks"


@pytest.mark.feature("C4")
def test_who_has_nobody_left_to_ask_stands_among_the_tasks_with_what_to_do_next(office: Browser) -> None:
    page = office.get(TASKS).text

    row = page[page.index("Nguyễn Thị Hạnh"):page.index("Helena Novotná")]
    assert "None of the mentors on their list said yes" in row
    for place in ("/programmes/rising/mentor-for/hanh", "/programmes/rising/matching", "/tasks/t1/completion"):
        assert f'"{place}"' in row
    assert "Amara Okonkwo" not in page


def test_a_pair_in_one_reporting_line_stands_there_too(office: Browser) -> None:
    page = office.get(TASKS).text

    row = page[page.index("Since a move they are in one reporting line"):]
    assert "/tasks/t2/completion" in row
    assert 'href="/pairs/p2"' in page


@pytest.mark.feature("O8")
def test_two_of_a_circle_in_one_reporting_line_are_named_and_lead_to_the_circle(office: Browser,
                                                                               fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /programmes/rising/tasks", {"items": [
        {"id": "t6", "kind": "reporting-line", "state": "open", "programme_id": "rising", "request_id": "",
         "circle_id": "c1", "pair_id": "", "mentor_id": "helena", "mentee_id": "jun-seo", "opened_at": NOW,
         "rules": ["reporting-line"]}]})

    row = office.get(TASKS).text.split("<tbody>")[1].split("</tr>")[0]

    assert "Helena Novotná" in row
    assert 'href="/circles/c1"' in row
    assert "Since a move they are in one reporting line" in row


def test_what_the_sweep_tells_coordinators_is_said_in_words(office: Browser, fakes: FakeServices) -> None:
    task = {"state": "open", "programme_id": "rising", "request_id": "", "circle_id": "", "opened_at": NOW, "rules": []}
    fakes.answer("matching", "GET /programmes/rising/tasks", {"items": [
        {**task, "id": "t8", "kind": "over-capacity", "mentor_id": "helena", "mentee_id": "", "pair_id": ""},
        {**task, "id": "t9", "kind": "at-odds", "mentor_id": "helena", "mentee_id": "jun-seo", "pair_id": "p2"}]})

    page = office.get(TASKS).text

    row = page[page.index("Helena Novotná"):].split("</tr>")[0]
    assert "They have more pairs or circles than they want to have now" in row
    assert "/tasks/t8/completion" in row
    assert "/mentor-for/" not in page
    assert "The pair is under way, though one of the two takes part no more, or it holds no seat" in page


@pytest.mark.feature("C16")
def test_who_asked_for_another_mentor_in_vain_can_be_paired_by_hand(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /programmes/rising/tasks", {"items": [
        {"id": "t7", "kind": "rematch-in-vain", "state": "open", "programme_id": "rising", "request_id": "",
         "run_id": "run-9", "circle_id": "", "pair_id": "", "mentor_id": "", "mentee_id": "hanh", "opened_at": NOW,
         "rules": []}]})

    page = office.get(TASKS).text

    row = page[page.index("Nguyễn Thị Hạnh"):].split("</tr>")[0]
    assert "They asked for another mentor, and nobody was found" in row
    assert '"/programmes/rising/mentor-for/hanh"' in row
    assert "/tasks/t7/completion" in row


def test_a_task_is_done_where_it_is_listed(office: Browser, fakes: FakeServices) -> None:
    answer = office.send("/tasks/t1/completion", {"next": TASKS}, page=TASKS)

    assert (answer.location, fakes.last().path) == (TASKS, "/v1/tasks/t1/completion")
    assert "Amara Okonkwo" in office.get(f"{TASKS}?state=resolved").text


@pytest.mark.feature("C4")
def test_a_mentee_is_paired_by_hand(office: Browser, fakes: FakeServices) -> None:
    place = "/programmes/rising/mentor-for/hanh"
    page = office.get(place).text

    answer = office.send(place, {"mentor_id": "marguerite"}, page=place)

    assert "Whom should Nguyễn Thị Hạnh meet?" in page
    assert answer.location == "/pairs/p1"
    assert (fakes.last().path, fakes.last().body, fakes.last().key) == (
        "/v1/programmes/rising/pairs", {"mentor_id": "marguerite", "mentee_id": "hanh"}, "key-1")


def test_mentors_are_looked_for_and_the_best_are_shown(office: Browser, fakes: FakeServices) -> None:
    asked: list[str] = []
    fakes.answer("matching", "GET /programmes/rising/candidates", lambda request: (
        asked.append(request.query_string.decode()), CANDIDATES)[1])

    page = office.get("/programmes/rising/mentor-for/hanh?text=grid+Oslo").text

    assert asked == ["mentee_id=hanh&text=grid+Oslo"]
    assert 'type="search" value="grid Oslo"' in page
    assert "143 mentors · the best 4 are shown: look for one to see others" in page
    assert "<select" not in page
    fakes.answer("matching", "GET /programmes/rising/candidates", {"found": 0, "best": 100, "items": []})
    assert "Nobody answers to that" in office.get("/programmes/rising/mentor-for/hanh?text=x").text


@pytest.mark.feature("C1")
def test_beside_each_mentor_stands_what_forbids_the_two_or_which_wish_is_passed_over(office: Browser) -> None:
    page = office.get("/programmes/rising/mentor-for/hanh").text.split("<tbody>")[1]
    rows = {name: page[page.index(f">{name}<"):].split("</tr>")[0]
            for name in ("Håkon Lindqvist", "Marguerite Duclos", "Helena Novotná", "Ilse Brandt")}

    assert "2 free seats" in rows["Håkon Lindqvist"]
    assert "passes over wish 1: Håkon Lindqvist" in rows["Marguerite Duclos"]
    assert "no free seat" in rows["Helena Novotná"]
    assert "forbidden: not in one reporting line, excluded by a coordinator" in rows["Ilse Brandt"]
    assert {name: "</button>" in row for name, row in rows.items()} == {
        "Håkon Lindqvist": True, "Marguerite Duclos": True, "Helena Novotná": False, "Ilse Brandt": False}


@pytest.mark.feature("C1")
def test_a_pair_that_a_rule_forbids_is_refused_by_the_name_of_the_rule(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "POST /programmes/rising/pairs", problem(
        422, "barred-by-rule", "a rule of the programme does not allow these two: reporting-line, same-manager"))
    place = "/programmes/rising/mentor-for/hanh"

    told = office.send(place, {"mentor_id": "marguerite"}, page=place, follow_redirects=True).text

    assert "forbids the two: not in one reporting line, not with the same manager." in told


def test_whoever_takes_part_no_more_is_not_paired_by_hand(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /programmes/rising/candidates", problem(409, "not-taking-part", "takes a break"))

    answer = office.get("/programmes/rising/mentor-for/hanh")

    assert (answer.status_code, answer.location) == (303, TASKS)


def test_without_surveys_the_tasks_of_matching_are_there(office: Browser, fakes: FakeServices) -> None:
    fakes["surveys"].down = True

    page = office.get(TASKS).text

    assert "A part of this page is missing." in page
    assert "Nguyễn Thị Hạnh" in page
    assert "not known right now" in office.get("/programmes/rising").text
