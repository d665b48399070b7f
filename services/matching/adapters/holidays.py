"""Public holidays of a country, or of a part of it, as the library `holidays` knows them."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import holidays


def is_holiday(calendars: Sequence[str], day: date) -> bool:
    """By the first of these that is known: an ISO 3166 country as DE, or a part of one as DE-BE. Without one of them no
    day is a holiday."""
    known = next((one for one in map(_folded, calendars) if is_known(one)), "")
    return bool(known) and day in _days(known, day.year)


def is_known(calendar: str) -> bool:
    """Whether its holidays are."""
    country, _, part = _folded(calendar).partition("-")
    known = holidays.list_supported_countries()
    return country in known and (not part or part in known[country])


def _folded(calendar: str) -> str:
    return calendar.strip().upper()


@lru_cache(maxsize=2_000)
def _days(calendar: str, year: int) -> frozenset[date]:
    """Of one year, made whole before anybody sees it: the library fills its own calendars while they are asked."""
    country, _, part = calendar.partition("-")
    return frozenset(holidays.country_holidays(country, subdiv=part or None, years=year))
