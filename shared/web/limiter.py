"""So many requests a caller may make: a token bucket for each, in the memory of this process."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from shared.kernel.errors import DomainError

SECONDS_AT_ONCE = 10
"""A caller who was silent may make as many requests at once as otherwise in this time."""
MOST_CALLERS = 10_000
"""Whoever was not seen for the longest is forgotten first; that only fills the bucket anew."""


class TooManyRequests(DomainError):
    """The caller asks faster than allowed."""

    code = "too-many-requests"


@dataclass
class Limiter:
    """`rate` is requests a second of one caller, of whom each web process counts its own."""

    rate: int
    stopwatch: Callable[[], float] = time.monotonic
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _buckets: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def admit(self, caller: str) -> None:
        """Takes one token. Raises TooManyRequests."""
        now, full = self.stopwatch(), float(self.rate * SECONDS_AT_ONCE)
        with self._lock:
            left, since = self._buckets.pop(caller, (full, now))
            left = min(full, left + (now - since) * self.rate)
            self._buckets[caller] = (left - 1 if left >= 1 else left, now)
            if len(self._buckets) > MOST_CALLERS:
                self._buckets.popitem(last=False)
        if left < 1:
            raise TooManyRequests(f"more than {self.rate} requests a second: wait, and ask for larger pages")


def limiter_of(rate: int) -> Limiter | None:
    """None for 0: nobody is held up."""
    return Limiter(rate) if rate > 0 else None
