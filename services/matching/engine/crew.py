"""Threads that work through ranges of mentees while the caller watches."""

from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from services.matching.engine.watch import Watch

PORTION = 10_000_000
"""A tenth of a second or less."""


@dataclass(frozen=True)
class Crew:
    """`threads` at work at once. Each row is done by itself: how many there are changes nothing of the answer.
    `portion`: pairs between two looks at the clock."""

    threads: int
    watch: Watch
    portion: int = PORTION

    def each(self, phase: str, rows: int, columns: int, work: Callable[[int, int], object]) -> bool:
        """Calls `work(first, last)` for ranges that make up all rows; False when the deadline came first."""
        size = max(1, min(-(-rows // self.threads), self.portion // max(1, columns)))
        ranges = [(first, min(first + size, rows)) for first in range(0, rows, size)]
        if len(ranges) <= 1 or self.threads == 1:
            return self._alone(phase, rows, ranges, work)
        return self._together(phase, rows, ranges, work)

    def _alone(self, phase: str, rows: int, ranges: list[tuple[int, int]], work: Callable[[int, int], object]) -> bool:
        for first, last in ranges:
            if not self.watch.goes_on(phase, first / rows):
                return False
            work(first, last)
        return True

    def _together(self, phase: str, rows: int, ranges: list[tuple[int, int]], work: Callable[[int, int], object]
                  ) -> bool:
        """What is under way when the time is up, or the caller has enough, is waited for: it writes into our arrays."""
        with ThreadPoolExecutor(self.threads) as pool:
            under_way: set[Future[object]] = set()
            for first, last in ranges:
                if len(under_way) == self.threads:
                    done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
                    _ = [one.result() for one in done]
                if not self.watch.goes_on(phase, first / rows):
                    return False
                under_way.add(pool.submit(work, first, last))
            _ = [one.result() for one in under_way]
        return True
