"""How many take part in a programme, and how many of them have somebody."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.matching.domain.looked import Looked
from services.matching.domain.quality import LoadClass

QUICK = 2_000
"""People and pairs that are counted within a few milliseconds."""

OLDEST = timedelta(minutes=10)
"""Figures of a large programme that are older are shown to nobody: whoever looks then waits for new ones."""


@dataclass(kw_only=True)
class Headcount(Looked):
    """`mentors` and `mentees` may be matched, `matched` mentees have a live pair or sit in a circle; `seats` are all
    that mentors have, `in_circles` those of them that circles hold, `pairs` by state, `completed` those that came to
    their end as planned, `declined` those of which nothing came. `loads`: how full mentors are; `assigned` there are
    held by pairs that have not begun."""

    mentors: int = 0
    mentees: int = 0
    matched: int = 0
    seats: int = 0
    in_circles: int = 0
    pairs: dict[str, int] = field(default_factory=dict)
    completed: int = 0
    declined: int = 0
    loads: tuple[LoadClass, ...] = ()

    @property
    def is_large(self) -> bool:
        """Too large to be counted for everybody who looks."""
        return self.mentors + self.mentees + sum(self.pairs.values()) > QUICK

    def tell(self, other: "Headcount") -> None:
        """The other one says the same."""
        other.mentors, other.mentees, other.matched = self.mentors, self.mentees, self.matched
        other.seats, other.in_circles, other.pairs = self.seats, self.in_circles, dict(self.pairs)
        other.completed, other.declined, other.loads = self.completed, self.declined, self.loads
        other.counted_at = self.counted_at

    def holds(self, now: datetime) -> bool:
        """Whether it may still be shown."""
        return self.counted_at is not None and now - self.counted_at < OLDEST
