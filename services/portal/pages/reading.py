"""What templates show with: moments in a zone, shares, names, rows of a page."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_decimal, format_percent
from flask_babel import get_locale, get_timezone
from flask_babel import gettext as _

ROWS = 50
DAY = {"de": "d. MMMM y"}
SHORT_DAY = {"de": "d. MMM"}


def instant(text: str | datetime | None) -> datetime | None:
    """The moment an RFC 3339 text names; None for nothing or nonsense."""
    if isinstance(text, datetime):
        return text
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def zone(name: str | None) -> ZoneInfo:
    """UTC where the directory names a zone that does not exist."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def moment(text: str | datetime | None, zone_name: str | None = "UTC") -> str:
    """Day and time in that zone, in the reader's language."""
    at = instant(text)
    pattern = DAY.get(str(get_locale()), "d MMMM y") + ", HH:mm"
    return format_datetime(at, pattern, tzinfo=zone(zone_name), locale=get_locale()) if at else "–"


def clock_time(text: str | datetime | None, zone_name: str | None = "UTC") -> str:
    at = instant(text)
    return format_time(at, "HH:mm", tzinfo=zone(zone_name), locale=get_locale()) if at else "–"


def weekday_time(text: str | datetime | None, zone_name: str | None = "UTC") -> str:
    """`19:42 Tuesday`: what the other side's clock shows."""
    at = instant(text)
    return format_datetime(at, "HH:mm, EEEE", tzinfo=zone(zone_name), locale=get_locale()) if at else "–"


def day(text: str | None) -> str:
    """A date, or the day of a moment on the reader's calendar."""
    return dated(text, DAY.get(str(get_locale()), "d MMMM y"))


def day_there(text: str | None, zone_name: str | None = "UTC") -> str:
    """The day of a moment on the calendar of that zone."""
    at = instant(text)
    return day(date_in(at, zone_name).isoformat()) if at else "–"


def date_in(at: datetime, zone_name: str | None) -> date:
    """The date that a calendar of that zone shows then."""
    return at.astimezone(zone(zone_name)).date()


def short_day(text: str | None) -> str:
    """Day and month, where the year is plain."""
    return dated(text, SHORT_DAY.get(str(get_locale()), "d MMM"))


def dated(text: str | None, pattern: str) -> str:
    at = instant(text) if "T" in (text or "") else None
    try:
        on = at.astimezone(get_timezone()).date() if at else date.fromisoformat(text or "")
        return format_date(on, pattern, locale=get_locale())
    except ValueError:
        return "–"


def number(value: float | None) -> str:
    """With the thousands apart, as the reader's language does it."""
    return str(format_decimal(value, locale=get_locale())) if value is not None else "–"


def place(zone_name: str | None) -> str:
    """The city a zone is named after."""
    return (zone_name or "UTC").rsplit("/", 1)[-1].replace("_", " ")


def initials(name: str | None) -> str:
    words = [word for word in (name or "").split() if word]
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper() or "?"


def share(part: float | None, whole: float | None) -> str:
    """A percentage, or a dash where there is nothing to divide by."""
    return str(format_percent(part / whole, locale=get_locale())) if whole and part is not None else "–"


def width(part: float | None, whole: float | None) -> str:
    """The width of a bar, as the attribute of an SVG rectangle."""
    return f"{100 * min(1.0, max(0.0, (part or 0) / whole)):.1f}%" if whole else "0%"


def named(people: Mapping[str, Mapping[str, Any]] | None, person_id: str | None) -> str:
    """The name, or a placeholder that says which name is missing."""
    return str((people or {}).get(person_id or "", {}).get("name") or f"({(person_id or '–')[:8]})")


def named_in_charge(people: Mapping[str, Mapping[str, Any]] | None, person_id: str | None) -> str:
    """Whoever did what only those in charge do: the directory need not know them."""
    known = (people or {}).get(person_id or "", {}).get("name")
    return str(known or _("somebody in charge"))


@dataclass(frozen=True)
class Rows:
    """One screenful of a list."""

    items: Sequence[Any]
    page: int
    pages: int
    total: int

    @property
    def first(self) -> int:
        return (self.page - 1) * ROWS + 1 if self.total else 0

    @property
    def last(self) -> int:
        return self.first + len(self.items) - 1 if self.total else 0


def whole(text: str) -> int | None:
    """The whole number that somebody entered; None for anything else, digits of other scripts among it."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def rows(everything: Sequence[Any], page: str | int | None) -> Rows:
    """Page numbers outside the list show its nearest page."""
    pages = max(1, math.ceil(len(everything) / ROWS))
    number = min(max(whole(str(page)) or 1, 1), pages)
    return Rows(everything[(number - 1) * ROWS : number * ROWS], number, pages, len(everything))


FILTERS = {
    "moment": moment,
    "clock_time": clock_time,
    "weekday_time": weekday_time,
    "day": day,
    "day_there": day_there,
    "short_day": short_day,
    "number": number,
    "place": place,
    "initials": initials,
}
GLOBALS = {"share": share, "width": width, "named": named, "named_in_charge": named_in_charge}
