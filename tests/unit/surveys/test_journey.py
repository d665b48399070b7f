"""Rules of a journey."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.surveys.contracts.check_ins import CheckInMissed
from services.surveys.contracts.internal import CheckInDue, CheckInLapsed
from services.surveys.domain.goal import Wish
from services.surveys.domain.journey import Journey, JourneyState
from services.surveys.domain.terms import BadTerms, Terms
from shared.kernel.errors import NotFound, WrongState
from tests.unit.surveys.builders import CADENCE, DUE, MONDAY, a_journey, a_journey_under_way, told

DAY = timedelta(days=1)


def lapsed(period: int, person_id: str = "mentee-1") -> CheckInLapsed:
    return CheckInLapsed(journey_id=DUE.journey_id, pair_id="pair-1", programme_id="programme-1", person_id=person_id,
                         role="mentee", period=period, check_in_id=f"check-in-{period}", closes_at=DUE.closes_at)


def asked(journey: Journey) -> list[tuple[int, str]]:
    events = [one.event for one in journey.recorded]
    return [(event.period, event.person_id) for event in events if isinstance(event, CheckInDue)]


def test_a_waiting_journey_plans_nothing() -> None:
    assert a_journey().due_at is None


def test_both_sides_are_asked_when_a_period_begins() -> None:
    journey = a_journey_under_way()
    assert journey.due_at

    journey.tick(journey.due_at)

    assert asked(journey) == [(1, "mentor-1"), (1, "mentee-1")]


def test_the_two_sides_open_within_two_hours_of_the_period() -> None:
    journey = a_journey_under_way()
    due = journey.due_at
    assert due

    journey.tick(due)

    openings = [one.event.opens_at for one in journey.recorded if isinstance(one.event, CheckInDue)]
    assert all(due <= opens < due + timedelta(hours=2) for opens in openings)


def test_a_clock_that_rings_twice_asks_once() -> None:
    journey = a_journey_under_way()

    journey.tick(MONDAY + 13 * DAY)
    journey.tick(MONDAY + 13 * DAY - timedelta(hours=1))
    journey.tick(MONDAY + 13 * DAY)

    assert len(asked(journey)) == 2


def test_after_a_long_sleep_every_period_is_asked_for_once_with_its_own_end() -> None:
    journey = a_journey_under_way()

    journey.tick(MONDAY + 61 * DAY)

    assert [period for period, _ in asked(journey)] == [1, 1, 2, 2, 3, 3]
    ends = sorted({one.event.closes_at for one in journey.recorded if isinstance(one.event, CheckInDue)})
    assert [end > MONDAY + 61 * DAY for end in ends] == [False, False, True]


def test_the_last_period_is_the_last() -> None:
    journey = a_journey_under_way(replace(CADENCE, ends_on="2027-03-20"))

    journey.tick(MONDAY + 13 * DAY)

    assert journey.due_at is None


def test_a_break_moves_what_is_left_by_its_length() -> None:
    journey = a_journey_under_way()
    planned = journey.due_at
    assert planned

    journey.pause(MONDAY + 5 * DAY)
    assert journey.due_at is None
    journey.go_on(CADENCE, MONDAY + 25 * DAY)

    assert journey.due_at
    assert journey.due_at.date() == (planned + 20 * DAY).date()
    assert journey.state == JourneyState.UNDER_WAY


def test_a_break_before_the_start_leads_back_to_waiting() -> None:
    journey = a_journey()

    journey.pause(MONDAY)
    journey.wait(MONDAY + DAY)

    assert journey.state == JourneyState.WAITING


def test_a_start_after_a_break_counts_from_the_start() -> None:
    journey = a_journey()
    journey.pause(MONDAY - 9 * DAY)

    journey.go_on(CADENCE, MONDAY)

    assert journey.calendar
    assert journey.calendar.start == MONDAY


def test_an_ended_journey_stays_ended() -> None:
    journey = a_journey_under_way()

    journey.end("completed", MONDAY + DAY)
    journey.go_on(CADENCE, MONDAY + 2 * DAY)

    assert (journey.state, journey.due_at) == (JourneyState.ENDED, None)


def test_a_miss_is_told_with_how_many_in_a_row() -> None:
    journey = a_journey_under_way()

    for period in (1, 2, 3):
        journey.miss(lapsed(period), MONDAY)

    missed = [one.event for one in journey.recorded if isinstance(one.event, CheckInMissed)]
    assert [(event.period, event.in_a_row, event.role) for event in missed] == [
        (1, 1, "mentee"), (2, 2, "mentee"), (3, 3, "mentee")]


def test_the_two_sides_are_counted_apart() -> None:
    journey = a_journey_under_way()

    journey.miss(lapsed(1), MONDAY)
    journey.miss(lapsed(1, "mentor-1"), MONDAY)

    assert [side.in_a_row for side in journey.sides] == [1, 1]


@pytest.mark.feature("H2")
def test_the_same_miss_is_told_once() -> None:
    journey = a_journey_under_way()

    journey.miss(lapsed(1), MONDAY)
    journey.miss(lapsed(1), MONDAY)

    assert told(journey) == ["check-in-missed"]


def test_an_answer_ends_the_climb() -> None:
    journey = a_journey_under_way()
    journey.miss(lapsed(1), MONDAY)
    journey.miss(lapsed(2), MONDAY)

    journey.side("mentee-1").answer(2)
    journey.miss(lapsed(3), MONDAY)

    assert journey.side("mentee-1").in_a_row == 1


def test_a_miss_that_is_heard_of_after_the_answer_counts_nothing() -> None:
    journey = a_journey_under_way()

    journey.side("mentee-1").answer(1)
    journey.miss(lapsed(1), MONDAY)

    assert told(journey) == []


def test_a_mail_that_came_back_takes_its_miss_back_alone() -> None:
    journey = a_journey_under_way()
    journey.miss(lapsed(1), MONDAY)
    journey.miss(lapsed(2), MONDAY)

    journey.side("mentee-1").excuse(2)

    assert journey.side("mentee-1").missed == [1]


def test_what_was_missed_before_a_break_counts_no_more() -> None:
    journey = a_journey_under_way()
    journey.miss(lapsed(1), MONDAY)

    journey.pause(MONDAY + DAY)
    journey.miss(lapsed(1), MONDAY + DAY)
    journey.go_on(CADENCE, MONDAY + 2 * DAY)
    journey.miss(lapsed(2), MONDAY + 3 * DAY)

    assert journey.side("mentee-1").in_a_row == 1


def test_terms_are_told_when_they_change() -> None:
    journey, terms = a_journey(), Terms(meetings_every_days=14)

    journey.set_terms(terms, "mentor-1", MONDAY)
    journey.set_terms(terms, "mentee-1", MONDAY)
    journey.set_terms(Terms(meetings_every_days=7), "mentee-1", MONDAY)

    assert told(journey) == ["agreement-terms-set", "agreement-terms-set"]


def test_nobody_agrees_on_an_end_that_is_over() -> None:
    journey = a_journey()

    with pytest.raises(BadTerms):
        journey.set_terms(Terms(meetings_every_days=14, ends_on="2020-01-01"), "mentee-1", MONDAY)

    assert journey.terms is None
    journey.set_terms(Terms(meetings_every_days=14, ends_on=MONDAY.date().isoformat()), "mentee-1", MONDAY)
    assert journey.terms


def test_a_stranger_cannot_set_terms_or_share_a_goal() -> None:
    with pytest.raises(NotFound):
        a_journey().set_terms(Terms(meetings_every_days=14), "stranger", MONDAY)
    with pytest.raises(NotFound):
        Wish(title="Speak up").into(a_journey(), "stranger", "goal-1", MONDAY)


def test_nothing_is_agreed_after_the_end() -> None:
    journey = a_journey()
    journey.end("completed", MONDAY)

    with pytest.raises(WrongState):
        journey.set_terms(Terms(meetings_every_days=14), "mentor-1", MONDAY)
    with pytest.raises(WrongState):
        Wish(title="Speak up").into(journey, "mentee-1", "goal-1", MONDAY)


def test_a_goal_is_told_without_its_words() -> None:
    goal = Wish(title="Speak up", measure="one talk").into(a_journey(), "mentee-1", "goal-1", MONDAY)

    assert told(goal) == ["goal-drafted"]
    assert "Speak up" not in repr(goal.recorded)
