"""One clock for many processes: domain time that runs fast, until it is told to keep real time."""

import struct
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import inf
from mmap import mmap

from shared.kernel.clock import whole_milliseconds

BEGINS = datetime(2026, 3, 2, 7, tzinfo=UTC)
_REAL_FROM = struct.Struct("d")


@dataclass(frozen=True)
class FastClock:
    """`speed` domain seconds pass in one real one. Made before the forks: its memory is shared by all of them."""

    speed: float
    _begun: float = field(default_factory=time.monotonic)
    _memory: mmap = field(default_factory=lambda: mmap(-1, _REAL_FROM.size))

    def __post_init__(self) -> None:
        _REAL_FROM.pack_into(self._memory, 0, inf)

    def now(self) -> datetime:
        now = time.monotonic()
        real_from = min(now, _REAL_FROM.unpack_from(self._memory, 0)[0])
        passed = (real_from - self._begun) * self.speed + now - real_from
        return whole_milliseconds(BEGINS + timedelta(seconds=passed))

    def keep_real_time(self) -> None:
        """From here on, for everybody: a second passes in a second. It never stands, or what is tried again after a
        pause would wait for ever."""
        _REAL_FROM.pack_into(self._memory, 0, time.monotonic())
