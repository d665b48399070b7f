"""When a pair is asked: days counted in the programme's own zone, so that a clock change moves nothing."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zlib import crc32
from zoneinfo import ZoneInfo

OPENS = time(9)
SPREAD_MINUTES = 120
SATURDAY = 5


@dataclass(frozen=True, kw_only=True)
class Cadence:
    """A programme's rhythm of check-ins: on `days` after the start, then every `every_days`, none after `ends_on`.

    With `once` there is one alone, and the pair closes `close_days` after it at the latest."""

    days: tuple[int, ...]
    every_days: int
    answer_days: int
    reminder_days: int
    case_days: int
    time_zone: str
    ends_on: str
    once: bool = False
    close_days: int = 14

    def case_due(self, raised: datetime) -> datetime:
        """The same time of day, `case_days` working days later."""
        local, left = raised.astimezone(ZoneInfo(self.time_zone)), self.case_days
        while left > 0:
            local += timedelta(days=1)
            left -= local.weekday() < SATURDAY
        return local.astimezone(UTC)

    def workday(self, at: datetime) -> date:
        """The working day that a moment belongs to: a weekend to the Friday before it."""
        day = at.astimezone(ZoneInfo(self.time_zone)).date()
        return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """A rhythm laid out from a start: periods are counted from 1, each lasts until the next begins. `meets_on`, an ISO
    date, is the day of the one session of those who are asked once: they are asked on the day after it."""

    cadence: Cadence
    start: datetime
    meets_on: str | None = None

    def opens_at(self, period: int) -> datetime:
        """Nine o'clock in the programme's zone on the day of this period."""
        return self._nine_on(self._day(period))

    def closes_at(self, period: int) -> datetime:
        return self.concludes_at if self.cadence.once else self.opens_at(period + 1)

    @property
    def concludes_at(self) -> datetime:
        """When whoever is asked once is not waited for any longer."""
        return self._nine_on(self._day(1) + timedelta(days=self.cadence.close_days))

    def moved(self, cadence: Cadence, by: timedelta) -> "Calendar":
        """After a break: with the rhythm of now, and what is left moved by its length."""
        meets_on = self.meets_on and (date.fromisoformat(self.meets_on) + by).isoformat()
        return Calendar(cadence=cadence, start=self.start + by, meets_on=meets_on)

    def asks(self, period: int) -> bool:
        """Whether the period begins while the programme still runs."""
        return self._day(period) <= date.fromisoformat(self.cadence.ends_on) and (period == 1 or not self.cadence.once)

    def has_begun(self, period: int, now: datetime) -> bool:
        return self.asks(period) and self.opens_at(period) <= now

    def _nine_on(self, day: date) -> datetime:
        return datetime.combine(day, OPENS, ZoneInfo(self.cadence.time_zone)).astimezone(UTC)

    def _day(self, period: int) -> date:
        if self.meets_on:
            return date.fromisoformat(self.meets_on) + timedelta(days=1)
        days, beyond = sorted(self.cadence.days) or [0], period - len(self.cadence.days)
        after = days[period - 1] if beyond <= 0 else days[-1] + beyond * self.cadence.every_days
        return self.start.astimezone(ZoneInfo(self.cadence.time_zone)).date() + timedelta(days=after)


def spread(*who: str) -> timedelta:
    """The same minute within two hours for the same words, so that a programme's mails do not leave all at once."""
    return timedelta(minutes=crc32(" ".join(who).encode()) % SPREAD_MINUTES)
