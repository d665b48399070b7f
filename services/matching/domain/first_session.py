"""How long it takes from the match to the first session, with those who still wait counted as long as they have waited.

The estimator of Kaplan and Meier: on each day on which somebody met, the part of those who were still without a session
that did. Whoever waits, or whose pair ended before, counts until then and no further: leaving them out would make the
wait look shorter than it is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

MARKS = (14, 30)
"""Days by which a first session should be, or is overdue."""


@dataclass(frozen=True, kw_only=True)
class Point:
    """By this `day` the part `share` has met, of `at_risk` who had none before it."""

    day: int
    share: float
    at_risk: int


@dataclass(frozen=True, kw_only=True)
class FirstSessions:
    """`met` have, `waiting` have not; `median_days` None: not half of them, as far as anybody can know. Nobody was
    followed for longer than `followed_days`; None: nobody at all."""

    met: int
    waiting: int
    median_days: int | None
    followed_days: int | None
    points: tuple[Point, ...]

    def by(self, day: int) -> float | None:
        """The part that has met by this day; None where nobody was followed for so long and some have not met."""
        share = next((one.share for one in reversed(self.points) if one.day <= day), 0.0)
        is_known = share == 1 or (self.followed_days is not None and day <= self.followed_days)
        return share if is_known else None


def first_sessions(met: Mapping[int, int], waiting: Mapping[int, int]) -> FirstSessions:
    """Each a number of people by days. Of those whose last day is the same, the ones who met come first."""
    points = tuple(_points(met, waiting))
    return FirstSessions(
        followed_days=max((day for counts in (met, waiting) for day, count in counts.items() if count), default=None),
        met=sum(met.values()), waiting=sum(waiting.values()), points=points,
        median_days=next((one.day for one in points if one.share >= 1 / 2), None))


def _points(met: Mapping[int, int], waiting: Mapping[int, int]) -> Iterator[Point]:
    left = Fraction(1)
    for day in sorted(day for day, count in met.items() if count):
        at_risk = sum(count for counts in (met, waiting) for last, count in counts.items() if last >= day)
        left *= 1 - Fraction(met[day], at_risk)
        yield Point(day=day, share=float(1 - left), at_risk=at_risk)
