"""Time comes in as an argument; this is where it comes from."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time: always UTC, whole milliseconds."""

    def now(self) -> datetime: ...


def whole_milliseconds(moment: datetime) -> datetime:
    """The moment in UTC without its microseconds: MongoDB keeps no more, and both engines must read back equal."""
    return moment.astimezone(UTC).replace(microsecond=moment.microsecond // 1000 * 1000)


class SystemClock:
    """The time of the machine."""

    def now(self) -> datetime:
        return whole_milliseconds(datetime.now(UTC))


class SettableClock:
    """A clock that goes on from where it is set; `standing` ones move only when told to.

    For rehearsals and demonstrations: a year passes in a minute, and the same code runs.
    """

    def __init__(self, moment: datetime, *, standing: bool = True) -> None:
        self._lock = threading.Lock()
        self._moment = whole_milliseconds(moment)
        self._set_at: datetime | None = None if standing else SystemClock().now()

    def now(self) -> datetime:
        with self._lock:
            passed = SystemClock().now() - self._set_at if self._set_at else timedelta()
            return self._moment + passed

    def set(self, moment: datetime) -> None:
        """Stands at the moment, which may lie before the present one."""
        with self._lock:
            self._moment, self._set_at = whole_milliseconds(moment), None

    def run(self) -> None:
        """From here on it runs at the speed of the machine's own clock."""
        with self._lock:
            self._set_at = SystemClock().now()


def iso(moment: datetime) -> str:
    """RFC 3339 in UTC with exactly three decimals, so that text sorts as time does."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse(text: str) -> datetime:
    """The moment an RFC 3339 text names. Raises ValueError when it names none or has no offset."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text} has no time zone")
    try:
        return whole_milliseconds(moment)
    except OverflowError:
        raise ValueError(f"{text} is in no calendar of UTC") from None
