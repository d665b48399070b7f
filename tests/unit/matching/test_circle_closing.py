"""The last weeks of a circle: with those of its programme, and otherwise as before."""

from datetime import timedelta

import pytest

from services.matching.contracts.circles import CIRCLES, CircleCloseReason, CircleState
from services.matching.contracts.pairs import Party
from services.matching.contracts.participants import Role
from services.matching.domain.circle import Circle, CircleNotBegun, Shape
from services.matching.domain.programme import Programme
from tests.unit.matching.builders import told
from tests.unit.matching.house import MONDAY, MatchingHouse
from tests.unit.matching.test_circles import ELA, ELI, EVA, MIA, a_circle, join, leave
from tests.unit.matching.test_closing import until

pytestmark = pytest.mark.feature("C12")
LATER = MONDAY + timedelta(days=9)
FEW, ENOUGH = ((Party("mia", Role.MENTOR), *(Party(one, Role.MENTEE) for one in mentees)) for mentees in ("a", "ab"))


@pytest.fixture
def programme(house: MatchingHouse) -> Programme:
    return house.a_full_programme(ends_on="2027-11-30")


def a_new_circle(*parties: Party) -> Circle:
    circle = Circle.form("circle-1", "p", Shape(name="Leading", mentor_ids=("mia",), min_mentees=2), MONDAY)
    circle.follow(parties, MONDAY)
    circle.recorded.clear()
    return circle


def news(house: MatchingHouse) -> list[str]:
    return [one.removeprefix("circle-") for one in house.told(CIRCLES.name)]


def test_only_a_circle_that_is_under_way_begins_its_last_weeks_and_once() -> None:
    forming, active = a_new_circle(*FEW), a_new_circle(*ENOUGH)

    for one in (forming, active):
        one.close_from(LATER, MONDAY)
        one.close_from(LATER, LATER)
        one.close_from(LATER, LATER)

    assert (forming.state, told(forming)) == (CircleState.FORMING, [])
    assert (active.state, told(active)) == (CircleState.CLOSING, ["circle-closing"])


def test_one_that_is_forming_then_is_closing_as_soon_as_it_is_enough() -> None:
    circle = a_new_circle(*FEW)
    circle.close_from(MONDAY, MONDAY)

    circle.follow(ENOUGH, LATER)

    assert (circle.state, told(circle)) == (CircleState.CLOSING, ["circle-changed", "circle-closing"])
    joined = [one.event.joined_ids for one in circle.recorded]
    assert joined == [("b",), ()], "nobody joins by the last weeks"


def test_an_end_that_is_moved_on_lets_it_go_on_as_before() -> None:
    circle = a_new_circle(*ENOUGH)
    circle.close_from(MONDAY, MONDAY)

    circle.close_from(None, LATER)

    assert (circle.state, told(circle)[1:]) == (CircleState.ACTIVE, ["circle-changed"])


def test_people_come_and_go_and_it_ends_as_before() -> None:
    circle = a_new_circle(*ENOUGH)
    circle.close_from(MONDAY, MONDAY)

    circle.follow(FEW, LATER)
    lacks = circle.lacks
    circle.close(CircleCloseReason.COMPLETED, FEW, LATER)

    assert (lacks, circle.state) == (("too-few-mentees",), CircleState.CLOSED)
    assert told(circle) == ["circle-closing", "circle-changed", "circle-closed"]


@pytest.mark.feature("C12")
def test_a_circle_that_never_had_mentees_enough_is_not_complete_when_its_programme_ends(
        house: MatchingHouse, programme: Programme) -> None:
    circle = a_circle(house, programme)

    house.matching.circling.end_of_programme(programme.id)

    assert house.matching.circles.get(circle.id).reason is CircleCloseReason.TOO_FEW


def test_circles_begin_their_last_weeks_with_those_of_the_programme_and_are_complete_with_it(
        house: MatchingHouse, programme: Programme) -> None:
    circle = join(house, a_circle(house, programme), EVA, ELI)
    until(house, "2027-11-02", "23:59")
    before = house.matching.circles.get(circle.id).state

    until(house, "2027-11-03")
    after = house.matching.circles.get(circle.id)
    leave(house, circle, EVA)
    join(house, circle, ELA)

    assert (before, after.state) == (CircleState.ACTIVE, CircleState.CLOSING)
    assert {one.person_id for one in after.parties} == {MIA, EVA, ELI}
    for _ in ("the programme is over", "it is closed"):
        house.pass_time(days=28)
    over = house.matching.circles.get(circle.id)
    assert (over.state, over.reason) == (CircleState.CLOSED, CircleCloseReason.COMPLETED)
    assert news(house)[-4:] == ["closing", "changed", "changed", "closed"]


def test_a_seat_that_a_slower_clock_hears_of_does_not_undo_them(house: MatchingHouse, programme: Programme) -> None:
    circle = join(house, a_circle(house, programme), EVA, ELI)
    until(house, "2027-11-03")

    house.clock.set(house.clock.now() - timedelta(milliseconds=200))
    later = leave(house, circle, EVA)

    assert later.state is CircleState.CLOSING
    assert news(house)[-2:] == ["closing", "changed"]


def test_one_that_is_formed_in_the_last_weeks_is_closing_as_soon_as_it_is_under_way(
        house: MatchingHouse, programme: Programme) -> None:
    until(house, "2027-11-10")

    circle = join(house, a_circle(house, programme), EVA, ELI)

    assert circle.state is CircleState.CLOSING


def test_shorter_last_weeks_let_it_go_on_until_they_begin(house: MatchingHouse, programme: Programme) -> None:
    circle = join(house, a_circle(house, programme), EVA, ELI)
    until(house, "2027-11-03")

    house.matching.programmes.change(programme.id, {"closing_days": 14}, None)
    house.settle()
    shorter = house.matching.circles.get(circle.id).state
    until(house, "2027-11-17")

    assert (shorter, house.matching.circles.get(circle.id).state) == (CircleState.ACTIVE, CircleState.CLOSING)


def test_what_never_met_is_not_complete() -> None:
    circle = a_new_circle(*FEW)

    with pytest.raises(CircleNotBegun):
        circle.close(CircleCloseReason.COMPLETED, FEW, LATER)

    circle.close(CircleCloseReason.TOO_FEW, FEW, LATER)
    assert circle.reason is CircleCloseReason.TOO_FEW
