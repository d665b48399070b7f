"""A mentee whose mentoring ended well is asked to become a mentor, and what becomes of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.matching.contracts.applications import ApplicationState, MentorInvited
from services.matching.contracts.participants import Role
from services.matching.domain.participant import application_id
from shared.kernel.aggregate import Aggregate
from shared.kernel.ids import derived_id


class StepState(StrEnum):
    """How far somebody is on the way from mentee to mentor; whoever says no may still change their mind."""

    INVITED = "invited"
    REFUSED = "refused"
    APPLIED = "applied"
    MENTOR = "mentor"


AHEAD = {StepState.INVITED: 0, StepState.REFUSED: 0, StepState.APPLIED: 1, StepState.MENTOR: 2}


def stepping_up_id(programme_id: str, person_id: str) -> str:
    """Nobody is asked twice in one programme."""
    return derived_id("stepping-up", programme_id, person_id)


@dataclass(kw_only=True)
class SteppingUp(Aggregate):
    """Of the programme in which they were a mentee; they may become a mentor in any."""

    programme_id: str
    person_id: str
    state: StepState = StepState.INVITED
    invited_at: datetime | None = None

    @classmethod
    def invite(cls, programme_id: str, person_id: str, at: datetime) -> "SteppingUp":
        one = cls(id=stepping_up_id(programme_id, person_id), programme_id=programme_id, person_id=person_id,
                  invited_at=at)
        one.record(MentorInvited(
            application_id=application_id(programme_id, person_id, Role.MENTOR), programme_id=programme_id,
            person_id=person_id, role=Role.MENTOR, state=ApplicationState.INVITED), at)
        return one

    def refuse(self) -> None:
        """Not now. Whoever has applied withdraws the application instead."""
        if self.state is StepState.INVITED:
            self.state = StepState.REFUSED

    def come(self, state: StepState) -> None:
        """Never back: what is heard late changes nothing."""
        if AHEAD[state] > AHEAD[self.state]:
            self.state = state

    def forget(self) -> None:
        """That somebody was asked stays, under an id that is nobody's any more."""
        self.answered = []
