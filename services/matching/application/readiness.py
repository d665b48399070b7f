"""What to mend before a run, counted from what is stored; each concern names whom it is about."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from services.matching.application.applications import Applications
from services.matching.application.pairs import Pairs
from services.matching.contracts.applications import ApplicationState
from services.matching.contracts.participants import Role
from services.matching.domain.matchmaking.readiness import Concern, Readying
from services.matching.domain.person import folded
from shared.kernel.clock import Clock

MOST_NAMED = 500
"""People of one concern."""


@dataclass(frozen=True)
class Ready:
    """`mentees` with room for a mentor, free `seats`, applications nobody has decided (`undecided`); of `looked_at`
    mentees it is known whether a mentor is allowed. `unmatched`: so many stay without at least."""

    mentees: int
    seats: int
    undecided: int
    looked_at: int
    unmatched: int
    concerns: tuple[Concern, ...]
    counts: dict[str, int]
    as_of: datetime


@dataclass(frozen=True)
class Readiness:
    """Reads what a run would read."""

    pairs: Pairs
    applications: Applications
    clock: Clock

    def of(self, programme_id: str) -> Ready:
        """As of now. Raises NotFound."""
        plan = self.pairs.programmes.get(programme_id).plan
        problem = self.pairs.candidates.problem(programme_id, plan, None, "")
        readying = Readying(problem)
        concerns = (*self._named(readying.concerns), *self._without_seat(programme_id))
        mentees, seats = len(problem.mentees), sum(one.seats or 0 for one in problem.mentors)
        barred = sum(len(one.people) for one in concerns if one.code == "nobody-allowed")
        return Ready(
            mentees=mentees, seats=seats, looked_at=readying.looked_at, unmatched=max(mentees - seats, barred),
            undecided=self.applications.store.count(
                {"programme_id": programme_id, "state": ApplicationState.SUBMITTED}),
            concerns=tuple(replace(one, people=one.people[:MOST_NAMED]) for one in concerns),
            counts={one.key: len(one.people) for one in concerns}, as_of=self.clock.now())

    def _without_seat(self, programme_id: str) -> Iterable[Concern]:
        mentors = self.pairs.participants.active(programme_id, Role.MENTOR)
        none = tuple(one.person_id for one in mentors if not one.capacity)
        return [Concern("no-seat", Role.MENTOR, none)] if none else []

    def _named(self, concerns: Iterable[Concern]) -> Iterable[Concern]:
        """By the ids of the people."""
        ids = self.pairs.candidates.people.ids_of(name for one in concerns for name in one.people)
        return [replace(one, people=tuple(dict.fromkeys(ids[folded(name)] for name in one.people)))
                for one in concerns]
