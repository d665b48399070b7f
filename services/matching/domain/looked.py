"""Figures that take long to count: the worker counts them when somebody looks, and they are kept until somebody looks
again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.kernel.aggregate import Aggregate

FRESH = timedelta(seconds=10)
LEASE = timedelta(minutes=2)
"""A count that says nothing for so long is begun again."""


@dataclass(kw_only=True)
class Looked(Aggregate):
    """Has the id of its programme. `counted_at`: as of when; None until it was counted once. `holder` names the attempt
    that may write."""

    counted_at: datetime | None = None
    holder: str = ""

    @property
    def counting(self) -> bool:
        """What is shown is about to be counted anew."""
        return "count" in self.timers

    def look(self, now: datetime) -> None:
        """Counted anew, unless that was done or begun a moment ago."""
        if not self.counting and (self.counted_at is None or now - self.counted_at >= FRESH):
            self.set_timer("count", now)

    def take(self, holder: str, now: datetime) -> None:
        """The count belongs to `holder`, if it is due; another worker may have begun just now."""
        if self.is_due("count", now):
            self.tick(now)
            self.holder = holder

    def on_count(self, now: datetime) -> None:
        """Stands for the next attempt, should this one die."""
        self.set_timer("count", now + LEASE)

    def count(self, now: datetime) -> None:
        """It is counted, as things were at that moment."""
        self.counted_at = now
        self.clear_timer("count")
