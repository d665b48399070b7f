"""One person's duty to complete a module by a date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import NotRequired, TypedDict
from zoneinfo import ZoneInfo

from services.community.contracts.training import TrainingAssigned, TrainingCompleted, TrainingOverdue
from services.community.domain.module import MODULES, Module
from shared.kernel.errors import WrongState
from shared.kernel.history import Remembering
from shared.kernel.ids import derived_id


class AssignmentState(StrEnum):
    """Where an assignment stands."""

    ASSIGNED = "assigned"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class Trainee:
    """Who is to attend: one person of a pair, in a role; or a mentor who has a `gap`, before any pair."""

    programme_id: str
    person_id: str
    role: str
    pair_id: str = ""
    gap: str = ""

    def assignment_id(self, module: Module) -> str:
        """One for each person of a pair, and for each gap of a mentor."""
        if self.gap:
            return derived_id("assignment", module.code, self.programme_id, self.person_id, "gap", self.gap)
        return derived_id("assignment", module.code, self.pair_id, self.person_id, self.role)


class _About(TypedDict):
    assignment_id: str
    person_id: str
    programme_id: str
    pair_id: str
    module: str
    due_on: str
    gap: NotRequired[str]


@dataclass(kw_only=True)
class Assignment(Remembering):
    """`due_on` is an ISO date in the programme's zone; `overdue` says that the day has passed, and was told."""

    pair_id: str
    programme_id: str
    person_id: str
    role: str
    module: str
    due_on: str
    assigned_at: datetime
    state: AssignmentState = AssignmentState.ASSIGNED
    overdue: bool = False
    completed_at: datetime | None = None
    completed_by: str | None = None
    gap: str = ""

    @classmethod
    def assign(cls, module: Module, trainee: Trainee, zone: str, at: datetime) -> "Assignment":
        """Its id is derived from who is to attend."""
        assignment = cls(id=trainee.assignment_id(module), **vars(trainee), module=module.code, due_on="",
                         assigned_at=at)
        assignment._begin(zone, at)
        return assignment

    def assign_again(self, zone: str, at: datetime) -> None:
        """It was withdrawn, and is needed after all; what is completed stays so."""
        if self.state == AssignmentState.WITHDRAWN:
            self.state, self.overdue, self.assigned_at = AssignmentState.ASSIGNED, False, at
            self._begin(zone, at)

    def _begin(self, zone: str, at: datetime) -> None:
        due = at.astimezone(ZoneInfo(zone)).date() + timedelta(days=MODULES[self.module].days)
        self.due_on = due.isoformat()
        self.set_timer("day-after", _day_after(due, zone))
        self._tell("training-assigned", TrainingAssigned(**self._about()), at)

    @property
    def titles(self) -> Mapping[str, str]:
        return MODULES[self.module].titles

    def complete(self, by: str, at: datetime) -> None:
        """By the person, or by whoever saw them attend; late is better than never, twice is no news."""
        if self.state == AssignmentState.WITHDRAWN:
            raise WrongState("this training was withdrawn: nobody needs to attend any more")
        if self.state == AssignmentState.ASSIGNED:
            self.state, self.completed_at, self.completed_by = AssignmentState.COMPLETED, at, by
            self.clear_timer("day-after")
            self._tell("training-completed", TrainingCompleted(**self._about()), at)

    def withdraw(self, at: datetime) -> None:
        """The pair ended, or the gap is closed: nobody has to attend any more."""
        if self.state == AssignmentState.ASSIGNED:
            self.state = AssignmentState.WITHDRAWN
            self.clear_timer("day-after")
            self.note("training-withdrawn", at, self.person_id, assignment_id=self.id, module=self.module)

    def on_day_after(self, now: datetime) -> None:
        self.overdue = True
        self._tell("training-overdue", TrainingOverdue(**self._about()), now)

    def _tell(self, kind: str, event: TrainingAssigned | TrainingCompleted | TrainingOverdue, at: datetime) -> None:
        self.note(kind, at, self.person_id, assignment_id=self.id, module=self.module)
        self.record(event, at)

    def _about(self) -> _About:
        return {"assignment_id": self.id, "person_id": self.person_id, "programme_id": self.programme_id,
                "pair_id": self.pair_id, "module": self.module, "due_on": self.due_on, "gap": self.gap}


def _day_after(due: date, zone: str) -> datetime:
    """The first moment at which the day is over."""
    return datetime.combine(due + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)
