"""What the organisation's directory says of a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from services.matching.domain.sound import (
    MOST,
    Rule,
    is_sound,
    require_address,
    require_day,
    require_line,
    require_name,
    require_parts,
    require_text,
    require_texts,
    require_zone,
)
from services.matching.domain.sound import BadDetails as BadDetails


class Weekday(StrEnum):
    """A day somebody works."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


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

    def require_sound(self, known: "Details | None" = None) -> None:
        """Raises BadDetails. What is `known` already is not judged again."""
        require_parts(self, known, _DETAILS)

    @property
    def is_sound(self) -> bool:
        """Whether nothing of it is bad."""
        return is_sound(self)


def _require_leaves(_part: str, leaves: Sequence[Leave]) -> None:
    for one in leaves:
        one.require_sound()


def _require_external(_part: str, external: External | None) -> None:
    if external:
        require_text("sponsor", external.sponsor_id)
        if external.ends_on:
            require_day(external.ends_on)


_TEXTS = ("language", "department", "location", "manager_id", "grade", "holiday_calendar")
_DETAILS: Mapping[str, Rule] = dict.fromkeys(_TEXTS, require_text) | {
    "name": require_name, "email": require_address, "time_zone": require_zone, "languages": require_texts,
    "other_manager_ids": require_texts, "leaves": _require_leaves, "external": _require_external}


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

    def require_sound(self, known: "Entry | None" = None) -> None:
        """Raises BadDetails. What is `known` already is not judged again."""
        require_parts(self, known, _ENTRY)


def _require_addresses(part: str, addresses: Sequence[Address]) -> None:
    if len(addresses) > MOST:
        raise BadDetails(f"there are more than {MOST}", "too-many-values", part, most=str(MOST))
    for one in addresses:
        require_address(part, one.value)
        require_text(part, one.type)


_SPELT = ("external_id", "display_name", "formatted_name", "given_name", "family_name", "user_type", "language",
          "time_zone")
_ENTRY: Mapping[str, Rule] = dict.fromkeys(_SPELT, require_line) | {
    "user_name": require_name, "emails": _require_addresses}
