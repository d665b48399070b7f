"""The ladder from the first miss to the programme office, and what ends the climb."""

from datetime import timedelta

import pytest

from services.surveys.contracts.cases import CaseEvent
from services.surveys.domain.answer import Answer
from services.surveys.domain.case import Case, CaseState
from services.surveys.domain.check_in import CheckIn, CheckInState
from tests.unit.surveys.house import SurveysHouse


def cases(house: SurveysHouse) -> list[Case]:
    return list(house.surveys.cases.store.each({}))


def told_of_cases(house: SurveysHouse) -> list[str]:
    return [event.type.removeprefix("mentoring.").removesuffix(".v1") for event in house.world.heard(CaseEvent.topic)]


def in_a_row(house: SurveysHouse, person_id: str = "mentee-1") -> list[int]:
    return [event.data["in_a_row"] for event in house.world.heard("mentoring.check-ins.v1")
            if event.data and event.type == "mentoring.check-in-missed.v1" and event.data["person_id"] == person_id]


def live_a_period(house: SurveysHouse, days: float) -> None:
    """The mentor answers, the mentee is silent."""
    house.pass_days(days, step=timedelta(days=1))
    house.send_all()
    house.surveys.check_ins.reply(house.open_one("mentor-1").id, Answer(rating=4), "mentor-1")
    house.settle()


def climb(house: SurveysHouse, misses: int = 3) -> None:
    """So many periods of silence, and then the last deadline."""
    house.start_pair()
    for days in (13, 18, 30, 30)[:misses]:
        live_a_period(house, days)
    house.pass_days(7.5, step=timedelta(days=0.5))


def missed(house: SurveysHouse) -> CheckIn:
    return house.check_ins(person_id="mentee-1", state=CheckInState.MISSED)[-1]


@pytest.mark.feature("H8")
def test_each_rung_is_reached_once(house: SurveysHouse) -> None:
    climb(house)
    assert (in_a_row(house), told_of_cases(house)) == ([1, 2, 3], ["case-raised"])

    house.pass_days(6, step=timedelta(days=0.5))
    assert told_of_cases(house) == ["case-raised", "case-escalated"]
    house.pass_days(20, step=timedelta(days=1))

    assert told_of_cases(house) == ["case-raised", "case-escalated"]
    assert house.told().count("check-in-reminder-due") == 3


@pytest.mark.feature("H8")
def test_each_rung_is_reached_once_over_restarts_and_repeats(house: SurveysHouse) -> None:
    house.start_pair()
    for days in (13, 18, 30):
        live_a_period(house, days)
        house.worker.stop()
        house.worker = house.a_worker()
        house.a_worker().clock.step()
    house.pass_days(8, step=timedelta(days=1))
    house.worker.stop()
    house.worker = house.a_worker()

    house.pass_days(6, step=timedelta(days=1))

    assert (in_a_row(house), told_of_cases(house)) == ([1, 2, 3], ["case-raised", "case-escalated"])


@pytest.mark.feature("H8")
def test_a_repeated_log_reaches_no_rung_again(house: SurveysHouse) -> None:
    climb(house)
    before = cases(house)

    house.world.again()
    house.settle()

    assert cases(house) == before


def test_the_silence_that_goes_on_is_the_same_case(house: SurveysHouse) -> None:
    climb(house, misses=4)

    assert in_a_row(house) == [1, 2, 3, 4]
    assert len(cases(house)) == 1


def test_the_case_has_working_days_to_be_looked_after(house: SurveysHouse) -> None:
    climb(house)

    [case] = cases(house)
    assert case.raised_at.weekday() == 5  # a Saturday
    assert case.deadline.weekday() == 2


@pytest.mark.feature("H8")
def test_an_answer_at_the_last_step_resolves_the_case(house: SurveysHouse) -> None:
    climb(house)

    house.surveys.check_ins.reply(missed(house).id, Answer(rating=3), "mentee-1")
    house.settle()

    [case] = cases(house)
    assert (case.state, case.reason, case.due_at) == (CaseState.RESOLVED, "answered", None)
    assert house.surveys.journeys.of_pair("pair-1").side("mentee-1").in_a_row == 0


def test_an_answer_between_begins_the_count_again(house: SurveysHouse) -> None:
    climb(house, misses=2)
    house.surveys.check_ins.reply(missed(house).id, Answer(rating=3), "mentee-1")
    house.settle()

    live_a_period(house, 30 - 7.5)
    house.pass_days(8, step=timedelta(days=1))

    assert in_a_row(house) == [1, 2, 1]


@pytest.mark.feature("H8")
def test_a_mail_that_comes_back_takes_the_ladder_back(house: SurveysHouse) -> None:
    climb(house)

    house.bounce(missed(house))

    [case] = cases(house)
    assert (case.state, case.reason) == (CaseState.WITHDRAWN, "undeliverable")
    assert house.surveys.journeys.of_pair("pair-1").side("mentee-1").in_a_row == 2


def test_a_mail_to_the_partner_that_comes_back_changes_nothing(house: SurveysHouse) -> None:
    climb(house, misses=2)

    house.bounce(missed(house), person_id="mentor-1")

    assert house.surveys.journeys.of_pair("pair-1").side("mentee-1").in_a_row == 2


@pytest.mark.feature("H8")
@pytest.mark.parametrize("way", ["pause_pair", "close_pair"])
def test_a_break_and_the_end_stop_the_climb(house: SurveysHouse, way: str) -> None:
    climb(house)

    getattr(house.world, way)()
    house.settle()
    house.pass_days(10, step=timedelta(days=1))

    [case] = cases(house)
    assert case.state == CaseState.WITHDRAWN
    assert "case-escalated" not in told_of_cases(house)


def test_a_case_that_was_looked_after_lets_the_count_begin_again(house: SurveysHouse) -> None:
    climb(house)
    [case] = cases(house)

    house.surveys.cases.resolve(case.id, "coordinator-1", "We spoke on the phone.")
    house.settle()
    live_a_period(house, 30 - 7.5)
    house.pass_days(8, step=timedelta(days=1))

    assert in_a_row(house) == [1, 2, 3, 1]
    assert len(cases(house)) == 1


def test_a_climb_that_was_answered_before_the_case_was_made_makes_a_resolved_one(house: SurveysHouse) -> None:
    climb(house, misses=2)
    live_a_period(house, 30 - 7.5)
    late = house.open_one("mentee-1")
    house.clock.set(house.clock.now() + timedelta(days=8))
    house.worker.clock.step()  # the deadline has rung; nobody has heard it yet
    house.surveys.check_ins.reply(late.id, Answer(rating=5), "mentee-1")

    house.settle()

    assert [(case.state, case.reason) for case in cases(house)] == [(CaseState.RESOLVED, "answered")]
    assert house.surveys.journeys.of_pair("pair-1").side("mentee-1").in_a_row == 0
