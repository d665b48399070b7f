"""Where a relay goes on, so that what the log refuses holds up nobody who waits behind it."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

P = TypeVar("P")


class Round(Generic[P]):
    """Leases begin behind `past`, which is the beginning (`start`) as long as nothing is given back. After that they go
    on from each to the next, as far as there was something then; and all begins anew."""

    def __init__(self, start: P) -> None:
        self._start = self.past = self._next = start
        self._end: Any = None

    @property
    def is_under_way(self) -> bool:
        return self.past != self._start

    def begin_anew(self) -> None:
        self.past = self._start

    def leased(self, reached: P, latest: Any, *, is_last: bool) -> None:
        """Up to `reached`; `latest` is when the last of it came, as `end` of `given_back` tells it."""
        over = is_last or (self.is_under_way and latest > self._end)
        self._next = self._start if over else reached
        if self.is_under_way:
            self.past = self._next

    def given_back(self, end: Callable[[], Any]) -> None:
        """Some of what was leased last was; `end`: when the last that waits came."""
        if not self.is_under_way and self._next != self._start:
            self._end = end()
            self.past = self._next
