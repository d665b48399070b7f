"""How far somebody came in one role of a programme: the first time at each step, told by events in any order."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import pairwise
from typing import ClassVar

from services.matching.contracts.participants import Role
from shared.kernel.aggregate import Aggregate

MOST_DAYS = 999


class Step(StrEnum):
    """What a funnel counts, in order; a step may be left out by whoever came by a file or applied unasked."""

    INVITED = "invited"
    APPLIED = "applied"
    APPROVED = "approved"
    MATCHED = "matched"
    MET = "met"
    COMPLETED = "completed"


FIRST = next(iter(Step))
RESULTS = (Step.APPROVED, Step.MATCHED, Step.COMPLETED)
"""What may come of an application."""
AT_THE_LATEST = {Step.COMPLETED: (Step.MET, Step.COMPLETED)}
"""Steps that were reached by the time of another: check-ins tell of a first session, and nobody need answer them."""
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(kw_only=True)
class Way(Aggregate):
    """Has the id of the application, and says nothing of the person. The funnel holds `counted` of it since its batch
    `counted_in`; `to_count` is the funnel's id while that is not all there is. `paired_at` and `parted_at` are the last
    times at which somebody was found for them, and at which a pair or circle of theirs ended."""

    shape: ClassVar[int] = 2

    programme_id: str
    role: Role
    reached: dict[str, datetime] = field(default_factory=dict)
    counted: tuple[str, ...] = ()
    counted_in: int = 0
    to_count: str = ""
    campaign_code: str = ""
    brought_at: datetime | None = None
    paired_at: datetime | None = None
    parted_at: datetime | None = None

    def reach(self, step: Step, at: datetime, code: str | None = None) -> None:
        """The first time counts, whenever it is heard of, and the first code of a campaign that brought an application;
        a repeat changes nothing. Who completes has met by then, whether or not anybody said so."""
        if code and at < (self.brought_at or _NEVER):
            self.campaign_code, self.brought_at = code, at
        for one in AT_THE_LATEST.get(step, (step,)):
            self.reached[one.value] = min(at, self.reached.get(one, at))
        if step is Step.MATCHED:
            self.paired_at = max(at, self.paired_at or at)
        self._look()

    def part(self, at: datetime) -> None:
        """A pair or circle of theirs ended. The last time counts, whenever it is heard of."""
        self.parted_at = max(at, self.parted_at or at)
        self._look()

    @property
    def share(self) -> tuple[str, ...]:
        """The counters that it is in, each once: those of its steps, and of how long it took from one to the next. What
        was there before a step, or before a campaign, did not come of it; how long it took from a first session that
        nobody told of is not known."""
        here = [counter(self.role, step) for step in Step if step in self.reached]
        both = [(before, step) for before, step in pairwise(Step)
                if before in self.reached and self._is_since(step, self.reached[before])]
        went = [counter(self.role, step, before) for before, step in both]
        took = [counter(self.role, step, before, self._days(before, step)) for before, step in both
                if step is not Step.COMPLETED or self.reached[before] < self.reached[step]]
        since = self.brought_at or _NEVER
        brought = [counter(self.role, step, code=self.campaign_code) for step in (Step.APPLIED, *RESULTS)
                   if self.campaign_code and (step is Step.APPLIED or self._is_since(step, since))]
        return (*here, *went, *took, *brought, *self._waits)

    @property
    def _waits(self) -> tuple[str, ...]:
        """Whoever has somebody and no session yet waits since a day, or has waited so many days when it ended."""
        if Step.MATCHED not in self.reached or Step.MET in self.reached:
            return ()
        if self.parted_at and self.parted_at >= (self.paired_at or self.parted_at):
            return (waited(self.role, (self.parted_at - self.reached[Step.MATCHED]).days),)
        return (waiting(self.role, self.reached[Step.MATCHED].date()),)

    def be_counted(self, share: tuple[str, ...], batch: int) -> None:
        """The funnel holds this share now. What an older batch says late is not true any more."""
        if batch > self.counted_in:
            self.counted, self.counted_in = share, batch
            self._look()

    def _look(self) -> None:
        self.to_count = "" if set(self.counted) == set(self.share) else self.programme_id

    def _is_since(self, step: Step, at: datetime) -> bool:
        return step in self.reached and self.reached[step] >= at

    def _days(self, before: Step, step: Step) -> int:
        return min(MOST_DAYS, (self.reached[step] - self.reached[before]).days)


def counter(role: Role, step: Step, before: Step | None = None, days: int | None = None, code: str = "") -> str:
    """The name of a counter: at a step, at both of two, that after so many days, or at a step brought by a code."""
    last = f" @{code}" if code else "" if days is None else f" {days}"
    return f"{role} {f'{before}>' if before else ''}{step}{last}"


def waiting(role: Role, since: date | None = None) -> str:
    """The name of a counter: matched on that day, and no session so far."""
    return f"{role} waits {since or ''}"


def waited(role: Role, days: int | None = None) -> str:
    """The name of a counter: after so many days it ended without a session."""
    return f"{role} waited {'' if days is None else min(MOST_DAYS, max(0, days))}"
