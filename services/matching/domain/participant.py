"""An approved application: a person in a role of a programme, with room for so many pairs."""

from dataclasses import dataclass, field
from datetime import datetime

from services.matching.contracts.participants import (
    ParticipantApproved,
    ParticipantEvent,
    ParticipantLeft,
    ParticipantPaused,
    ParticipantResumed,
    ParticipantState,
    Role,
)
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import Invalid, WrongState
from shared.kernel.ids import derived_id

MOST_PAIRS = 50


def application_id(programme_id: str, person_id: str, role: Role) -> str:
    """One application a person, programme and role: whoever applies again changes it."""
    return derived_id("application", programme_id, person_id, role)


@dataclass(kw_only=True)
class Participant(Aggregate):
    """Its id is the application's. `answers` is the row that matching looks at: column → text."""

    programme_id: str
    person_id: str
    role: Role
    capacity: int
    answers: dict[str, str] = field(default_factory=dict)
    state: ParticipantState = ParticipantState.ACTIVE

    @classmethod
    def approve(cls, programme_id: str, person_id: str, role: Role, capacity: int, answers: dict[str, str],
                at: datetime) -> "Participant":
        """Takes part from now on. Raises Invalid for a capacity outside 0 … 50."""
        participant = cls(id=application_id(programme_id, person_id, role), programme_id=programme_id,
                          person_id=person_id, role=role, capacity=_room(capacity), answers=answers)
        participant._tell(ParticipantApproved, at)
        return participant

    def update(self, capacity: int, answers: dict[str, str], at: datetime) -> None:
        """What the person answers now; existing pairs stay even when there is less room."""
        if (capacity, answers) != (self.capacity, self.answers) or self.state is ParticipantState.LEFT:
            self.capacity, self.answers, self.state = _room(capacity), answers, ParticipantState.ACTIVE
            self._tell(ParticipantApproved, at)

    def pause(self, at: datetime) -> None:
        """No new pairs for a while."""
        self._require(ParticipantState.ACTIVE)
        self.state = ParticipantState.PAUSED
        self._tell(ParticipantPaused, at)

    def resume(self, at: datetime) -> None:
        """Open for new pairs again."""
        self._require(ParticipantState.PAUSED)
        self.state = ParticipantState.ACTIVE
        self._tell(ParticipantResumed, at)

    def leave(self, at: datetime) -> None:
        """Takes part no more; having left is no error."""
        if self.state is not ParticipantState.LEFT:
            self.state = ParticipantState.LEFT
            self._tell(ParticipantLeft, at)

    def _require(self, state: ParticipantState) -> None:
        if self.state is not state:
            raise WrongState(f"participant {self.id} is {self.state}")

    def _tell(self, kind: type[ParticipantEvent], at: datetime) -> None:
        self.record(kind(application_id=self.id, programme_id=self.programme_id, person_id=self.person_id,
                         role=self.role, state=self.state, capacity=self.capacity), at)


def _room(capacity: int) -> int:
    if not 0 <= capacity <= MOST_PAIRS:
        raise Invalid(f"a capacity is a number from 0 to {MOST_PAIRS}")
    return capacity
