"""When a new pair might meet first: a proposal in working hours of both."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from services.notifications.domain.zones import zone_of

NOTICE = timedelta(days=5)
MINUTES = 45
_BEST, _GOOD, _LAST = range(10, 16), range(9, 17), range(7, 21)


def propose(created_at: datetime, zones: Iterable[str]) -> datetime:
    """The first full hour, at least five days from now and on a weekday of both, that suits both sides' days best.

    Tries the middle of the day, then working hours, then anything a polite person would propose; people on opposite
    sides of the world get noon of the first zone.
    """
    places = [zone_of(name) for name in zones]
    hours = [_first_hour(created_at) + timedelta(hours=count) for count in range(24 * 7)]
    weekday = [hour for hour in hours if all(hour.astimezone(place).weekday() < 5 for place in places)]
    for wanted in (_BEST, _GOOD, _LAST):
        for hour in weekday:
            if all(hour.astimezone(place).hour in wanted for place in places):
                return hour
    return next(hour for hour in weekday if hour.astimezone(places[0]).hour == 12)


def _first_hour(created_at: datetime) -> datetime:
    after = created_at.astimezone(UTC) + NOTICE
    return after.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
