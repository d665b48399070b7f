"""What to mend before a run, counted from what is stored; each concern names whom it is about."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from services.matching.application.applications import Applications
from services.matching.application.looking import counted, looked_at
from services.matching.application.pairs import Pairs
from services.matching.contracts.applications import ApplicationState
from services.matching.contracts.participants import Role
from services.matching.domain.matchmaking.readiness import Concern, Weighed
from services.matching.domain.person import folded
from services.matching.domain.ready import Ready, Readying
from shared.kernel.clock import Clock
from shared.store.repository import Repository

MOST_NAMED = 500
"""People of one concern."""


@dataclass(frozen=True)
class Readiness:
    """Reads what a run would read: with many people that takes seconds, so the worker does it."""

    store: Repository[Readying]
    pairs: Pairs
    applications: Applications
    clock: Clock

    def of(self, programme_id: str) -> Readying:
        """Raises NotFound."""
        self.pairs.programmes.get(programme_id)
        return looked_at(self.store, Readying, programme_id, self.clock)

    def ring(self, programme_id: str, now: datetime) -> None:
        """What the worker does when somebody has looked."""
        def count() -> Callable[[Readying], None]:
            found = self._counted(programme_id)
            return lambda one: setattr(one, "found", found)
        counted(self.store, programme_id, now, count)

    def counts(self) -> bool:
        """Some worker reads who takes part somewhere."""
        return any(one.counting and one.timers["count"] > self.clock.now() for one in self.store.each({}))

    def forget(self, person_id: str) -> int:
        """Somebody who is erased is named nowhere."""
        naming = [one.id for one in self.store.each({}) if one.names(person_id)]
        for one in naming:
            self.store.change(one, lambda readying: readying.forget(person_id))
        return len(naming)

    def _counted(self, programme_id: str) -> Ready:
        plan = self.pairs.programmes.get(programme_id).plan
        problem = self.pairs.candidates.problem(programme_id, plan, None, "")
        weighed = Weighed(problem)
        concerns = (*self._named(weighed.concerns), *self._without_seat(programme_id))
        mentees, seats = len(problem.mentees), sum(one.seats or 0 for one in problem.mentors)
        barred = sum(len(one.people) for one in concerns if one.code == "nobody-allowed")
        return Ready(
            mentees=mentees, seats=seats, looked_at=weighed.looked_at, unmatched=max(mentees - seats, barred),
            undecided=self.applications.store.count(
                {"programme_id": programme_id, "state": ApplicationState.SUBMITTED}),
            concerns=tuple(replace(one, people=one.people[:MOST_NAMED]) for one in concerns),
            counts={one.key: len(one.people) for one in concerns})

    def _without_seat(self, programme_id: str) -> Iterable[Concern]:
        mentors = self.pairs.participants.active(programme_id, Role.MENTOR)
        none = tuple(one.person_id for one in mentors if not one.capacity)
        return [Concern("no-seat", Role.MENTOR, none)] if none else []

    def _named(self, concerns: Iterable[Concern]) -> Iterable[Concern]:
        """By the ids of the people."""
        ids = self.pairs.candidates.people.ids_of(name for one in concerns for name in one.people)
        return [replace(one, people=tuple(dict.fromkeys(ids[folded(name)] for name in one.people)))
                for one in concerns]
