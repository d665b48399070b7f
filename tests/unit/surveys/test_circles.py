"""Check-ins in a circle: each member has their own, from the day they joined to the day they left."""

from collections import Counter

import pytest

from services.matching.contracts.circles import CircleClosing, CircleFormed, CircleState
from services.surveys.contracts.check_ins import CheckInEvent
from services.surveys.domain.answer import Answer
from services.surveys.domain.check_in import CheckInState
from services.surveys.domain.journey import JourneyState, journey_id
from shared.kernel.errors import NotFound, WrongState
from tests.unit.surveys.house import SurveysHouse
from tests.unit.surveys.world import a_circle

THREE = "mentor-1 mentee-1 mentee-2"


@pytest.fixture
def circle(house: SurveysHouse) -> str:
    """Under way with a mentor and two mentees; answers the id of its journey."""
    house.world.open_programme()
    seat(house, THREE)
    return journey_id("circle-1")


def seat(house: SurveysHouse, people: str) -> None:
    house.world.seat_circle(people)
    house.settle()


def asked(house: SurveysHouse, period: int) -> dict[str, str]:
    return {one.person_id: one.state for one in house.check_ins(period=period)}


def answer(house: SurveysHouse, *people: str) -> None:
    for one in people:
        house.surveys.check_ins.reply(house.open_one(one).id, Answer(rating=4), one)
    house.settle()


def missed(house: SurveysHouse) -> list[str]:
    return [str((event.data or {})["person_id"]) for event in house.world.heard(CheckInEvent.topic)
            if event.type == "mentoring.check-in-missed.v1"]


@pytest.mark.feature("C12")
def test_every_member_gets_a_check_in_of_their_own(house: SurveysHouse, circle: str) -> None:
    house.pass_days(14)

    opened = house.check_ins(state=CheckInState.OPEN)

    assert Counter(one.person_id for one in opened) == Counter(THREE.split())
    assert {(one.journey_id, one.pair_id, one.relationship) for one in opened} == {(circle, "circle-1", "circle")}
    assert house.told("circle-1") == ["check-in-opened"] * 3


def test_a_circle_that_is_forming_is_not_asked(house: SurveysHouse) -> None:
    house.world.open_programme()
    house.world.tell(a_circle(CircleFormed, "mentor-1", state=CircleState.FORMING))

    house.pass_days(40)

    assert house.check_ins() == []


@pytest.mark.feature("C12")
def test_a_missed_one_is_missed_for_that_member_alone(house: SurveysHouse, circle: str) -> None:
    house.pass_days(14)
    house.send_all()
    answer(house, "mentor-1", "mentee-1")

    house.pass_days(8)

    assert missed(house) == ["mentee-2"]
    assert {side.person_id: side.in_a_row for side in house.surveys.journeys.get(circle).sides} == {
        "mentor-1": 0, "mentee-1": 0, "mentee-2": 1}


@pytest.mark.feature("C12")
def test_who_joins_later_is_asked_from_their_joining_on(house: SurveysHouse, circle: str) -> None:
    house.pass_days(14)
    seat(house, f"{THREE} mentee-3")
    house.pass_days(20)

    assert "mentee-3" not in asked(house, 1)
    assert asked(house, 2)["mentee-3"] == CheckInState.OPEN


@pytest.mark.feature("C12")
def test_who_left_is_asked_no_more(house: SurveysHouse, circle: str) -> None:
    house.pass_days(14)
    answer(house, "mentee-1")
    seat(house, "mentor-1 mentee-1")
    assert asked(house, 1) == {"mentor-1": "open", "mentee-1": "answered", "mentee-2": "excused"}

    house.pass_days(20)

    assert {one.excuse for one in house.check_ins(person_id="mentee-2")} == {"left"}
    assert "mentee-2" not in asked(house, 2)


def test_who_left_while_their_check_in_was_being_planned_is_not_asked(house: SurveysHouse, circle: str) -> None:
    house.clock.set(house.clock.now().replace(day=13))
    journey = house.surveys.journeys.store.change(circle, lambda one: one.tick(house.clock.now()))
    house.surveys.journeys.store.change(circle, lambda one: one.seat([("mentor-1", "mentor")], house.clock.now()))

    house.settle()

    assert journey.period == 1
    assert asked(house, 1) == {"mentor-1": "planned", "mentee-1": "excused", "mentee-2": "excused"}


def test_whoever_comes_back_begins_afresh(house: SurveysHouse, circle: str) -> None:
    house.pass_days(14)
    house.send_all()
    answer(house, "mentor-1", "mentee-1")
    house.pass_days(8)
    seat(house, "mentor-1 mentee-1")
    seat(house, THREE)

    house.pass_days(10)

    assert house.surveys.journeys.get(circle).side("mentee-2").in_a_row == 0
    assert asked(house, 2)["mentee-2"] == "open"


def test_a_silence_makes_a_case_about_that_member_and_leaving_ends_it(house: SurveysHouse, circle: str) -> None:
    for _ in range(3):
        house.pass_days(31)
        house.send_all()
        for one in ("mentor-1", "mentee-1"):
            if house.check_ins(person_id=one, state=CheckInState.OPEN):
                answer(house, one)
    house.pass_days(8)
    [case] = list(house.surveys.cases.store.each({}))
    assert (case.person_id, case.pair_id, case.relationship, case.state) == ("mentee-2", "circle-1", "circle", "raised")

    seat(house, "mentor-1 mentee-1")

    assert (house.surveys.cases.get(case.id).state, house.surveys.cases.get(case.id).reason) == ("withdrawn", "left")


def test_words_about_somebody_who_left_come_too_late_and_count_nothing(house: SurveysHouse, circle: str) -> None:
    house.pass_days(14)
    house.send_all()
    one = house.open_one("mentee-2")
    seat(house, "mentor-1 mentee-1")

    house.bounce(one)
    house.pass_days(10)

    assert "mentee-2" not in missed(house)
    with pytest.raises(WrongState):
        house.surveys.check_ins.reply(one.id, Answer(rating=4), "mentee-2")
    with pytest.raises(NotFound):
        house.surveys.journeys.get(circle).side("mentee-2")


def test_a_closed_circle_ends_its_journey_and_praises_each_content_mentee(house: SurveysHouse, circle: str) -> None:
    house.pass_days(14)
    answer(house, "mentee-1", "mentee-2")

    house.world.close_circle(THREE)
    house.settle()

    assert house.surveys.journeys.get(circle).state == JourneyState.ENDED
    praised = [(event.data or {})["person_id"] for event in house.world.heard("mentoring.praises.v1")]
    assert praised == ["mentee-1", "mentee-2"]
    assert asked(house, 1)["mentor-1"] == "excused"


def test_everything_delivered_again_changes_nothing(house: SurveysHouse, circle: str) -> None:
    house.pass_days(14)
    seat(house, "mentor-1 mentee-1 mentee-3")
    house.pass_days(20)
    before, told = stories(house), house.told("circle-1")

    house.world.again()
    house.settle()

    assert stories(house) == before
    assert Counter(house.told("circle-1")) == Counter([*told, *told]), "each as it was sent, and no other"


def stories(house: SurveysHouse) -> list[tuple[str, str, int]]:
    return [(one.id, one.state, len(one.history)) for one in house.check_ins()]


@pytest.mark.feature("C12")
def test_in_its_last_weeks_a_circle_is_asked_as_before(house: SurveysHouse, circle: str) -> None:
    house.world.tell(a_circle(CircleClosing, f"{THREE} mentee-9", state=CircleState.CLOSING))
    house.settle()
    house.pass_days(14)

    assert house.surveys.journeys.get(circle).state == "under-way"
    assert "mentee-9" in asked(house, 1)
