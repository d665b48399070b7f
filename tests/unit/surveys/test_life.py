"""From the pair to the check-in, event by event, on the embedded engines."""

from collections import Counter
from datetime import timedelta

import pytest

from services.matching.contracts.pairs import CloseReason
from services.surveys.domain.answer import Answer
from services.surveys.domain.check_in import CheckInState
from services.surveys.domain.journey import JourneyState, journey_id
from tests.unit.surveys.builders import DUE
from tests.unit.surveys.house import SurveysHouse

HOUR = timedelta(hours=1)


def states(house: SurveysHouse) -> Counter[str]:
    return Counter(str(one.state) for one in house.check_ins())


def test_a_created_pair_begins_a_waiting_journey(house: SurveysHouse) -> None:
    house.world.open_programme()
    house.world.create_pair()
    house.settle()

    journey = house.surveys.journeys.of_pair("pair-1")
    assert journey.state == JourneyState.WAITING
    assert [(side.person_id, side.role) for side in journey.sides] == [("mentor-1", "mentor"), ("mentee-1", "mentee")]


def test_an_activated_pair_waits_for_its_programme(house: SurveysHouse) -> None:
    house.world.create_pair()
    house.world.activate_pair()
    house.worker.settle()
    assert house.surveys.journeys.of_pair("pair-1").state == JourneyState.WAITING

    house.world.open_programme()
    house.settle()

    assert house.surveys.journeys.of_pair("pair-1").state == JourneyState.UNDER_WAY


def test_whoever_joins_late_needs_the_last_event_only(house: SurveysHouse) -> None:
    house.world.open_programme()
    house.world.activate_pair()
    house.settle()

    assert house.surveys.journeys.of_pair("pair-1").state == JourneyState.UNDER_WAY


def test_a_pair_that_never_started_has_no_journey(house: SurveysHouse) -> None:
    house.world.open_programme()
    house.world.close_pair()
    house.settle()

    assert not house.surveys.journeys.store.exists(journey_id("pair-1"))


@pytest.mark.feature("H1")
def test_each_side_is_asked_on_schedule(house: SurveysHouse) -> None:
    house.start_pair()

    house.pass_days(13)
    assert states(house) == {"open": 2}
    house.pass_days(30)

    assert [(one.period, one.role) for one in house.check_ins()] == [
        (1, "mentee"), (1, "mentor"), (2, "mentee"), (2, "mentor")]


@pytest.mark.feature("H1")
def test_a_check_in_is_one_for_a_side_and_a_period_under_doubled_timers_and_events(house: SurveysHouse) -> None:
    house.start_pair()
    house.pass_days(12.1)

    house.world.tell(DUE)
    house.world.again()
    house.a_worker().clock.step()
    house.settle()

    assert len(house.check_ins()) == 2
    assert house.told().count("check-in-opened") == 2 * 2  # each is on the log twice, because all of it was repeated


def test_a_jump_of_the_clock_by_an_hour_asks_nobody_twice(house: SurveysHouse) -> None:
    house.start_pair()
    house.pass_days(13)
    house.send_all()

    house.clock.set(house.clock.now() - HOUR)
    house.settle()
    house.clock.set(house.clock.now() + 2 * HOUR)
    house.settle()

    assert house.told() == ["check-in-opened", "check-in-opened"]


def test_after_a_long_sleep_only_the_present_period_opens(house: SurveysHouse) -> None:
    house.start_pair()

    house.pass_days(61, step=timedelta(days=61))

    assert Counter(house.told()) == {"check-in-opened": 2, "check-in-excused": 4}
    assert {(one.period, str(one.state), one.excuse) for one in house.check_ins()} == {
        (1, "excused", "not-sent"), (2, "excused", "not-sent"), (3, "open", None)}


def test_a_whole_delivery_repeated_changes_nothing(house: SurveysHouse) -> None:
    house.start_pair()
    house.pass_days(13)
    house.send_all()
    house.pass_days(8)
    before = house.check_ins()
    journey = house.surveys.journeys.of_pair("pair-1")

    house.world.again()
    house.settle()

    assert house.check_ins() == before
    assert house.surveys.journeys.of_pair("pair-1") == journey


def test_the_reminder_goes_to_the_silent_only(house: SurveysHouse) -> None:
    house.start_pair()
    house.pass_days(13)
    house.send_all()
    answer(house, "mentor-1")

    house.pass_days(4)

    assert house.told().count("check-in-reminder-due") == 1


def answer(house: SurveysHouse, person_id: str, rating: int = 4) -> None:
    house.surveys.check_ins.reply(house.open_one(person_id).id, Answer(rating=rating), person_id)
    house.settle()


def test_silence_without_a_mail_is_no_miss(house: SurveysHouse) -> None:
    house.start_pair()

    house.pass_days(18)

    assert states(house) == {"excused": 2}
    assert "check-in-missed" not in house.told()


@pytest.mark.parametrize(("why", "state", "excuse"), [
    ("stale", CheckInState.EXCUSED, "not-sent"), ("on-leave", CheckInState.EXCUSED, "away"),
    ("left", CheckInState.EXCUSED, "away"), ("unreachable", CheckInState.UNDELIVERABLE, "undeliverable"),
    ("no-address", CheckInState.UNDELIVERABLE, "undeliverable")])
def test_a_mail_that_was_not_sent_excuses(house: SurveysHouse, why: str, state: CheckInState, excuse: str) -> None:
    house.start_pair()
    house.pass_days(13)

    house.suppress(house.open_one("mentee-1"), why)

    [check_in] = house.check_ins(person_id="mentee-1")
    assert (check_in.state, check_in.excuse) == (state, excuse)


def test_a_break_stops_what_is_open_and_what_is_planned(house: SurveysHouse) -> None:
    house.start_pair()
    house.pass_days(13)
    house.send_all()

    house.world.pause_pair()
    house.settle()
    house.pass_days(40, step=timedelta(days=5))

    assert {(str(one.state), one.excuse) for one in house.check_ins()} == {("excused", "paused")}
    assert "check-in-missed" not in house.told()


def test_after_a_break_check_ins_are_planned_again(house: SurveysHouse) -> None:
    house.start_pair()
    house.pass_days(5)
    house.world.pause_pair()
    house.settle()
    house.pass_days(20, step=timedelta(days=5))

    house.world.resume_pair()
    house.settle()
    house.pass_days(8)

    assert states(house) == {"open": 2}


def test_a_repeated_pause_does_not_stop_what_was_resumed_since(house: SurveysHouse) -> None:
    house.start_pair()
    house.world.pause_pair()
    house.settle()
    house.world.resume_pair()
    house.settle()
    house.pass_days(13)

    house.world.again()
    house.settle()

    assert states(house) == {"open": 2}


def test_a_closed_pair_is_asked_nothing_more(house: SurveysHouse) -> None:
    house.start_pair()
    house.pass_days(13)

    house.world.close_pair()
    house.settle()
    house.pass_days(60, step=timedelta(days=10))

    assert {(one.period, one.excuse) for one in house.check_ins()} == {(1, "closed")}
    assert house.surveys.journeys.of_pair("pair-1").state == JourneyState.ENDED


def test_a_check_in_that_comes_due_while_the_pair_pauses_is_excused(house: SurveysHouse) -> None:
    house.start_pair()
    house.clock.set(house.clock.now() + timedelta(days=12))
    house.worker.clock.step()  # the journey has asked; nobody has heard it yet
    house.world.pause_pair()

    house.settle()
    house.pass_days(1)

    assert {(str(one.state), one.excuse) for one in house.check_ins()} == {("excused", "paused")}


@pytest.mark.feature("H2")
def test_the_summary_tells_sent_delivered_and_answered_apart(house: SurveysHouse) -> None:
    for pair in ("1", "2", "3"):
        house.start_pair(pair)
    house.pass_days(13)
    house.suppress(house.open_one("mentor-3"), "stale")
    house.send_all()
    house.bounce(house.open_one("mentee-1"))
    answer(house, "mentor-1")

    summary = house.surveys.check_ins.summary("programme-1")

    assert (summary.sent, summary.delivered, summary.answered) == (5, 4, 1)
    assert summary.states == {"planned": 0, "open": 3, "answered": 1, "missed": 0, "excused": 1, "undeliverable": 1}
    assert summary.as_of == house.clock.now()


def praised(house: SurveysHouse) -> list[str]:
    found = house.world.heard("mentoring.praises.v1")
    return [str((one.data or {})["person_id"]) for one in found if one.type == "mentoring.journey-praised.v1"]


def a_rating(house: SurveysHouse, person: str, rating: int) -> None:
    house.surveys.check_ins.reply(house.open_one(person).id, Answer(rating=rating), person)
    house.settle()


@pytest.mark.feature("B9")
@pytest.mark.parametrize(("first", "last", "told"), [(1, 4, True), (5, 3, False), (4, 5, True), (3, 3, False)])
def test_a_pair_that_is_complete_is_praised_by_a_last_rating_from_four_on(
        house: SurveysHouse, first: int, last: int, told: bool) -> None:
    house.start_pair()
    house.pass_days(13)
    a_rating(house, "mentee-1", first)
    a_rating(house, "mentor-1", 5)
    house.pass_days(20)
    a_rating(house, "mentee-1", last)

    house.world.close_pair()
    house.settle()
    house.world.again()
    house.settle()

    assert praised(house)[:1] == ["mentee-1"] * told
    everything = house.world.heard("mentoring.praises.v1")
    assert not any("rating" in (one.data or {}) for one in everything)


@pytest.mark.parametrize("reason", [CloseReason.ENDED_EARLY, CloseReason.MENTOR_LEFT])
def test_a_pair_that_ended_otherwise_is_praised_by_nobody(house: SurveysHouse, reason: CloseReason) -> None:
    house.start_pair()
    house.pass_days(13)
    a_rating(house, "mentee-1", 5)

    house.world.close_pair(reason=reason)
    house.settle()

    assert praised(house) == []


def test_a_mentee_who_said_nothing_praises_nothing(house: SurveysHouse) -> None:
    house.start_pair()
    house.pass_days(13)
    a_rating(house, "mentor-1", 5)

    house.world.close_pair()
    house.settle()

    assert praised(house) == []
