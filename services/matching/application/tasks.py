"""What coordinators have to look at."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from services.matching.domain.circle import Circle
from services.matching.domain.matching_run import MatchingRun
from services.matching.domain.pair import Pair
from services.matching.domain.request import Request
from services.matching.domain.sweep import Disagreement
from services.matching.domain.task import Task, TaskKind, TaskState, task_id
from shared.kernel.clock import Clock
from shared.kernel.errors import AlreadyExists, Busy
from shared.kernel.events import Cause
from shared.store.repository import Found, Repository

OF_MENTEES = (TaskKind.REQUEST_EXHAUSTED, TaskKind.REMATCH_IN_VAIN)
"""About somebody who has no mentor."""


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

    def of_couples(self, circles: Collection[Circle]) -> list[Task]:
        """Of a mentor and a mentee in one of these circles, done or not."""
        where = {"programme_id": {"$in": sorted({one.programme_id for one in circles})},
                 "kind": TaskKind.REPORTING_LINE, "circle_id": {"$in": sorted(one.id for one in circles)}}
        return list(self.store.each(where)) if circles else []

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
        fresh = Task.of_mentee(TaskKind.REQUEST_EXHAUSTED, request.programme_id, request.mentee_id)
        self._open(fresh, lambda task: task.help_out(request.id, self.clock.now()), cause)

    def seek(self, run: MatchingRun, cause: Cause) -> None:
        """A mentee who asked for another mentor has nobody."""
        fresh = Task.of_mentee(TaskKind.REMATCH_IN_VAIN, run.programme_id, run.mentee_id or "")
        self._open(fresh, lambda task: task.seek(run.id, self.clock.now()), cause)

    def helped(self, programme_id: str, mentee_id: str, cause: Cause) -> None:
        """The mentee has a mentor, asks again or takes part no more: nothing is left to do, if there ever was."""
        for one in self.store.get_many([Task.of_mentee(kind, programme_id, mentee_id).id for kind in OF_MENTEES]):
            self.store.change(one.id, lambda task: task.finish(None, self.clock.now()), cause=cause)

    def name_another(self, programme_id: str, cause: Cause) -> None:
        """A coordinator has left, and nobody stands in: the programme office has to name somebody."""
        kind = TaskKind.COORDINATOR_LEFT
        fresh = Task(id=task_id(kind, programme_id), kind=kind, programme_id=programme_id)
        self._open(fresh, lambda task: task.name_another(self.clock.now()), cause)

    def _open(self, fresh: Task, decide: Callable[[Task], object], cause: Cause) -> None:
        """The task that there is, or this one."""
        if self.store.exists(fresh.id):
            self.store.change(fresh.id, decide, cause=cause)
        else:
            decide(fresh)
            self._add(fresh, cause)

    def _add(self, task: Task, cause: Cause | None) -> None:
        try:
            self.store.add(task, cause=cause)
        except AlreadyExists:
            raise Busy(f"task {task.id} is being opened by another") from None
