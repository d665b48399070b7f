"""One line of a directory file: what the organisation's directory says of a person there."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from services.matching.contracts.people import PersonState
from services.matching.domain.columns import HEADINGS, Field
from services.matching.domain.directory import Details, External, Leave, Weekday
from services.matching.domain.matchmaking.cells import BETWEEN
from services.matching.domain.person import Person, folded
from services.matching.domain.row import Row, RowError
from services.matching.domain.sound import BadDetails, require_name


class Part(StrEnum):
    """What only a directory file says of people, besides the fields that every file has."""

    OTHER_MANAGERS = "other_managers"
    WORKING_DAYS = "working_days"
    HOLIDAY_CALENDAR = "holiday_calendar"
    LEAVE_FROM = "leave_from"
    LEAVE_UNTIL = "leave_until"
    SPONSOR = "sponsor"
    EXTERNAL_UNTIL = "external_until"


_SHARED = (Field.ID, Field.NAME, Field.GIVEN_NAME, Field.FAMILY_NAME, Field.EMAIL, Field.LANGUAGE, Field.TIME_ZONE,
           Field.DEPARTMENT, Field.LOCATION, Field.MANAGER, Field.GRADE, Field.LANGUAGES)
PARTS: Mapping[str, str] = {field: HEADINGS[field] for field in _SHARED} | {
    Part.OTHER_MANAGERS: "other_managers further_managers dotted_line dotted_line_manager dotted_line_managers "
                         "weitere_vorgesetzte fachliche_vorgesetzte",
    Part.WORKING_DAYS: "working_days work_days workdays arbeitstage",
    Part.HOLIDAY_CALENDAR: "holiday_calendar holidays feiertagskalender feiertage",
    Part.LEAVE_FROM: "leave_from leave_start on_leave_from absent_from abwesend_ab abwesend_von",
    Part.LEAVE_UNTIL: "leave_until leave_end on_leave_until absent_until abwesend_bis",
    Part.SPONSOR: "sponsor sponsor_id betreuer betreuer_id",
    Part.EXTERNAL_UNTIL: "external_until contract_end contract_ends vertragsende extern_bis",
}
"""The headings of each, as `HEADINGS` has them. Columns that mean none of these are not read."""

_PLAIN = {Field.DEPARTMENT: "department", Field.LOCATION: "location", Field.GRADE: "grade",
          Part.HOLIDAY_CALENDAR: "holiday_calendar"}
_DAYS = {
    Weekday.MON: ("monday", "montag"), Weekday.TUE: ("tuesday", "dienstag"), Weekday.WED: ("wednesday", "mittwoch"),
    Weekday.THU: ("thursday", "donnerstag"), Weekday.FRI: ("friday", "freitag"),
    Weekday.SAT: ("saturday", "samstag", "sonnabend"), Weekday.SUN: ("sunday", "sonntag"),
}
"""By their names, or the first two letters or more of one. "so" is Sunday, as in a German calendar."""
_NOBODY = Details(name="", email="", language="en", time_zone="Etc/UTC")
_DAYS_BETWEEN = re.compile(r"[;,|\s]+")


@dataclass(frozen=True)
class DirectoryRow(Row):
    """A column that is there says all: an empty cell takes away what was known. What has no column stays."""

    def says(self, part: StrEnum) -> bool:
        """Whether the file has a column for it."""
        return part in self.mapping

    @property
    def named(self) -> list[str]:
        """Names of others in the directory, folded."""
        cells = [self.get(Field.MANAGER), self.get(Part.SPONSOR), *BETWEEN.split(self.get(Part.OTHER_MANAGERS))]
        return [name for cell in cells if (name := folded(cell))]

    def details(self, known: Details, ids: Mapping[str, str]) -> Details:
        """With `ids` of everybody named. Raises BadDetails."""
        said: dict[str, Any] = {"name": self.name, "email": self.email, "language": self.language or known.language,
                                "time_zone": self.get(Field.TIME_ZONE) or known.time_zone}
        said |= {name: self.get(part) for part, name in _PLAIN.items() if self.says(part)}
        if self.says(Field.LANGUAGES):
            said["languages"] = _entries(self.get(Field.LANGUAGES))
        if self.says(Field.MANAGER):
            said["manager_id"] = ids.get(folded(self.get(Field.MANAGER)), "")
        if self.says(Part.OTHER_MANAGERS):
            said["other_manager_ids"] = self._others(ids)
        if self.says(Part.WORKING_DAYS):
            said["working_days"] = _days(self.get(Part.WORKING_DAYS))
        if self.says(Part.LEAVE_FROM):
            said["leaves"] = self._leaves()
        return replace(known, external=self._external(known, ids), **said)

    def errors(self) -> Iterator[RowError]:
        """Everything that is wrong with this line alone."""
        found = list(super().errors())
        yield from found
        if found:
            return
        try:
            require_name("id", self.directory_id)
            self.details(_NOBODY, {}).require_sound()
        except BadDetails as error:
            text = str(error)
            yield RowError(self.line, "", error.reason, f"{text[:1].upper()}{text[1:]}.", error.params)

    def _others(self, ids: Mapping[str, str]) -> tuple[str, ...]:
        found = (ids.get(folded(one), "") for one in _entries(self.get(Part.OTHER_MANAGERS)))
        return tuple(dict.fromkeys(one for one in found if one))

    def _leaves(self) -> tuple[Leave, ...]:
        begins = self.get(Part.LEAVE_FROM)
        return (Leave(starts_on=begins, ends_on=self.get(Part.LEAVE_UNTIL) or None),) if begins else ()

    def _external(self, known: Details, ids: Mapping[str, str]) -> External | None:
        if not self.says(Part.SPONSOR) and not self.says(Part.EXTERNAL_UNTIL):
            return known.external
        sponsor, until = folded(self.get(Part.SPONSOR)), self.get(Part.EXTERNAL_UNTIL)
        return External(sponsor_id=ids.get(sponsor, ""), ends_on=until or None) if sponsor or until else None


def state_after(details: Details, before: Person | None, now: datetime) -> PersonState:
    """Whoever stands in the file is here: away while a leave runs, gone when the time of an external is over."""
    today = now.astimezone(ZoneInfo(details.time_zone)).date()
    if details.external and details.external.ends_on and details.external.ends_on < today.isoformat():
        return PersonState.LEFT
    if before:
        return before.standing(details, PersonState.ACTIVE, now)
    return PersonState.ON_LEAVE if any(one.covers(today) for one in details.leaves) else PersonState.ACTIVE


@lru_cache(maxsize=200)
def _days(cell: str) -> tuple[Weekday, ...]:
    said = [_day(one) for one in _DAYS_BETWEEN.split(cell) if one]
    return tuple(day for day in Weekday if day in said)


def _day(text: str) -> Weekday:
    begins = text.casefold().removesuffix(".")
    found = [day for day, names in _DAYS.items() if len(begins) > 1 and any(one.startswith(begins) for one in names)]
    if not found:
        raise BadDetails("days worked are written one by one, as in mon; tue; wed", "bad-working-days")
    return found[-1]


def _entries(cell: str) -> tuple[str, ...]:
    return tuple(text for one in BETWEEN.split(cell) if (text := one.strip()))
