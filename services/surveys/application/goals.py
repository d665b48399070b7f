"""What happens to goals."""

from dataclasses import dataclass

from services.surveys.domain.goal import Goal, Wish
from services.surveys.domain.journey import Journey
from shared.kernel.clock import Clock
from shared.store.repository import Found, Repository


@dataclass(frozen=True)
class Goals:
    """Goals, as their people share them into a journey."""

    store: Repository[Goal]
    journeys: Repository[Journey]
    clock: Clock

    def draft(self, journey_id: str, wish: Wish, by: str) -> Goal:
        goal_id, journey = self.store.id_for_new(), self.journeys.get(journey_id)
        return self.store.add(wish.into(journey, by, goal_id, self.clock.now()))

    def get(self, id: str) -> Goal:
        return self.store.get(id)

    def of_journey(self, journey_id: str, *, limit: int, after: tuple[str, str] | None) -> Found[Goal]:
        return self.store.find({"journey_id": journey_id}, "drafted_at", limit=limit, after=after)
