"""What a participant wants to reach."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.surveys.contracts.goals import GoalDrafted
from services.surveys.contracts.relationships import Relationship
from services.surveys.domain.journey import Journey, JourneyState
from shared.kernel.errors import WrongState
from shared.kernel.history import Remembering


class GoalState(StrEnum):
    """Where a goal stands."""

    DRAFT = "draft"


@dataclass(kw_only=True)
class Goal(Remembering):
    """Belongs to its person and is shared into a journey; `due_on` is an ISO date."""

    journey_id: str
    pair_id: str
    programme_id: str
    person_id: str
    role: str
    title: str
    measure: str | None = None
    due_on: str | None = None
    state: GoalState = GoalState.DRAFT
    drafted_at: datetime
    relationship: Relationship = Relationship.PAIR

    def draft(self) -> "Goal":
        """Tells that there is one, never what it says."""
        self.note("goal-drafted", self.drafted_at, self.person_id, goal_id=self.id)
        self.record(GoalDrafted(goal_id=self.id, journey_id=self.journey_id, pair_id=self.pair_id,
                                programme_id=self.programme_id, person_id=self.person_id, role=self.role,
                                relationship=self.relationship),
                    self.drafted_at)
        return self


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A goal as its person writes it down."""

    title: str
    measure: str | None = None
    due_on: str | None = None

    def into(self, journey: Journey, by: str, goal_id: str, at: datetime) -> Goal:
        """Raises NotFound for strangers, WrongState after the end and for flash pairs."""
        side = journey.side(by)
        journey.require_more_than_one_session()
        if journey.state == JourneyState.ENDED:
            raise WrongState("this journey has ended: write the goal into your next one")
        return Goal(id=goal_id, journey_id=journey.id, pair_id=journey.pair_id, programme_id=journey.programme_id,
                    person_id=by, role=side.role, title=self.title, measure=self.measure, due_on=self.due_on,
                    drafted_at=at, relationship=journey.relationship).draft()
