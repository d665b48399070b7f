"""Coordinators remind those whose check-in is overdue: each once a working day, and nobody who answered."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from services.surveys.domain.answer import Answer
from services.surveys.domain.check_in import CheckIn, CheckInState
from shared.audit.trail import Wanted
from tests.unit.surveys.builders import CADENCE
from tests.unit.surveys.house import SurveysHouse
from tests.unit.surveys.test_http import Callers
from tests.unit.surveys.test_http import callers as callers
from tests.unit.surveys.test_http import journey as journey
from tests.unit.surveys.world import World

pytestmark = pytest.mark.feature("H2")


@pytest.fixture
def overdue(house: SurveysHouse, journey: str) -> CheckIn:
    """Missed by the mentee of pair 1 on a Saturday."""
    house.pass_days(13)
    house.send_all()
    house.pass_days(7)
    return house.check_ins(person_id="mentee-1", state=CheckInState.MISSED)[0]


def reminders(house: SurveysHouse, check_in: CheckIn) -> list[int]:
    return [event.data["attempt"] for event in house.world.heard("mentoring.check-ins.v1")
            if event.type == "mentoring.check-in-reminder-due.v1" and event.data["check_in_id"] == check_in.id]


def path(check_in: CheckIn) -> str:
    return f"/check-ins/{check_in.id}/reminder"


def test_whoever_is_overdue_is_reminded_once_a_working_day(house: SurveysHouse, callers: Callers,
                                                           overdue: CheckIn) -> None:
    carla = callers.coordinator
    told_that_it_is_missed = carla("POST", path(overdue), Idempotency_Key="saturday")
    house.pass_days(2)

    first = carla("POST", path(overdue), Idempotency_Key="monday")
    again = carla("POST", path(overdue), Idempotency_Key="monday")
    more = callers.office("POST", path(overdue), Idempotency_Key="monday, too")
    house.settle()

    answers = (told_that_it_is_missed, first, again, more)
    assert [(one.status_code, one.json.get("code")) for one in answers] == [
        (409, "told-today"), (201, None), (201, None), (409, "reminded-today")]
    assert first.headers["Location"] == f"/v1/check-ins/{overdue.id}"
    assert reminders(house, overdue) == [1, 3]
    assert carla.get(f"/check-ins/{overdue.id}").json["reminded_at"] == first.json["asked_at"]
    house.pass_days(1)
    assert carla("POST", path(overdue)).status_code == 201


def test_a_person_with_two_overdue_has_one_mail(house: SurveysHouse, callers: Callers, overdue: CheckIn) -> None:
    house.pass_days(2)
    other = house.surveys.check_ins.store.add(replace(overdue, id="another", role="mentor", version=0))

    answers = [callers.coordinator("POST", path(one)) for one in (overdue, other)]
    house.settle()

    assert [one.status_code for one in answers] == [201, 409]
    assert reminders(house, overdue) + reminders(house, other) == [1, 3]


def test_nobody_is_reminded_who_answered_or_for_whom_it_is_over(house: SurveysHouse, callers: Callers,
                                                                overdue: CheckIn) -> None:
    house.pass_days(2)
    callers.coordinator("POST", path(overdue))
    house.surveys.check_ins.reply(overdue.id, Answer(rating=4), by="mentee-1")
    house.settle()
    house.pass_days(1)

    answered = callers.coordinator("POST", path(overdue))
    mentors = house.check_ins(person_id="mentor-1")[0]
    house.clock.set(mentors.closes_at)
    over = callers.coordinator("POST", path(mentors))

    assert [(one.status_code, one.json["code"]) for one in (answered, over)] == [(409, "not-overdue")] * 2
    assert reminders(house, overdue) == [1], "answered before the check-in heard of the coordinator's wish"


def test_one_key_is_one_reminder_also_after_midnight(house: SurveysHouse, callers: Callers, overdue: CheckIn) -> None:
    house.pass_days(2)
    first = callers.coordinator("POST", path(overdue), Idempotency_Key="monday")
    house.pass_days(1)

    again = callers.coordinator("POST", path(overdue), Idempotency_Key="monday")
    house.settle()

    assert (again.status_code, again.json) == (201, first.json)
    assert reminders(house, overdue) == [1, 3]


def test_who_answered_one_in_between_is_reminded_of_another(house: SurveysHouse, callers: Callers, overdue: CheckIn
                                                            ) -> None:
    house.pass_days(2)
    before = overdue.opens_at - timedelta(days=1)
    other, later, elsewhere = (
        replace(overdue, version=0, id="another", role="mentor"),
        replace(overdue, version=0, id="later", period=8, opens_at=overdue.closes_at),
        replace(overdue, version=0, id="elsewhere", period=9, programme_id="programme-2", opens_at=before))
    house.surveys.check_ins.store.add_many([other, later, elsewhere])
    callers.coordinator("POST", path(overdue))
    house.surveys.check_ins.reply(overdue.id, Answer(rating=4), by="mentee-1")

    house.settle()
    house.surveys.check_ins.reply(other.id, Answer(rating=4), by="mentee-1")
    house.world.again()
    house.settle()

    assert {event.data["check_in_id"] for event in house.world.heard("mentoring.check-ins.v1")
            if event.data.get("attempt") == 3} == {other.id}, "once, however often it is heard"


@pytest.mark.parametrize("stop", [World.close_pair, World.pause_pair])
def test_nobody_is_reminded_of_a_pair_that_has_ended_or_rests(house: SurveysHouse, callers: Callers, overdue: CheckIn,
                                                              stop: Callable[[World], None]) -> None:
    house.pass_days(2)
    before = figures(callers)
    callers.coordinator("POST", path(overdue))
    stop(house.world)
    house.settle()
    house.pass_days(1)

    answer = callers.coordinator("POST", path(overdue))

    assert (answer.status_code, answer.json["code"]) == (409, "not-overdue")
    assert [before, figures(callers)] == [(4, 4), (2, 2)], "those of the other pair are overdue as before"
    assert house.surveys.check_ins.get(overdue.id).state is CheckInState.MISSED, "it still counts"


def figures(callers: Callers) -> tuple[int, int]:
    """How many are overdue, as counted and as listed."""
    place = "/programmes/programme-1/check-ins"
    return (callers.coordinator.get(f"{place}/summary").json["overdue"],
            len(callers.coordinator.get(f"{place}?overdue=yes").json["items"]))


def test_what_stopped_between_the_press_and_the_mail_reminds_nobody(house: SurveysHouse, callers: Callers,
                                                                    overdue: CheckIn) -> None:
    house.pass_days(2)
    callers.coordinator("POST", path(overdue))
    house.surveys.journeys.store.change(overdue.journey_id, lambda one: one.end("completed", house.clock.now()))

    house.settle()

    assert reminders(house, overdue) == [1]


def test_a_foreign_check_in_is_answered_like_a_wrong_one(callers: Callers, overdue: CheckIn) -> None:
    wrong = callers.coordinator("POST", "/check-ins/nothing-real/reminder")

    answers = [one("POST", path(overdue)) for one in (callers.mentee, callers.mentor, callers.stranger)]

    assert {(one.status_code, one.data) for one in answers} == {(404, wrong.data)}


def test_the_audit_log_says_who_reminded_whom(house: SurveysHouse, callers: Callers, overdue: CheckIn) -> None:
    house.pass_days(2)

    made = callers.coordinator("POST", path(overdue)).json
    house.settle()

    [entry] = house.backbone.trail.each(Wanted(document=made["id"]))
    assert (entry.who, entry.how) == ("coordinator-1", "POST /v1/check-ins/<check_in_id>/reminder")
    assert entry.values["person_id"] == [None, "mentee-1"]


@pytest.mark.parametrize(("at", "day"), [
    ("2027-03-19T22:59+00:00", "2027-03-19"), ("2027-03-20T12:00+00:00", "2027-03-19"),
    ("2027-03-21T12:00+00:00", "2027-03-19"), ("2027-03-21T23:30+00:00", "2027-03-22")])
def test_a_weekend_belongs_to_the_working_day_before_it(at: str, day: str) -> None:
    assert CADENCE.workday(datetime.fromisoformat(at)).isoformat() == day
