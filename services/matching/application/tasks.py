"""What coordinators have to look at."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from services.matching.contracts.participants import Role
from services.matching.domain.circle import Circle
from services.matching.domain.pair import Pair
from services.matching.domain.participant import application_id
from services.matching.domain.request import Request
from services.matching.domain.sweep import Disagreement
from services.matching.domain.task import Task, TaskKind, TaskState, task_id
from shared.kernel.clock import Clock
from shared.kernel.errors import AlreadyExists, Busy
from shared.kernel.events import Cause
from shared.store.repository import Found, Repository


@dataclass(frozen=True)
class Tasks:
    """What may be done about a task."""

    store: Repository[Task]
    clock: Clock

    def get(self, id: str) -> Task:
        """Raises NotFound."""
        return self.store.get(id)

    def find(self, programme_id: str, limit: int, after: tuple[Any, str] | None,
             state: TaskState | None = None, kinds: Iterable[TaskKind] = TaskKind) -> Found[Task]:
        """A page of those of a programme."""
        where: dict[str, Any] = {"programme_id": programme_id, "kind": {"$in": [*kinds]}}
        where |= {"state": state} if state else {}
        return self.store.find(where, limit=limit, after=after)

    def finish(self, id: str, by: str) -> Task:
        return self.store.change(id, lambda task: task.finish(by, self.clock.now()))

    def look_at(self, pair: Pair, rules: tuple[str, ...], cause: Cause) -> None:
        """A pair breaks these rules since somebody moved; none: not any more, if it ever did."""
        self.note(Task.of_pair(TaskKind.REPORTING_LINE, pair), rules, cause)

    def look_at_circle(self, circle: Circle, cause: Cause) -> None:
        """A circle lacks mentees or a mentor, or has them again."""
        self.note(Task.of_circle(circle), circle.lacks, cause)

    def note(self, fresh: Task, rules: tuple[str, ...], cause: Cause | None = None) -> None:
        """What is wrong now, in the task that there is, or in this one."""
        now = self.clock.now()
        if self.store.exists(fresh.id):
            self.store.change(fresh.id, lambda task: task.find(rules, now), cause=cause)
        elif rules:
            fresh.find(rules, now)
            self._add(fresh, cause)

    def unlike(self, wanted: Iterable[tuple[Task, tuple[str, ...]]]) -> Iterator[Disagreement]:
        """Tasks that do not say what is wrong now, if anything is."""
        due = {fresh.id: (fresh, rules) for fresh, rules in wanted}
        told = {one.id: one.rules for one in self.store.get_many(list(due))}
        for named, (fresh, rules) in due.items():
            if rules != told.get(named, ()):
                code = fresh.kind if rules else f"no-more-{fresh.kind}"
                yield Disagreement(code, named, partial(self.note, fresh, rules))

    def help_out(self, request: Request, cause: Cause) -> None:
        """A mentee has nobody left to ask."""
        named, now = _of_mentee(request.programme_id, request.mentee_id), self.clock.now()
        if self.store.exists(named):
            self.store.change(named, lambda task: task.help_out(request.id, now), cause=cause)
        else:
            task = Task(id=named, kind=TaskKind.REQUEST_EXHAUSTED, programme_id=request.programme_id,
                        mentee_id=request.mentee_id)
            task.help_out(request.id, now)
            self._add(task, cause)

    def helped(self, programme_id: str, mentee_id: str, cause: Cause) -> None:
        """The mentee has a mentor, or asks again: nothing is left to do, if there ever was."""
        named = _of_mentee(programme_id, mentee_id)
        if self.store.exists(named):
            self.store.change(named, lambda task: task.finish(None, self.clock.now()), cause=cause)

    def name_another(self, programme_id: str, cause: Cause) -> None:
        """A coordinator has left, and nobody stands in: the programme office has to name somebody."""
        named, now = task_id(TaskKind.COORDINATOR_LEFT, programme_id), self.clock.now()
        if self.store.exists(named):
            self.store.change(named, lambda task: task.name_another(now), cause=cause)
        else:
            task = Task(id=named, kind=TaskKind.COORDINATOR_LEFT, programme_id=programme_id)
            task.name_another(now)
            self._add(task, cause)

    def _add(self, task: Task, cause: Cause | None) -> None:
        try:
            self.store.add(task, cause=cause)
        except AlreadyExists:
            raise Busy(f"task {task.id} is being opened by another") from None


def _of_mentee(programme_id: str, mentee_id: str) -> str:
    return task_id(TaskKind.REQUEST_EXHAUSTED, application_id(programme_id, mentee_id, Role.MENTEE))
