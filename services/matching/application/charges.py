"""Who looks after a programme while a coordinator is away, or has left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from services.matching.application.people import People
from services.matching.application.programmes import Programmes
from services.matching.contracts.programmes import ProgrammeState, Route
from services.matching.domain.charge import BadSubstitute, Substitute
from services.matching.domain.programme import Programme
from shared.kernel.events import Cause


@dataclass(frozen=True)
class Charges:
    """What may be done about who is in charge; `by` is None for the programme office."""

    programmes: Programmes
    people: People

    def copy(self, programme_id: str, name: str, starts_on: date) -> Programme:
        """The next cohort, with those in charge who are still here. Raises NotFound, Invalid."""
        return self.programmes.copy(programme_id, name, starts_on, self._gone(programme_id))

    def open(self, programme_id: str) -> Programme:
        """With those in charge who are still here. Raises NotFound, WrongState, NoPurpose."""
        return self.programmes.open(programme_id, self._gone(programme_id))

    def name(self, programme_id: str, substitute: Substitute, by: str | None) -> Programme:
        """Raises NotFound for no such coordinator, BadSubstitute, OnlyStandsIn."""
        known = self.people.known([substitute.person_id]).get(substitute.person_id)
        if known is None or known.has_left:
            raise BadSubstitute("nobody here has this id")
        return self.programmes.store.change(
            programme_id, lambda one: one.entrust(lambda charge: charge.named(substitute), by, self._now()))

    def take_back(self, programme_id: str, coordinator_id: str, by: str | None) -> Programme:
        """Raises NotFound for no such coordinator, OnlyStandsIn."""
        return self.programmes.store.change(
            programme_id, lambda one: one.entrust(lambda charge: charge.taken_back(coordinator_id), by, self._now()))

    def route(self, programme_id: str, routes: Sequence[Route], by: str | None, if_version: int | None) -> Programme:
        """Raises Stale, Invalid, OnlyStandsIn."""
        return self.programmes.store.change(
            programme_id, lambda one: one.entrust(lambda charge: charge.put_before(routes), by, self._now()),
            if_version=if_version)

    def end(self, person_id: str, cause: Cause) -> None:
        """The person has left the organisation."""
        there = self.programmes.store.each({"state": {"$ne": ProgrammeState.CLOSED}})
        for one in [programme for programme in there if person_id in programme.known]:
            self.programmes.store.change(
                one.id, lambda programme: programme.person_left(person_id, self._now()), cause=cause)

    def _gone(self, programme_id: str) -> frozenset[str]:
        people = self.people.known(self.programmes.get(programme_id).known)
        return frozenset(one.id for one in people.values() if one.has_left)

    def _now(self) -> datetime:
        return self.programmes.clock.now()
