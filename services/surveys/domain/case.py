"""Something a coordinator has to look after, with a deadline."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypedDict

from services.surveys.contracts.cases import CaseEscalated, CaseRaised, CaseResolved
from services.surveys.contracts.check_ins import CheckInMissed
from services.surveys.contracts.relationships import Relationship
from shared.kernel.errors import WrongState
from shared.kernel.history import Remembering
from shared.kernel.ids import derived_id

SILENCE = "silence"
RUNG = 3
"""The miss in a row that becomes a case: the first is a reminder, the second tells both sides."""


class CaseState(StrEnum):
    """Where a case stands."""

    RAISED = "raised"
    ESCALATED = "escalated"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"


OPEN = (CaseState.RAISED, CaseState.ESCALATED)


class _About(TypedDict):
    case_id: str
    pair_id: str
    programme_id: str
    topic_code: str
    person_id: str
    state: str
    due_at: datetime
    relationship: Relationship


@dataclass(kw_only=True)
class Case(Remembering):
    """About the silence of one side: `person_id` did not answer three times in a row."""

    journey_id: str
    pair_id: str
    programme_id: str
    person_id: str
    role: str
    topic_code: str = SILENCE
    relationship: Relationship = Relationship.PAIR
    raised_at: datetime
    deadline: datetime
    state: CaseState = CaseState.RAISED
    reason: str | None = None
    resolution_note: str | None = None

    @classmethod
    def raise_for(cls, missed: CheckInMissed, deadline: datetime, at: datetime) -> "Case":
        """One for each climb: its id is derived from the miss that made it."""
        case = cls(id=derived_id("case", SILENCE, missed.journey_id, missed.person_id, str(missed.period)),
                   journey_id=missed.journey_id, pair_id=missed.pair_id, programme_id=missed.programme_id,
                   person_id=missed.person_id, role=missed.role, raised_at=at, deadline=deadline,
                   relationship=missed.relationship)
        case.set_timer("deadline", deadline)
        case.note("case-raised", at, case.person_id, case_id=case.id)
        case.record(CaseRaised(**case._about()), at)
        return case

    def on_deadline(self, now: datetime) -> None:
        """The coordinators let it lapse: the programme office takes over."""
        self.state = CaseState.ESCALATED
        self.note("case-escalated", now, case_id=self.id)
        self.record(CaseEscalated(**self._about()), now)

    def resolve(self, by: str, note: str | None, at: datetime) -> None:
        """Somebody looked after it. What was done is for coordinators only."""
        if self.state not in OPEN:
            raise WrongState(f"this case is {self.state} already")
        self.resolution_note = note
        self._end(CaseState.RESOLVED, "handled", at, by)

    def end(self, reason: str, at: datetime) -> None:
        """What it was raised for is over: answered, or not to be counted any more."""
        if self.state in OPEN:
            self._end(CaseState.RESOLVED if reason == "answered" else CaseState.WITHDRAWN, reason, at, None)

    def _end(self, state: CaseState, reason: str, at: datetime, by: str | None) -> None:
        self.state, self.reason = state, reason
        self.clear_timer("deadline")
        self.note("case-resolved", at, by, case_id=self.id, reason=reason)
        self.record(CaseResolved(reason=reason, **self._about()), at)

    def _about(self) -> _About:
        return {"case_id": self.id, "pair_id": self.pair_id, "programme_id": self.programme_id,
                "topic_code": self.topic_code, "person_id": self.person_id, "state": str(self.state),
                "due_at": self.deadline, "relationship": self.relationship}
