"""Reporting lines in circles: a move that brings a mentor and a mentee into one is the coordinator's to see to."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from services.matching.contracts.participants import Role
from services.matching.domain.circle import Circle
from services.matching.domain.person import person_id
from services.matching.domain.programme import Programme
from services.matching.domain.task import TaskKind, TaskState
from tests.unit.matching.house import MatchingHouse
from tests.unit.matching.test_circles import a_circle, join, leave
from tests.unit.matching.test_moves import moved
from tests.unit.matching.test_sweep import found, swept, write

MIA, EVA, ELI = (person_id(name) for name in ("m1", "e1", "e2"))


@pytest.fixture
def programme(house: MatchingHouse) -> Programme:
    return house.a_full_programme()


@pytest.fixture
def circle(house: MatchingHouse, programme: Programme) -> Circle:
    return join(house, a_circle(house, programme), EVA, ELI)


def tasks(house: MatchingHouse, circle: Circle) -> list[tuple[str, str, TaskState]]:
    """The two, and where it stands."""
    listed = house.matching.tasks.find(circle.programme_id, 9, None, kinds=[TaskKind.REPORTING_LINE]).items
    assert {one.circle_id for one in listed} <= {circle.id}
    return sorted((one.mentor_id, one.mentee_id, one.state) for one in listed)


@pytest.mark.feature("C9")
@pytest.mark.feature("O8")
@pytest.mark.parametrize("line", [(EVA, MIA), (MIA, EVA), (EVA, person_id("boss")), (person_id("x1"), MIA)])
def test_a_move_into_the_reporting_line_of_a_circle_is_a_task(house: MatchingHouse, circle: Circle,
                                                             line: tuple[str, str]) -> None:
    house.bring(house.a_programme(), Role.MENTEE, [{"id": "x1", "name": "X", "email": "x@example.org"}])

    moved(house, *line)

    assert tasks(house, circle) == [(MIA, EVA, TaskState.OPEN)]
    assert house.matching.summaries.of(circle.programme_id).to_do["reporting_lines"] == 1
    assert len(house.matching.circles.get(circle.id).parties) == 3


def test_two_mentees_of_one_line_are_no_task(house: MatchingHouse, circle: Circle) -> None:
    moved(house, EVA, ELI)

    assert tasks(house, circle) == []


def out_of_the_line(house: MatchingHouse, _circle: Circle) -> None:
    moved(house, EVA, person_id("elsewhere"))


def out_of_the_circle(house: MatchingHouse, circle: Circle) -> None:
    leave(house, circle, EVA)


@pytest.mark.parametrize("way", [out_of_the_line, out_of_the_circle])
def test_whoever_is_out_of_it_is_no_task_any_more(house: MatchingHouse, circle: Circle,
                                                 way: Callable[[MatchingHouse, Circle], None]) -> None:
    moved(house, EVA, MIA)

    way(house, circle)

    assert tasks(house, circle) == [(MIA, EVA, TaskState.DONE)]


def test_each_two_are_looked_at_by_themselves(house: MatchingHouse, circle: Circle) -> None:
    moved(house, EVA, MIA)
    [first] = house.matching.tasks.find(circle.programme_id, 9, None).items
    house.matching.tasks.finish(first.id, "carla")

    moved(house, ELI, MIA)

    assert tasks(house, circle) == sorted([(MIA, EVA, TaskState.DONE), (MIA, ELI, TaskState.OPEN)])


@pytest.mark.feature("O8")
def test_a_line_in_a_circle_that_nobody_heard_of_is_found_by_the_sweep(house: MatchingHouse, circle: Circle) -> None:
    apart = house.matching.people.get(EVA).details
    write(house.matching.people.store, EVA, details=replace(apart, manager_id=MIA))

    swept(house)
    told = tasks(house, circle)
    write(house.matching.people.store, EVA, details=apart)
    swept(house)

    assert told == [(MIA, EVA, TaskState.OPEN)]
    assert tasks(house, circle) == [(MIA, EVA, TaskState.DONE)]
    programme = house.matching.programmes.get(circle.programme_id)
    assert found(house, programme) == {"reporting-line": 1, "no-more-reporting-line": 1}
