"""Events of training: assigned, completed, overdue. Keyed by the person."""

from dataclasses import dataclass
from typing import ClassVar

from shared.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class TrainingEvent(Event):
    """What every event of an assignment tells: `module` is the code of the module (joint-kick-off), `due_on` an ISO
    date, `pair_id` the pair that attends together. Training of a mentor that closes a `gap` to the Ideal Mentor Profile
    has the code of that gap and no pair."""

    topic: ClassVar[str] = "mentoring.training.v1"
    key_field: ClassVar[str] = "person_id"

    assignment_id: str
    person_id: str
    programme_id: str
    pair_id: str
    module: str
    due_on: str
    gap: str = ""


@dataclass(frozen=True, kw_only=True)
class TrainingAssigned(TrainingEvent):
    """The person has to complete the module by `due_on`."""

    type: ClassVar[str] = "mentoring.training-assigned.v1"


@dataclass(frozen=True, kw_only=True)
class TrainingCompleted(TrainingEvent):
    """The person completed it, in time or late; told once."""

    type: ClassVar[str] = "mentoring.training-completed.v1"


@dataclass(frozen=True, kw_only=True)
class TrainingOverdue(TrainingEvent):
    """`due_on` is over and the module is not completed; told once."""

    type: ClassVar[str] = "mentoring.training-overdue.v1"
