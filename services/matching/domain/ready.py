"""What to mend before a run, counted by the worker when somebody looks, and kept until somebody looks again."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.matching.domain.matchmaking.readiness import Concern
from shared.kernel.aggregate import Aggregate

FRESH = timedelta(seconds=10)
LEASE = timedelta(minutes=2)
"""A count that says nothing for so long is begun again."""


@dataclass(frozen=True, kw_only=True)
class Ready:
    """`mentees` with room for a mentor, free `seats`, applications nobody has decided (`undecided`); of `looked_at`
    mentees it is known whether a mentor is allowed. `unmatched`: so many stay without at least. A concern names some of
    the people whom `counts` counts, by its key."""

    mentees: int
    seats: int
    undecided: int
    looked_at: int
    unmatched: int
    concerns: tuple[Concern, ...]
    counts: dict[str, int]
    as_of: datetime


@dataclass(kw_only=True)
class Readying(Aggregate):
    """Has the id of its programme; `found` is None until it was counted once."""

    found: Ready | None = None

    def look(self, now: datetime) -> None:
        """Counted anew, unless that was done or begun a moment ago."""
        if "count" not in self.timers and (self.found is None or now - self.found.as_of >= FRESH):
            self.set_timer("count", now)

    def on_count(self, now: datetime) -> None:
        """Stands for the next attempt, should this one die."""
        self.set_timer("count", now + LEASE)

    def conclude(self, found: Ready) -> None:
        self.found = found
        self.clear_timer("count")

    def names(self, person_id: str) -> bool:
        return self.found is not None and any(person_id in one.people for one in self.found.concerns)

    def forget(self, person_id: str) -> None:
        """Somebody who is erased is named no more."""
        if self.found:
            left = (replace(one, people=tuple(other for other in one.people if other != person_id))
                    for one in self.found.concerns)
            self.found = replace(self.found, concerns=tuple(left))
