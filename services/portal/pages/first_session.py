"""From the match to the first session: the part that has met by each day, as a line with the same figures beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from services.portal.clients.calls import Json
from services.portal.pages.reading import number, share

WIDE, HIGH = 340, 120
"""Of the chart, in its own units."""
ROOM = 75
"""What the words at a mark and at the end of the axis need."""
SHORTEST = 45
"""Days that the chart shows at least."""


@dataclass(frozen=True)
class Mark:
    """A day by which people should have met: where its line stands, and how many have (a dash: nobody can know yet)."""

    day: int
    x: float
    share: str


@dataclass(frozen=True)
class Curve:
    """`found` is what matching counts."""

    found: Json

    @property
    def has_any(self) -> bool:
        return bool(self.found["met"] + self.found["waiting"])

    @property
    def days(self) -> int:
        """How many the chart shows."""
        return max([SHORTEST, *(int(one["day"]) for one in self.found["points"])])

    @property
    def rows(self) -> Sequence[tuple[int, str, int]]:
        return [(one["day"], share(one["share"], 1), one["at_risk"]) for one in self.found["points"]]

    @property
    def marks(self) -> list[Mark]:
        return [Mark(one["day"], self._x(one["day"]), self._told(one["share"])) for one in self.found["marks"]]

    @property
    def ends_at_mark(self) -> bool:
        """Whether a mark stands so near to the end of the axis that the two would be written over each other."""
        return any(mark.x > WIDE - ROOM for mark in self.marks)

    @property
    def line(self) -> str:
        """The points of a staircase that begins where nobody has met, and ends where nobody was followed any longer."""
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in self._steps())

    @property
    def summary(self) -> str:
        """What the chart says, in a sentence."""
        met, everybody = self.found["met"], self.found["met"] + self.found["waiting"]
        told = {"met": number(met), "all": number(everybody)}
        if not everybody:
            return str(_("Nobody has been matched yet."))
        if self.found["median_days"] is None:
            return str(_("%(met)s of %(all)s have met so far; half of them is not reached yet.", **told))
        return str(_("Half of all meet for the first time within %(days)s days of the match; %(met)s of %(all)s have "
                     "met so far.", days=number(self.found["median_days"]), **told))

    @staticmethod
    def _told(part: float | None) -> str:
        return str(_("not known yet")) if part is None else share(part, 1)

    def _steps(self) -> Iterator[tuple[float, float]]:
        high = 0.0
        yield 0.0, self._y(high)
        for one in self.found["points"]:
            yield self._x(one["day"]), self._y(high)
            high = float(one["share"])
            yield self._x(one["day"]), self._y(high)
        yield self._x(min(self.days, self.found.get("followed_days", self.days) or 0)), self._y(high)

    def _x(self, day: int) -> float:
        return WIDE * day / self.days

    def _y(self, part: float) -> float:
        return HIGH * (1 - part)
