"""From the invitation to the farewell in figures, kept up to date 200 ways at a time."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import ClassVar

from services.matching.contracts.participants import Role
from services.matching.domain.first_session import FirstSessions, first_sessions
from services.matching.domain.way import FIRST, RESULTS, Step, Way, counter, waited, waiting
from shared.kernel.aggregate import Aggregate

BATCH = 200
LAST_LOOK = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class FunnelStep:
    """`count` came so far; `came` of them by the step before, `lost` were there and did not come; `days` is the median
    of how long it took them (None: nobody)."""

    step: Step
    count: int
    came: int = 0
    lost: int = 0
    days: int | None = None


@dataclass(kw_only=True)
class Funnel(Aggregate):
    """Has the id of its programme. `taken` are the shares of ways that `counts` has and the ways do not know of yet.
    `quiet`: nothing was left to count, and one more look is taken before it rests."""

    shape: ClassVar[int] = 2

    counts: dict[str, int] = field(default_factory=dict)
    batch: int = 0
    taken: dict[str, tuple[str, ...]] = field(default_factory=dict)
    counted_at: datetime | None = None
    quiet: bool = False

    def stir(self, at: datetime) -> None:
        """A way has changed. Without an effect while counting goes on anyway: the last look finds it."""
        if self.quiet or "count" not in self.timers:
            self.quiet = False
            self.set_timer("count", at)

    def rings(self, now: datetime) -> bool:
        return self.is_due("count", now)

    def on_count(self, now: datetime) -> None:
        """The next ways; the timer stands until all are counted, so that a crash repeats them."""
        self.set_timer("count", now)

    def take(self, ways: Iterable[Way], now: datetime) -> None:
        """Counts what has changed in these, once those taken before are settled."""
        if self.taken:
            return
        self.taken = {way.id: way.share for way in ways}
        for way in ways:
            self._add(way.counted, -1)
            self._add(way.share, 1)
        self.batch += bool(self.taken)
        if not self.taken:
            self._rest(now)

    def settle(self, batch: int, now: datetime) -> None:
        """All ways of this batch know what is counted of them."""
        if batch == self.batch:
            self.taken, self.counted_at = {}, now

    def _rest(self, now: datetime) -> None:
        self.counted_at = now
        if self.quiet:
            self.clear_timer("count")
        else:
            self.quiet = True
            self.set_timer("count", now + LAST_LOOK)

    def _add(self, share: Iterable[str], one: int) -> None:
        for name in share:
            self.counts[name] = self.counts.get(name, 0) + one
            if not self.counts[name]:
                del self.counts[name]

    def steps(self, role: Role, today: date | None = None) -> list[FunnelStep]:
        """Of one role: whoever has both is counted in each. With a day, whoever waits for a first session until then
        counts in how long it takes, too."""
        first = FunnelStep(step=FIRST, count=self._count(counter(role, FIRST)))
        found = [first, *(self._step(role, before, step) for before, step in pairwise(Step))]
        if today is None:
            return found
        days = self.first_sessions(role, today).median_days
        return [replace(one, days=days) if one.step is Step.MET else one for one in found]

    def brought(self, role: Role, code: str) -> dict[Step, int]:
        """What came of a code: how many applied, and how far they came."""
        return {step: self._count(counter(role, step, code=code)) for step in (Step.APPLIED, *RESULTS)}

    def _step(self, role: Role, before: Step, step: Step) -> FunnelStep:
        came = self._count(counter(role, step, before))
        return FunnelStep(step=step, count=self._count(counter(role, step)), came=came,
                          lost=self._count(counter(role, before)) - came, days=self._median(role, before, step))

    def first_sessions(self, role: Role, today: date) -> FirstSessions:
        """From the match; whoever waits has waited until today."""
        gone = {int(days): count for days, count in self._beginning(waited(role))}
        for since, count in self._beginning(waiting(role)):
            days = max(0, (today - date.fromisoformat(since)).days)
            gone[days] = gone.get(days, 0) + count
        return first_sessions(self._days(role, Step.MATCHED, Step.MET), gone)

    def _days(self, role: Role, before: Step, step: Step) -> dict[int, int]:
        """How many took how long."""
        return {int(days): count for days, count in self._beginning(counter(role, step, before) + " ")}

    def _beginning(self, start: str) -> list[tuple[str, int]]:
        """The rest of the names of these counters, and how many each counts."""
        return [(name.removeprefix(start), count) for name, count in self.counts.items() if name.startswith(start)]

    def _median(self, role: Role, before: Step, step: Step) -> int | None:
        """The lower one of two in the middle."""
        days = sorted(self._days(role, before, step).items())
        half, passed = (sum(count for _, count in days) + 1) // 2, 0
        for day, count in days:
            passed += count
            if passed >= half:
                return day
        return None

    def _count(self, name: str) -> int:
        return self.counts.get(name, 0)
