"""When so many working days of somebody are over."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.matching.domain.directory import Weekday
from shared.kernel.clock import whole_milliseconds

WEEK = tuple(Weekday)
OFFICE_DAYS = WEEK[:5]
"""Of whom the directory says nothing else."""


def after(start: datetime, days: int, zone: str, worked: Sequence[Weekday]) -> datetime:
    """The same time of day so many days worked later; who is asked on a day off begins with the next day worked."""
    here = ZoneInfo(zone)
    numbers = {WEEK.index(day) for day in worked or OFFICE_DAYS}
    local = start.astimezone(here)
    while local.weekday() not in numbers:
        local = datetime.combine(local.date() + timedelta(days=1), time(), here)
    for _ in range(days):
        local = _next(local, numbers)
    return whole_milliseconds(local.astimezone(UTC))


def _next(local: datetime, numbers: set[int]) -> datetime:
    local += timedelta(days=1)
    while local.weekday() not in numbers:
        local += timedelta(days=1)
    return local
