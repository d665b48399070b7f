"""Days are counted in the programme's zone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.surveys.domain.cadence import SPREAD_MINUTES, Calendar, spread
from tests.unit.surveys.builders import CADENCE, MONDAY


def test_periods_follow_the_days_and_then_the_rhythm() -> None:
    calendar = Calendar(cadence=CADENCE, start=MONDAY)

    days = [calendar.opens_at(period).date().isoformat() for period in (1, 2, 3, 4)]

    assert days == ["2027-03-13", "2027-03-31", "2027-04-30", "2027-05-30"]


def test_a_check_in_opens_at_nine_on_the_wall_before_and_after_the_clock_change() -> None:
    calendar = Calendar(cadence=CADENCE, start=MONDAY)

    assert calendar.opens_at(1) == datetime(2027, 3, 13, 8, tzinfo=UTC)
    assert calendar.opens_at(2) == datetime(2027, 3, 31, 7, tzinfo=UTC)


def test_the_day_of_the_start_is_that_of_the_programmes_zone() -> None:
    cadence = replace(CADENCE, time_zone="Pacific/Auckland")
    late_in_utc = datetime(2027, 3, 1, 22, tzinfo=UTC)

    opens = Calendar(cadence=cadence, start=late_in_utc).opens_at(1)

    assert opens == datetime(2027, 3, 13, 20, tzinfo=UTC)


def test_a_leap_day_is_a_day() -> None:
    cadence = replace(CADENCE, days=(1, 2), ends_on="2028-12-31")
    calendar = Calendar(cadence=cadence, start=datetime(2028, 2, 28, 8, tzinfo=UTC))

    assert [calendar.opens_at(period).date().isoformat() for period in (1, 2)] == ["2028-02-29", "2028-03-01"]


def test_nobody_is_asked_after_the_end_of_the_programme() -> None:
    calendar = Calendar(cadence=replace(CADENCE, ends_on="2027-03-31"), start=MONDAY)

    assert [calendar.asks(period) for period in (1, 2, 3)] == [True, True, False]


def test_openings_are_spread_over_two_hours_and_the_same_every_time() -> None:
    minutes = {spread("journey", f"person-{number}", "1") for number in range(1000)}

    assert min(minutes) == timedelta()
    assert max(minutes) == timedelta(minutes=SPREAD_MINUTES - 1)
    assert spread("journey", "person-7", "1") == spread("journey", "person-7", "1")


@pytest.mark.parametrize(("raised", "due"), [
    (datetime(2027, 3, 1, 8, tzinfo=UTC), datetime(2027, 3, 4, 8, tzinfo=UTC)),
    (datetime(2027, 3, 25, 8, tzinfo=UTC), datetime(2027, 3, 30, 7, tzinfo=UTC)),
    (datetime(2027, 3, 6, 8, tzinfo=UTC), datetime(2027, 3, 10, 8, tzinfo=UTC)),
])
def test_a_case_is_due_after_working_days_at_the_same_time_on_the_wall(raised: datetime, due: datetime) -> None:
    assert CADENCE.case_due(raised) == due
