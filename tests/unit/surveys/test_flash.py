"""A flash pair: one session, one check-in, no agreement, no ladder, and it concludes by itself."""

from datetime import date, datetime, timedelta

import pytest

from services.matching.contracts.programmes import Format
from services.surveys.contracts.cases import CaseEvent
from services.surveys.contracts.journeys import JourneyConcluded
from services.surveys.domain.answer import Answer
from services.surveys.domain.check_in import CheckInState
from services.surveys.domain.flash import BadDay, OneSession
from services.surveys.domain.goal import Wish
from services.surveys.domain.journey import Journey, journey_id
from services.surveys.domain.terms import Terms
from services.surveys.entrypoints.http import make_app
from services.surveys.settings import Settings
from shared.kernel.errors import NotFound, WrongState
from tests.unit.surveys.builders import MONDAY, a_journey_under_way, told
from tests.unit.surveys.calling import PUBLIC_KEY, Caller
from tests.unit.surveys.house import SurveysHouse

TWO = ("mentor-1", "mentee-1")
TERMS = Terms(meetings_every_days=14)
PAGE = f"/journeys/{journey_id('pair-1')}/session-day"


@pytest.fixture
def flash(house: SurveysHouse) -> SurveysHouse:
    house.world.open_programme(format=Format.FLASH, check_in_days=(14,), close_days=14)
    house.world.create_pair()
    house.world.activate_pair()
    house.settle()
    return house


def concluded(house: SurveysHouse) -> list[str]:
    """Why, each time it was told; the log may hold the same event twice."""
    told = {event.id: event.data["because"] for event in house.world.heard("mentoring.journeys.v1")
            if event.data and event.type == JourneyConcluded.type}
    return [*told.values()]


def the_journey(house: SurveysHouse) -> Journey:
    return house.surveys.journeys.of_pair("pair-1")


def answer(house: SurveysHouse, person_id: str) -> None:
    house.surveys.check_ins.reply(house.open_one(person_id).id, Answer(rating=5), person_id)
    house.settle()


@pytest.mark.feature("C14")
def test_it_asks_each_of_the_two_once(flash: SurveysHouse) -> None:
    flash.pass_days(13.5)
    assert {one.state for one in flash.check_ins()} <= {CheckInState.PLANNED}

    flash.pass_days(14, step=timedelta(days=1))

    assert [(one.person_id, one.period) for one in flash.check_ins()] == [("mentee-1", 1), ("mentor-1", 1)]


@pytest.mark.feature("C14")
def test_it_asks_for_no_agreement_and_no_goal(flash: SurveysHouse) -> None:
    journey = the_journey(flash)

    with pytest.raises(OneSession):
        flash.surveys.journeys.set_terms(journey.id, TERMS, "mentee-1")
    with pytest.raises(OneSession):
        flash.surveys.goals.draft(journey.id, Wish(title="Everything"), "mentee-1")


@pytest.mark.feature("C14")
def test_when_both_have_answered_it_is_done_at_once(flash: SurveysHouse) -> None:
    flash.pass_days(14.5)
    flash.send_all()
    answer(flash, "mentor-1")
    assert concluded(flash) == []

    answer(flash, "mentee-1")
    assert concluded(flash) == ["answered"]

    flash.pass_days(30, step=timedelta(days=1))
    assert concluded(flash) == ["answered"]


@pytest.mark.feature("C14")
@pytest.mark.parametrize("answers", [0, 1])
def test_without_both_answers_it_is_done_after_its_days(flash: SurveysHouse, answers: int) -> None:
    flash.pass_days(14.5)
    flash.send_all()
    for person_id in TWO[:answers]:
        answer(flash, person_id)
    flash.pass_days(13, step=timedelta(days=1))
    assert concluded(flash) == []

    flash.pass_days(1, step=timedelta(hours=6))

    assert concluded(flash) == ["time-over"]


@pytest.mark.feature("C14")
def test_a_missed_check_in_opens_no_case_and_climbs_nothing(flash: SurveysHouse) -> None:
    flash.pass_days(14.5)
    flash.send_all()

    flash.pass_days(20, step=timedelta(days=0.5))

    assert {one.state for one in flash.check_ins()} == {CheckInState.MISSED}
    assert "check-in-missed" not in flash.told()
    assert flash.world.heard(CaseEvent.topic) == []
    assert [side.in_a_row for side in the_journey(flash).sides] == [0, 0]


@pytest.mark.feature("C14")
def test_repeated_events_a_second_clock_and_a_killed_worker_conclude_it_once(flash: SurveysHouse) -> None:
    flash.pass_days(14.5)
    flash.send_all()
    for person_id in TWO:
        answer(flash, person_id)
        flash.world.again()
        flash.worker.stop()
        flash.worker = flash.a_worker()
        flash.a_worker().clock.step()
        flash.settle()
    flash.pass_days(20, step=timedelta(days=1))
    flash.world.again()
    flash.settle()

    assert concluded(flash) == ["answered"]


@pytest.mark.feature("C14")
def test_two_clocks_that_ring_at_once_conclude_it_once(flash: SurveysHouse) -> None:
    other = flash.a_worker()
    flash.clock.set(MONDAY + timedelta(days=40))
    for _ in range(3):
        other.clock.step()
        flash.worker.clock.step()
    flash.settle()

    assert concluded(flash) == ["time-over"]


@pytest.mark.feature("C14")
def test_it_ends_with_its_pair_and_what_is_open_is_excused(flash: SurveysHouse) -> None:
    flash.pass_days(14.5)
    flash.pass_days(15, step=timedelta(days=1))
    flash.world.close_pair()
    flash.settle()

    assert the_journey(flash).state == "ended"
    assert {one.state for one in flash.check_ins()} <= {CheckInState.EXCUSED, CheckInState.UNDELIVERABLE}
    assert the_journey(flash).timers == {}


@pytest.mark.feature("C14")
def test_it_is_asked_on_the_day_after_the_one_that_the_two_name(flash: SurveysHouse) -> None:
    flash.surveys.journeys.meet_on(journey_id("pair-1"), "2027-03-04", "mentor-1")

    flash.pass_days(3.5)
    assert [one.state for one in flash.check_ins()] == []
    flash.pass_days(1)
    assert [one.state for one in flash.check_ins()] == [CheckInState.OPEN] * 2

    flash.pass_days(13, step=timedelta(days=1))
    assert concluded(flash) == []
    flash.pass_days(1.5, step=timedelta(days=0.5))
    assert concluded(flash) == ["time-over"]


def test_a_break_moves_the_session_and_the_end_by_its_length(flash: SurveysHouse) -> None:
    flash.surveys.journeys.meet_on(journey_id("pair-1"), "2027-03-04", "mentor-1")
    flash.world.pause_pair()
    flash.settle()
    flash.pass_days(40, step=timedelta(days=2))
    assert concluded(flash) == []

    flash.world.resume_pair()
    flash.settle()

    journey = the_journey(flash)
    assert journey.calendar
    assert journey.calendar.meets_on == "2027-04-13"
    assert journey.timers["conclude"].date() == date(2027, 4, 28)


@pytest.mark.parametrize("day", ["2027-02-28", "2028-02-29", "2031-01-01"])
def test_a_day_lies_ahead_and_before_the_end_of_the_programme(flash: SurveysHouse, day: str) -> None:
    with pytest.raises(BadDay):
        flash.surveys.journeys.meet_on(journey_id("pair-1"), day, "mentee-1")


def test_no_day_is_named_once_they_were_asked_or_where_there_is_more_than_one_session(flash: SurveysHouse) -> None:
    flash.pass_days(14.5)

    with pytest.raises(WrongState):
        flash.surveys.journeys.meet_on(journey_id("pair-1"), "2027-04-04", "mentee-1")
    with pytest.raises(WrongState):
        a_journey_under_way().meet_on("2027-04-04", "mentee-1", MONDAY)


def test_the_day_is_named_by_one_of_the_two_alone(flash: SurveysHouse) -> None:
    app = make_app(flash.surveys, Settings(token_key=PUBLIC_KEY), flash.backbone)

    answers = [Caller(app, person, ())("PUT", PAGE, {"day": "2027-03-09"}).status_code
               for person in ("coordinator-1", "stranger", "mentee-1")]
    shown = Caller(app, "mentor-1", ())("GET", "/pairs/pair-1/journey").json
    wrong = Caller(app, "mentor-1", ())("PUT", PAGE, {"day": "soon"}).status_code

    assert answers == [404, 404, 200]
    assert (shown["once"], shown["meets_on"], wrong) == (True, "2027-03-09", 422)


def test_a_pair_of_months_is_asked_again_and_again_and_never_done() -> None:
    journey = a_journey_under_way()
    journey.hear("mentor-1", 1, MONDAY)
    journey.hear("mentee-1", 1, MONDAY)

    assert told(journey) == []
    assert "conclude" not in journey.timers
    with pytest.raises(NotFound):
        journey.hear("stranger", 1, datetime(2027, 3, 1, tzinfo=MONDAY.tzinfo))
