"""The part of a journey that says what the two have come to, each milestone once."""

from dataclasses import dataclass, field
from datetime import datetime

from services.surveys.contracts.journeys import Milestone, MilestoneReached, Traveller
from services.surveys.contracts.relationships import Relationship
from services.surveys.domain.side import Side
from shared.kernel.history import Remembering


@dataclass(kw_only=True)
class Milestoned(Remembering):
    """Of a pair, or of the circle of which `pair_id` is the id then; `milestones` with the moment of each."""

    pair_id: str
    programme_id: str
    relationship: Relationship = Relationship.PAIR
    sides: list[Side] = field(default_factory=list)
    milestones: dict[str, datetime] = field(default_factory=dict)

    @property
    def present(self) -> list[Side]:
        return [side for side in self.sides if not side.left]

    def reach(self, milestone: Milestone, at: datetime) -> None:
        """The first who says so counts; said again, by either, it is no news."""
        if milestone.value in self.milestones:
            return
        self.milestones = {**self.milestones, milestone.value: at}
        self.note("milestone-reached", at, milestone=milestone.value)
        self.record(MilestoneReached(
            journey_id=self.id, pair_id=self.pair_id, programme_id=self.programme_id, milestone=milestone,
            parties=tuple(Traveller(one.person_id, one.role) for one in self.present),
            relationship=self.relationship), at)
