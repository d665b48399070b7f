"""Tasks of two services on one page, and what to do about each."""

import pytest

from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import FakeServices, problem

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
    assert page.count("<option") == 3
    assert answer.location == TASKS
    assert (fakes.last().path, fakes.last().body, fakes.last().key) == (
        "/v1/programmes/rising/pairs", {"mentor_id": "marguerite", "mentee_id": "hanh"}, "key-1")


def test_a_pair_that_a_rule_forbids_is_told_on_the_page_of_tasks(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "POST /programmes/rising/pairs", problem(422, "barred-by-rule", "reporting-line"))
    place = "/programmes/rising/mentor-for/hanh"

    told = office.send(place, {"mentor_id": "marguerite"}, page=place, follow_redirects=True).text

    assert 'class="ith-status ith-status--watch"' in told


def test_without_surveys_the_tasks_of_matching_are_there(office: Browser, fakes: FakeServices) -> None:
    fakes["surveys"].down = True

    page = office.get(TASKS).text

    assert "A part of this page is missing." in page
    assert "Nguyễn Thị Hạnh" in page
    assert "not known right now" in office.get("/programmes/rising").text
