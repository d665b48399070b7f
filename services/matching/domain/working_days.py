"""Somebody's working days, counted from a moment."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.matching.domain.directory import Weekday
from shared.kernel.clock import whole_milliseconds

WEEK = tuple(Weekday)
OFFICE_DAYS = WEEK[:5]
"""Of whom the directory says nothing else."""
MORNING = 8
"""O'clock: who is asked before then has that day."""


def after(start: datetime, days: int, zone: str, worked: Sequence[Weekday]) -> datetime:
    """The same time of day so many days worked later; the day itself does not count."""
    return _utc(_days_after(start.astimezone(ZoneInfo(zone)), days, worked))


def end_of(start: datetime, days: int, zone: str, worked: Sequence[Weekday]) -> datetime:
    """The last moment of the last of so many days worked: whoever is told the day has all of it. What begins in the
    night, as the turn of the next one does, has the whole first day, which counts."""
    local = start.astimezone(ZoneInfo(zone))
    day = _days_after(local - timedelta(days=local.hour < MORNING), days, worked)
    midnight = datetime.combine(day.date() + timedelta(days=1), time(), day.tzinfo)
    return _utc(midnight) - timedelta(milliseconds=1)


def _days_after(local: datetime, days: int, worked: Sequence[Weekday]) -> datetime:
    numbers = {WEEK.index(day) for day in worked or OFFICE_DAYS}
    while days:
        local += timedelta(days=1)
        days -= local.weekday() in numbers
    return local


def _utc(local: datetime) -> datetime:
    return whole_milliseconds(local.astimezone(UTC))
