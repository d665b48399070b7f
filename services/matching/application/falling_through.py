"""Proposals by hand of which nothing can come any more: one of the two has no seat left, or the two are a pair."""

from collections.abc import Iterator
from dataclasses import dataclass

from services.matching.application.seating import Seating
from services.matching.contracts.participants import Role
from services.matching.domain.pair import OPEN, Pair
from services.matching.domain.participant import application_id
from services.matching.domain.seats import AlreadyTogether, NoFreeSeat
from shared.kernel.clock import Clock
from shared.kernel.events import Cause


@dataclass(frozen=True)
class FallingThrough:
    """Whoever said yes is told by the event of its end."""

    seating: Seating
    clock: Clock

    def of_person(self, person_id: str, role: Role, cause: Cause | None = None) -> None:
        """All that are open in whatever programme: mentors have seats in the organisation, too."""
        for pair in list(self._open(person_id, role)):
            if self.is_in_vain(pair):
                self.end(pair.id, cause)

    def end(self, pair_id: str, cause: Cause | None = None) -> None:
        self.seating.pairs.change(pair_id, lambda pair: pair.fall_through(self.clock.now()), cause=cause)

    def is_in_vain(self, pair: Pair) -> bool:
        """Whether nobody could say yes to it. Who takes a break may be back in time."""
        ids = [application_id(pair.programme_id, one.person_id, one.role) for one in pair.parties]
        known = self.seating.participants.known(ids)
        if len(known) < len(ids):
            return False
        try:
            self.seating.free(known[ids[0]], known[ids[1]])
        except (NoFreeSeat, AlreadyTogether):
            return True
        return False

    def _open(self, person_id: str, role: Role) -> Iterator[Pair]:
        return (one for one in self.seating.pairs.each({f"{role}_id": person_id}) if one.state in OPEN)
