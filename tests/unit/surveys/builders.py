"""What tests of surveys are made of."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from services.surveys.contracts.internal import CheckInDue
from services.surveys.domain.cadence import Cadence
from services.surveys.domain.check_in import CheckIn, CheckInState
from services.surveys.domain.journey import Journey, journey_id
from services.surveys.domain.side import Side
from shared.kernel.aggregate import Aggregate

MONDAY = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)

CADENCE = Cadence(days=(12, 30), every_days=30, answer_days=7, reminder_days=3, case_days=3,
                  time_zone="Europe/Berlin", ends_on="2028-02-29")

DUE = CheckInDue(
    journey_id=journey_id("pair-1"), pair_id="pair-1", programme_id="programme-1", person_id="mentee-1", role="mentee",
    period=1, opens_at=datetime(2027, 3, 13, 8, 30, tzinfo=UTC), closes_at=datetime(2027, 3, 31, 7, tzinfo=UTC))


def a_journey(**more: Any) -> Journey:
    sides = [Side(person_id="mentor-1", role="mentor"), Side(person_id="mentee-1", role="mentee")]
    return Journey(id=journey_id("pair-1"), pair_id="pair-1", programme_id="programme-1", sides=sides, **more)


def a_journey_under_way(cadence: Cadence = CADENCE, since: datetime = MONDAY) -> Journey:
    journey = a_journey()
    journey.go_on(cadence, since)
    return journey


def a_check_in(state: CheckInState = CheckInState.PLANNED, **more: Any) -> CheckIn:
    """In the state; an open one was opened on time and not sent yet."""
    check_in = CheckIn.plan(replace(DUE, **more), CADENCE, MONDAY)
    if state != CheckInState.PLANNED:
        check_in.on_opening(check_in.opens_at)
        check_in.timers.pop("opening", None)
    if state == CheckInState.MISSED:
        check_in.sent(check_in.opens_at)
        assert check_in.answer_by
        check_in.tick(check_in.answer_by)
    check_in.recorded.clear()
    return check_in


def told(aggregate: Aggregate) -> list[str]:
    """The types of what was recorded, without the frame."""
    return [one.event.type.removeprefix("mentoring.").removesuffix(".v1") for one in aggregate.recorded]
