"""One side of a pair or member of a circle, and how many of its check-ins in a row were missed."""

from dataclasses import dataclass, field
from datetime import datetime

REMEMBERED = 20


@dataclass(kw_only=True)
class Side:
    """`missed` are the periods missed since the last answer, `settled` those that can be missed no more.

    Whoever joined a circle later is asked `since` then; who `left` is kept, because words about them may still come.
    Words of a miss and of an answer come on different ways and in any order: a miss of a settled period counts nothing.
    """

    person_id: str
    role: str
    since: datetime | None = None
    left: bool = False
    missed: list[int] = field(default_factory=list)
    settled: list[int] = field(default_factory=list)

    def is_asked(self, opens_at: datetime) -> bool:
        """For a period that begins then."""
        return not self.left and (self.since is None or self.since <= opens_at)

    def leave(self) -> None:
        self.left = True
        self.begin_afresh()

    def come_back(self, at: datetime) -> None:
        self.left, self.since = False, at

    @property
    def in_a_row(self) -> int:
        return len(self.missed)

    def miss(self, period: int) -> bool:
        """Whether it counts: a repeat and a settled period do not."""
        if period in self.missed or period in self.settled:
            return False
        self.missed = sorted([*self.missed, period])
        return True

    def answer(self, period: int) -> None:
        """An answer ends the climb up to its period."""
        self._settle(period)
        self.missed = [one for one in self.missed if one > period]

    def excuse(self, period: int) -> None:
        """Takes back what was counted for this period alone."""
        self._settle(period)
        self.missed = [one for one in self.missed if one != period]

    def begin_afresh(self) -> None:
        """After a break, and after a coordinator has looked at it."""
        for period in self.missed:
            self._settle(period)
        self.missed = []

    def _settle(self, period: int) -> None:
        if period not in self.settled:
            self.settled = [*self.settled, period][-REMEMBERED:]
