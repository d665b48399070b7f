"""Something that a coordinator has to look at and decide."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.matching.contracts.participants import Role
from services.matching.contracts.programmes import Queue
from services.matching.domain.circle import Circle
from services.matching.domain.pair import Pair
from services.matching.domain.participant import Participant, application_id
from shared.kernel.aggregate import Aggregate
from shared.kernel.ids import derived_id


class TaskKind(StrEnum):
    """What it is about."""

    REPORTING_LINE = "reporting-line"
    REQUEST_EXHAUSTED = "request-exhausted"
    REMATCH_IN_VAIN = "rematch-in-vain"
    CIRCLE = "circle"
    COORDINATOR_LEFT = "coordinator-left"
    OVER_CAPACITY = "over-capacity"
    AT_ODDS = "at-odds"


QUEUES = {TaskKind.REPORTING_LINE: Queue.REPORTING_LINES, TaskKind.REQUEST_EXHAUSTED: Queue.REQUESTS,
          TaskKind.REMATCH_IN_VAIN: Queue.REQUESTS,
          TaskKind.CIRCLE: Queue.CIRCLES, TaskKind.OVER_CAPACITY: Queue.REPORTING_LINES,
          TaskKind.AT_ODDS: Queue.REPORTING_LINES}
"""Before whom each kind is put; the others are the programme office's."""


class TaskState(StrEnum):
    """Whether anybody has looked at it."""

    OPEN = "open"
    DONE = "done"


def task_id(kind: TaskKind, about: str) -> str:
    """One of a kind for a pair, a circle, a participant or an application: what comes up again opens it again."""
    return derived_id("task", kind, about)


@dataclass(kw_only=True)
class Task(Aggregate):
    """`rules` names what the pair breaks, the circle lacks or does not agree, `request_id` whose choices are used up,
    `run_id` which found nobody; `mentor_id` is empty where there is none. `done_by` None while open, or when what was
    wrong passed by itself."""

    kind: TaskKind
    programme_id: str
    mentor_id: str = ""
    mentee_id: str = ""
    pair_id: str = ""
    request_id: str = ""
    run_id: str = ""
    circle_id: str = ""
    rules: tuple[str, ...] = ()
    state: TaskState = TaskState.DONE
    opened_at: datetime | None = None
    done_at: datetime | None = None
    done_by: str | None = None

    @classmethod
    def of_pair(cls, kind: TaskKind, pair: Pair) -> "Task":
        return cls(id=task_id(kind, pair.id), kind=kind, programme_id=pair.programme_id, pair_id=pair.id,
                   mentor_id=pair.mentor_id, mentee_id=pair.mentee_id)

    @classmethod
    def of_mentee(cls, kind: TaskKind, programme_id: str, mentee_id: str) -> "Task":
        return cls(id=task_id(kind, application_id(programme_id, mentee_id, Role.MENTEE)), kind=kind,
                   programme_id=programme_id, mentee_id=mentee_id)

    @classmethod
    def of_circle(cls, circle: Circle) -> "Task":
        return cls(id=task_id(TaskKind.CIRCLE, circle.id), kind=TaskKind.CIRCLE, programme_id=circle.programme_id,
                   circle_id=circle.id)

    @classmethod
    def of_couple(cls, circle: Circle, mentor_id: str, mentee_id: str) -> "Task":
        """A mentor and a mentee of a circle, who came into one reporting line."""
        kind = TaskKind.REPORTING_LINE
        return cls(id=task_id(kind, f"{circle.id}/{mentor_id}/{mentee_id}"), kind=kind, circle_id=circle.id,
                   programme_id=circle.programme_id, mentor_id=mentor_id, mentee_id=mentee_id)

    @classmethod
    def of_room(cls, one: Participant) -> "Task":
        """More pairs and circles than the capacity, since that was lowered."""
        task = cls(id=task_id(TaskKind.OVER_CAPACITY, one.id), kind=TaskKind.OVER_CAPACITY,
                   programme_id=one.programme_id)
        task.mentor_id, task.mentee_id = (one.person_id, "") if one.role is Role.MENTOR else ("", one.person_id)
        return task

    def find(self, rules: tuple[str, ...], at: datetime) -> None:
        """What is wrong now. What somebody has looked at already stays done."""
        if rules == self.rules:
            return
        self.rules = rules
        if rules:
            self._open(at)
        else:
            self.finish(None, at)

    def help_out(self, request_id: str, at: datetime) -> None:
        """Nobody is left to ask. What somebody has looked at already stays done."""
        if request_id != self.request_id:
            self.request_id = request_id
            self._open(at)

    def seek(self, run_id: str, at: datetime) -> None:
        """A run for one mentee found nobody. What somebody has looked at already stays done."""
        if run_id != self.run_id:
            self.run_id = run_id
            self._open(at)

    def name_another(self, at: datetime) -> None:
        """A coordinator is gone: each time it is to be looked at again."""
        self._open(at)

    def finish(self, by: str | None, at: datetime) -> None:
        """Finished already is no error."""
        if self.state is TaskState.OPEN:
            self.state, self.done_at, self.done_by = TaskState.DONE, at, by

    def _open(self, at: datetime) -> None:
        self.state, self.opened_at, self.done_at, self.done_by = TaskState.OPEN, at, None, None
