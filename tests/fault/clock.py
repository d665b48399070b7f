"""One clock for many processes: domain time that runs fast, and stands when it is told to."""

import struct
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import inf
from mmap import mmap

from shared.kernel.clock import whole_milliseconds

BEGINS = datetime(2026, 3, 2, 7, tzinfo=UTC)
_STANDS_FROM = struct.Struct("d")


@dataclass(frozen=True)
class FastClock:
    """`speed` domain seconds pass in one real one. Made before the forks: its memory is shared by all of them."""

    speed: float
    _begun: float = field(default_factory=time.monotonic)
    _memory: mmap = field(default_factory=lambda: mmap(-1, _STANDS_FROM.size))

    def __post_init__(self) -> None:
        _STANDS_FROM.pack_into(self._memory, 0, inf)

    def now(self) -> datetime:
        passed = min(time.monotonic(), _STANDS_FROM.unpack_from(self._memory, 0)[0]) - self._begun
        return whole_milliseconds(BEGINS + timedelta(seconds=passed * self.speed))

    def stand(self) -> None:
        """No time passes from here on, for nobody."""
        _STANDS_FROM.pack_into(self._memory, 0, time.monotonic())
