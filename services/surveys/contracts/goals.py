"""Events of goals: that there is one, not what it says."""

from dataclasses import dataclass
from typing import ClassVar

from services.surveys.contracts.relationships import Relationship
from shared.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class GoalDrafted(Event):
    """A person wrote down a first goal for the journey; `role` is the person's side, mentor or mentee."""

    type: ClassVar[str] = "mentoring.goal-drafted.v1"
    topic: ClassVar[str] = "mentoring.goals.v1"
    key_field: ClassVar[str] = "goal_id"

    goal_id: str
    journey_id: str
    pair_id: str
    programme_id: str
    person_id: str
    role: str
    relationship: Relationship = Relationship.PAIR
