"""What is wrong with settings at first sight, all of it at once: the service would tell it round by round. What only
the service knows, it goes on telling."""

from collections.abc import Iterator, Mapping
from datetime import date

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from services.portal.clients.calls import Json
from services.portal.pages.reading import zone
from services.portal.pages.wording import refusal

RANGES: dict[str, LazyString] = {
    "name": _l("Give it a name of at most 200 letters."),
    "purpose": _l("Say it in at most 2,000 letters."),
    "starts_on": _l("A date is expected."),
    "ends_on": _l("A date is expected."),
    "time_zone": _l("Name a time zone, as in Europe/Berlin."),
    "holiday_calendar": _l("Name a country, or a part of one, as in DE or DE-BE."),
    "undo_minutes": _l("From 0 to 1,440 minutes."),
    "request_days": _l("From 1 to 30 working days."),
    "stickiness": _l("From 0 to 100 percent."),
    "check_in_days": _l("At most 20 days, each from 1 to 365."),
}
"""What the service takes; days of the others go from 1 to 365."""
DAYS = (1, 365)
NUMBERS = {"undo_minutes": (0, 1440), "request_days": (1, 30), "stickiness": (0, 100), "check_in_every_days": DAYS,
           "check_in_answer_days": DAYS, "check_in_reminder_days": DAYS, "case_days": DAYS, "close_days": DAYS,
           "closing_days": DAYS}
MOST_LETTERS = {"name": 200, "purpose": 2000}
MOST_CHECK_INS = 20


def range_of(name: str) -> str:
    return str(RANGES.get(name) or _("From 1 to 365 days."))


def faults_of(settings: Json, unread: Mapping[str, str], is_flash: bool) -> dict[str, str]:
    """By field: `unread` is what could not be read at all; no more is said of that, nor of what hangs on it."""
    alone = dict(unread) | {name: range_of(name) for name in outside(settings) if name not in unread}
    return alone | {name: refusal(code, "") for needs, name, code in unfitting(settings, is_flash)
                    if not alone.keys() & {*needs}}


def outside(settings: Json) -> Iterator[str]:
    """The fields that are wrong by themselves."""
    yield from (name for name, (least, most) in NUMBERS.items() if not least <= settings[name] <= most)
    yield from (name for name, most in MOST_LETTERS.items() if len(settings[name]) > most)
    yield from (name for name in ("starts_on", "ends_on") if not is_day(settings[name]))
    if not settings["name"]:
        yield "name"
    if zone(settings["time_zone"]).key != settings["time_zone"]:
        yield "time_zone"
    days = settings["check_in_days"]
    if not (0 < len(days) <= MOST_CHECK_INS and all(DAYS[0] <= day <= DAYS[1] for day in days)):
        yield "check_in_days"


Together = tuple[tuple[str, ...], str, str]
"""The fields that are looked at, the one where it is told, and the code of the refusal."""


def unfitting(settings: Json, is_flash: bool) -> Iterator[Together]:
    """Fields that do not fit each other."""
    days, answer = settings["check_in_days"], "check_in_answer_days"
    if settings["ends_on"] <= settings["starts_on"]:
        yield ("starts_on", "ends_on"), "ends_on", "bad-dates"
    if days != sorted(set(days)):
        yield ("check_in_days",), "check_in_days", "bad-cadence"
    if settings["check_in_reminder_days"] >= settings[answer]:
        yield ("check_in_reminder_days", answer), "check_in_reminder_days", "bad-cadence"
    if is_flash and settings["close_days"] < settings[answer]:
        yield ("close_days", answer), "close_days", "bad-cadence"


def is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
