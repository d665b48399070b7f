"""When days begin, however far away they lie: directories write a day that never comes as 9999-12-31."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from shared.kernel.clock import whole_milliseconds

LONG_AGO = datetime(2, 1, 1, tzinfo=UTC)
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


def begins(day: date, zone: str) -> datetime:
    """Midnight there; of the first and the last year of the calendar, long ago or never."""
    if not LONG_AGO.year < day.year < NEVER.year:
        return LONG_AGO if day.year <= LONG_AGO.year else NEVER
    return whole_milliseconds(datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC))


def is_over(day: date, zone: str) -> datetime:
    """Midnight after it."""
    return NEVER if day == date.max else begins(day + timedelta(days=1), zone)
