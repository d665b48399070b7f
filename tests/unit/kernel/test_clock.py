"""Time is UTC in whole milliseconds, and a rehearsal's clock goes where it is told."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.clock import SettableClock, SystemClock, iso, parse, whole_milliseconds

START = datetime(2027, 1, 11, 8, tzinfo=UTC)


def test_the_machines_time_is_in_utc_and_whole_milliseconds() -> None:
    now = SystemClock().now()

    assert now.tzinfo is UTC
    assert now.microsecond % 1000 == 0


def test_a_standing_clock_stands() -> None:
    clock = SettableClock(START)

    assert clock.now() == clock.now() == START


def test_a_clock_can_be_set_forward_and_back() -> None:
    clock = SettableClock(START)

    clock.set(START + timedelta(days=200))
    assert clock.now() == START + timedelta(days=200)
    clock.set(START - timedelta(days=1))
    assert clock.now() == START - timedelta(days=1)


def test_a_running_clock_goes_on_from_where_it_was_set() -> None:
    clock = SettableClock(START)

    clock.run()
    first, second = clock.now(), clock.now()

    assert START <= first <= second < START + timedelta(minutes=1)


def test_setting_a_running_clock_makes_it_stand() -> None:
    clock = SettableClock(START, standing=False)

    clock.set(START)

    assert clock.now() == clock.now() == START


def test_what_is_finer_than_a_millisecond_is_dropped() -> None:
    assert whole_milliseconds(START.replace(microsecond=123_999)).microsecond == 123_000


def test_text_is_utc_with_three_decimals() -> None:
    in_berlin = START.astimezone(timezone(timedelta(hours=1)))

    assert iso(in_berlin) == "2027-01-11T08:00:00.000Z"


@pytest.mark.parametrize("text", ["2027-01-11T08:00:00Z", "2027-01-11T09:00:00+01:00", "2027-01-11T08:00:00.000999Z"])
def test_every_spelling_of_a_moment_is_read_as_the_same(text: str) -> None:
    assert parse(text) == START


@pytest.mark.parametrize("text", ["2027-01-11T08:00:00", "2027-01-11", "tomorrow", ""])
def test_a_moment_without_a_time_zone_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"time zone|isoformat"):
        parse(text)


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_moment_that_no_calendar_in_utc_has_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="calendar"):
        parse(text)


moments = st.integers(0, 253_000_000_000_000).map(lambda ms: datetime.fromtimestamp(ms / 1000, UTC))


@given(moments)
def test_a_moment_is_read_as_it_was_written(moment: datetime) -> None:
    assert parse(iso(moment)) == whole_milliseconds(moment)


@given(moments, moments)
def test_text_sorts_as_time_does(one: datetime, other: datetime) -> None:
    assert (iso(one) < iso(other)) == (whole_milliseconds(one) < whole_milliseconds(other))
