"""Days, times and places as each language writes them."""

from datetime import date, datetime

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from services.notifications.application.ports import Somebody
from services.notifications.domain.zones import zone_of

_DAY = {"en": "d MMMM y", "de": "d. MMMM y"}
_MOMENT = {"en": "EEEE d MMMM, HH:mm", "de": "EEEE, d. MMMM, HH:mm"}


_FEW = {"en": "fewer than {least}", "de": "weniger als {least}"}


def amount(count: int, least: int, language: str) -> str:
    """1,240, or 1.240; of 0 nobody knows more than that it is fewer than `least`."""
    return format_decimal(count, locale=language) if count else _FEW[language].format(least=least)


def day(when: date, language: str) -> str:
    """3 June 2026, or 3. Juni 2026."""
    return format_date(when, _DAY[language], locale=language)


def moment(when: datetime, whose: Somebody, language: str) -> str:
    """The moment on the clock where somebody is, with the place."""
    local = when.astimezone(zone_of(whose.time_zone))
    return f"{format_datetime(local, _MOMENT[language], locale=language)} ({place(whose)})"


def place(whose: Somebody) -> str:
    """Where somebody is; without a location the city their time zone is named after."""
    return whose.location or whose.time_zone.rpartition("/")[2].replace("_", " ")
