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
    """A programme's rhythm of check-ins: on `days` after the start, then every `every_days`, none after `ends_on`."""

    days: tuple[int, ...]
    every_days: int
    answer_days: int
    reminder_days: int
    case_days: int
    time_zone: str
    ends_on: str

    def case_due(self, raised: datetime) -> datetime:
        """The same time of day, `case_days` working days later."""
        local, left = raised.astimezone(ZoneInfo(self.time_zone)), self.case_days
        while left > 0:
            local += timedelta(days=1)
            left -= local.weekday() < SATURDAY
        return local.astimezone(UTC)


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """A rhythm laid out from a start: periods are counted from 1, each lasts until the next begins."""

    cadence: Cadence
    start: datetime

    def opens_at(self, period: int) -> datetime:
        """Nine o'clock in the programme's zone on the day of this period."""
        opening = datetime.combine(self._day(period), OPENS, ZoneInfo(self.cadence.time_zone))
        return opening.astimezone(UTC)

    def closes_at(self, period: int) -> datetime:
        return self.opens_at(period + 1)

    def asks(self, period: int) -> bool:
        """Whether the period begins while the programme still runs."""
        return self._day(period) <= date.fromisoformat(self.cadence.ends_on)

    def has_begun(self, period: int, now: datetime) -> bool:
        return self.asks(period) and self.opens_at(period) <= now

    def _day(self, period: int) -> date:
        days, beyond = sorted(self.cadence.days) or [0], period - len(self.cadence.days)
        after = days[period - 1] if beyond <= 0 else days[-1] + beyond * self.cadence.every_days
        return self.start.astimezone(ZoneInfo(self.cadence.time_zone)).date() + timedelta(days=after)


def spread(*who: str) -> timedelta:
    """The same minute within two hours for the same words, so that a programme's mails do not leave all at once."""
    return timedelta(minutes=crc32(" ".join(who).encode()) % SPREAD_MINUTES)
