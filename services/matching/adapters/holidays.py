"""Public holidays of a country, or of a part of it, as the library `holidays` knows them."""

from collections.abc import Container
from datetime import date
from functools import lru_cache

import holidays


def is_holiday(calendar: str, day: date) -> bool:
    """`calendar` is an ISO 3166 country as DE, or a part of one as DE-BE. Of any other no holidays are known."""
    return day in _days(calendar.strip().upper())


def is_known(calendar: str) -> bool:
    """Whether its holidays are."""
    country, _, part = calendar.strip().upper().partition("-")
    known = holidays.list_supported_countries()
    return country in known and (not part or part in known[country])


@lru_cache(maxsize=500)
def _days(calendar: str) -> Container[date]:
    country, _, part = calendar.partition("-")
    return holidays.country_holidays(country, subdiv=part or None) if is_known(calendar) else ()
