"""What the organisation's directory says of a person."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from shared.kernel.errors import Invalid

LONGEST = 200


class Weekday(StrEnum):
    """A day somebody works."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


class BadDetails(Invalid):
    """The directory says something of a person that cannot be. `reason`: which part, and how."""

    code = "bad-details"

    def __init__(self, text: str, reason: str, **params: str) -> None:
        super().__init__(text)
        self.reason, self.params = reason, params


def require_day(text: str) -> date:
    """Raises BadDetails."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:  # days are compared as texts
        raise BadDetails("a day is written as 2027-03-01", "bad-day")
    return day


@dataclass(frozen=True, kw_only=True)
class Leave:
    """Away from one day to another, both included, as ISO dates; `ends_on` None: until further notice."""

    starts_on: str
    ends_on: str | None = None

    def covers(self, day: date) -> bool:
        """Whether somebody is away on this day."""
        return self.starts_on <= day.isoformat() and (self.ends_on is None or day.isoformat() <= self.ends_on)

    def require_sound(self) -> None:
        """Raises BadDetails."""
        begins = require_day(self.starts_on)
        if self.ends_on and require_day(self.ends_on) < begins:
            raise BadDetails("a leave ends before it begins", "bad-leave")


@dataclass(frozen=True, kw_only=True)
class External:
    """Not of the staff: alumni and guests, whom a person inside answers for, until a day."""

    sponsor_id: str = ""
    ends_on: str | None = None


@dataclass(frozen=True, kw_only=True)
class Details:
    """`manager_id` is the line manager's person id, empty for none, `other_manager_ids` all further ones.

    Days worked none: nobody said, which counts as Monday to Friday. `external` None: of the staff.
    """

    name: str
    email: str
    language: str
    time_zone: str
    department: str = ""
    location: str = ""
    manager_id: str = ""
    languages: tuple[str, ...] = ()
    grade: str = ""
    other_manager_ids: tuple[str, ...] = ()
    working_days: tuple[Weekday, ...] = ()
    holiday_calendar: str = ""
    leaves: tuple[Leave, ...] = ()
    external: External | None = None

    def public(self) -> dict[str, Any]:
        """What the restricted topic carries."""
        told = ("name", "email", "language", "time_zone", "department", "location", "languages", "holiday_calendar")
        days = {"working_days": tuple(day.value for day in self.working_days), "external": self.external is not None}
        return {name: getattr(self, name) for name in told} | days

    @property
    def managers(self) -> tuple[str, ...]:
        """Everybody this person reports to, the line manager first."""
        return tuple(dict.fromkeys(one for one in (self.manager_id, *self.other_manager_ids) if one))

    @property
    def named(self) -> tuple[str, ...]:
        """Everybody else whom this names."""
        sponsor = self.external.sponsor_id if self.external else ""
        return (*self.managers, sponsor) if sponsor else self.managers

    def naming(self, ids: Mapping[str, str]) -> "Details":
        """The same, with other ids of those who are named; nobody in place of whose id is empty."""
        others = tuple(one for name in self.other_manager_ids if (one := ids.get(name, name)))
        external = self.external and replace(
            self.external, sponsor_id=ids.get(self.external.sponsor_id, self.external.sponsor_id))
        return replace(self, manager_id=ids.get(self.manager_id, self.manager_id), other_manager_ids=others,
                       external=external)

    def require_sound(self) -> None:
        """Raises BadDetails, saying which part, never what it holds."""
        texts = (self.name, self.department, self.location, self.grade, self.holiday_calendar, *self.languages)
        if not self.name.strip() or max(map(len, texts)) > LONGEST:
            raise BadDetails(f"a name is needed, and no text is longer than {LONGEST} characters", "long-text",
                             most=str(LONGEST))
        _require_zone(self.time_zone)
        for leave in self.leaves:
            leave.require_sound()
        if self.external and self.external.ends_on:
            require_day(self.external.ends_on)


    @property
    def is_sound(self) -> bool:
        """Whether nothing of it is bad."""
        try:
            self.require_sound()
        except BadDetails:
            return False
        return True


@lru_cache(maxsize=500)
def _require_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise BadDetails("the time zone is none, as Europe/Berlin is one", "bad-time-zone") from None


@dataclass(frozen=True, kw_only=True)
class Address:
    """One of a person's e-mail addresses."""

    value: str
    type: str = ""
    primary: bool = False


@dataclass(frozen=True, kw_only=True)
class Entry:
    """How the directory spells what `Details` sums up; empty where it says nothing. Kept so that a directory that
    compares reads back what it wrote."""

    user_name: str = ""
    external_id: str = ""
    display_name: str = ""
    formatted_name: str = ""
    given_name: str = ""
    family_name: str = ""
    user_type: str = ""
    language: str = ""
    time_zone: str = ""
    emails: tuple[Address, ...] = field(default=())
    active: bool | None = None
    on_leave: bool | None = None

    @property
    def name(self) -> str:
        """What people are called by."""
        parts = f"{self.given_name} {self.family_name}".strip()
        return self.display_name or self.formatted_name or parts or self.user_name

    @property
    def email(self) -> str:
        """The primary address, else that of work, else the first."""
        ranked = sorted(self.emails, key=lambda one: (not one.primary, one.type != "work"))
        return ranked[0].value if ranked else self.user_name if "@" in self.user_name else ""
