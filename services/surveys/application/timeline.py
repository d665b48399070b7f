"""What happened to a pair, as surveys knows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from services.surveys.domain.case import Case
from services.surveys.domain.check_in import CheckIn
from services.surveys.domain.goal import Goal
from services.surveys.domain.journey import Journey, journey_id
from shared.kernel.history import Entry
from shared.store.repository import Repository


@dataclass(frozen=True)
class Timeline:
    """Entries from the histories of everything that belongs to the pair's journey."""

    journeys: Repository[Journey]
    check_ins: Repository[CheckIn]
    goals: Repository[Goal]
    cases: Repository[Case]

    def of_pair(self, pair_id: str, only_for: str | None = None) -> list[Entry]:
        """Oldest first. `only_for` one of the two: neither the other's check-ins nor any case."""
        journey = self.journeys.get(journey_id(pair_id))
        return sorted(self._entries(journey, only_for), key=lambda entry: entry.at)

    def _entries(self, journey: Journey, only_for: str | None) -> Iterator[Entry]:
        of_journey = {"journey_id": journey.id}
        own = {**of_journey, "person_id": only_for} if only_for else of_journey
        cases = [] if only_for else self.cases.each(of_journey)
        for one in chain([journey], self.check_ins.each(own), self.goals.each(of_journey), cases):
            yield from one.history
