"""Somebody's working days, counted from a moment."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from services.matching.domain.directory import Weekday
from shared.kernel.clock import whole_milliseconds

WEEK = tuple(Weekday)
OFFICE_DAYS = WEEK[:5]
"""Of whom the directory says nothing else."""
MORNING = 8
"""O'clock: who is asked before then has that day."""
OFFICE_OPENS = 9
"""O'clock: what nobody did leads to a mail from then on."""


class Workday(NamedTuple):
    """From its midnight to that of the next day worked: what lies between belongs to it."""

    began: datetime
    over: datetime


@dataclass(frozen=True)
class Workdays:
    """Of somebody in the zone; `worked` none: Monday to Friday. On a holiday nobody works."""

    zone: str
    worked: Sequence[Weekday] = ()
    is_holiday: Callable[[date], bool] = lambda _day: False

    def after(self, start: datetime, days: int) -> datetime:
        """The same time of day so many days worked later; the day itself does not count."""
        return _utc(self._later(start.astimezone(ZoneInfo(self.zone)), days))

    def morning_after(self, start: datetime, days: int) -> datetime:
        """When the office opens so many days worked later."""
        local = self._later(start.astimezone(ZoneInfo(self.zone)), days)
        return _utc(local.replace(hour=OFFICE_OPENS, minute=0, second=0, microsecond=0))

    def is_worked(self, at: datetime) -> bool:
        """Whether the day of this moment is."""
        return self._is_worked(at.astimezone(ZoneInfo(self.zone)))

    def end_of(self, start: datetime, days: int) -> datetime:
        """The last moment of the last of so many days worked: whoever is told the day has all of it. What begins in
        the night, as the turn of the next one does, has the whole first day, which counts."""
        local = start.astimezone(ZoneInfo(self.zone))
        day = self._later(local - timedelta(days=local.hour < MORNING), days)
        return _midnight(day + timedelta(days=1)) - timedelta(milliseconds=1)

    def around(self, at: datetime) -> Workday:
        """The working day that this moment belongs to."""
        local = at.astimezone(ZoneInfo(self.zone))
        following = self._later(local, 1)
        while not self._is_worked(local):
            local -= timedelta(days=1)
        return Workday(_midnight(local), _midnight(following))

    def before(self, end: datetime, days: int) -> datetime:
        """The same time of day so many days worked earlier: what began by then has had all of them."""
        local = end.astimezone(ZoneInfo(self.zone))
        while days:
            days -= self._is_worked(local)
            local -= timedelta(days=1)
        return _utc(local)

    def _later(self, local: datetime, days: int) -> datetime:
        while days:
            local += timedelta(days=1)
            days -= self._is_worked(local)
        return local

    def _is_worked(self, local: datetime) -> bool:
        return WEEK[local.weekday()] in (self.worked or OFFICE_DAYS) and not self.is_holiday(local.date())


def _midnight(local: datetime) -> datetime:
    return _utc(datetime.combine(local.date(), time(), local.tzinfo))


def _utc(local: datetime) -> datetime:
    return whole_milliseconds(local.astimezone(UTC))
