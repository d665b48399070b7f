"""Events of cases: something a coordinator has to look after."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from services.surveys.contracts.relationships import Relationship
from shared.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class CaseEvent(Event):
    """What every event of a case tells: `topic_code` silence, `person_id` who was silent, `due_at` the coordinator's
    deadline, `state` raised, escalated, resolved or withdrawn, `pair_id` the id of what `relationship` says."""

    topic: ClassVar[str] = "mentoring.cases.v1"
    key_field: ClassVar[str] = "case_id"

    case_id: str
    pair_id: str
    programme_id: str
    topic_code: str
    person_id: str
    state: str
    due_at: datetime
    relationship: Relationship = Relationship.PAIR


@dataclass(frozen=True, kw_only=True)
class CaseRaised(CaseEvent):
    """The coordinators of the programme have until `due_at`."""

    type: ClassVar[str] = "mentoring.case-raised.v1"


@dataclass(frozen=True, kw_only=True)
class CaseEscalated(CaseEvent):
    """Nobody resolved it in time: the programme office takes over."""

    type: ClassVar[str] = "mentoring.case-escalated.v1"


@dataclass(frozen=True, kw_only=True)
class CaseResolved(CaseEvent):
    """Over: `reason` is answered, handled, undeliverable, paused, closed, or left (the circle)."""

    type: ClassVar[str] = "mentoring.case-resolved.v1"

    reason: str
