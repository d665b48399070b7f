"""Rules of an assignment."""

from datetime import UTC, datetime, timedelta

import pytest

from services.community.domain.assignment import Assignment, AssignmentState, Trainee
from services.community.domain.module import JOINT_KICK_OFF, MODULES
from services.community.domain.space import Space, SpaceState
from shared.kernel.errors import WrongState

MONDAY = datetime(2027, 3, 15, 8, tzinfo=UTC)
DAY = timedelta(days=1)
MENTEE = Trainee(pair_id="pair-1", programme_id="programme-1", person_id="mentee-1", role="mentee")


def an_assignment(at: datetime = MONDAY, zone: str = "Europe/Berlin") -> Assignment:
    return Assignment.assign(JOINT_KICK_OFF, MENTEE, zone, at)


def told(assignment: Assignment) -> list[str]:
    return [one.event.type.removeprefix("mentoring.").removesuffix(".v1") for one in assignment.recorded]


def test_it_is_due_after_the_days_of_its_module() -> None:
    assert (an_assignment().due_on, told(an_assignment())) == ("2027-03-29", ["training-assigned"])


def test_the_day_ends_at_midnight_in_the_programmes_zone_after_the_clock_change() -> None:
    assert an_assignment().due_at == datetime(2027, 3, 29, 22, tzinfo=UTC)
    assert an_assignment(zone="Pacific/Auckland").due_at == datetime(2027, 3, 29, 11, tzinfo=UTC)


def test_a_leap_day_can_be_the_last() -> None:
    assert an_assignment(datetime(2028, 2, 15, 8, tzinfo=UTC)).due_on == "2028-02-29"


@pytest.mark.parametrize("rings", [1, 3])
def test_overdue_is_told_once(rings: int) -> None:
    assignment = an_assignment()

    for ring in range(rings):
        assignment.tick(MONDAY + (20 + ring) * DAY)

    assert told(assignment) == ["training-assigned", "training-overdue"]


def test_it_is_not_overdue_on_its_last_day() -> None:
    assignment = an_assignment()

    assignment.tick(datetime(2027, 3, 29, 21, 59, tzinfo=UTC))

    assert not assignment.overdue


@pytest.mark.parametrize("late", [0, 20])
def test_completed_is_told_once_in_time_or_late(late: int) -> None:
    assignment = an_assignment()
    assignment.tick(MONDAY + late * DAY)

    assignment.complete("mentee-1", MONDAY + late * DAY)
    assignment.complete("coordinator-1", MONDAY + (late + 1) * DAY)
    assignment.tick(MONDAY + 40 * DAY)

    assert told(assignment).count("training-completed") == 1
    assert (assignment.completed_by, assignment.due_at) == ("mentee-1", None)


def test_what_was_withdrawn_is_neither_overdue_nor_completed() -> None:
    assignment = an_assignment()

    assignment.withdraw(MONDAY)
    assignment.tick(MONDAY + 20 * DAY)

    assert told(assignment) == ["training-assigned"]
    with pytest.raises(WrongState):
        assignment.complete("mentee-1", MONDAY)


def test_what_was_completed_is_not_withdrawn() -> None:
    assignment = an_assignment()
    assignment.complete("mentee-1", MONDAY)

    assignment.withdraw(MONDAY)

    assert assignment.state == AssignmentState.COMPLETED


@pytest.mark.parametrize("code", MODULES)
def test_every_module_has_its_title_in_english_and_german(code: str) -> None:
    assert set(MODULES[code].titles) == {"en", "de"}
    assert all(MODULES[code].titles.values())


def test_a_space_is_archived_once() -> None:
    space = Space.for_cohort("programme-1", MONDAY)

    space.archive(MONDAY + DAY)
    space.archive(MONDAY + 2 * DAY)

    assert (space.state, space.archived_at) == (SpaceState.ARCHIVED, MONDAY + DAY)
