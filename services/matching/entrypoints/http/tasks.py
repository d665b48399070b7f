"""Tasks: what a coordinator has to look at since somebody moved, has nobody left to ask, or asked for another
mentor in vain."""

from typing import Any

from marshmallow import fields

from services.matching.application import Matching
from services.matching.contracts.programmes import Queue
from services.matching.domain.task import QUEUES, Task, TaskKind, TaskState
from services.matching.entrypoints.http.callers import coordinator, coordinator_of_task, is_office
from shared.web.bodies import Body, Moment, items_of
from shared.web.callers import Caller, requires
from shared.web.paging import Paging, paged
from shared.web.routes import Routes

routes = Routes("tasks", "", description="What a coordinator has to look at")


class TaskQuery(Paging):
    """`mine`: only those that are put before the caller."""

    state = fields.Enum(TaskState, by_value=True)
    mine = fields.Boolean(load_default=False)


class TaskBody(Body):
    id = fields.String()
    version = fields.Integer()
    kind = fields.Enum(TaskKind, by_value=True)
    state = fields.Enum(TaskState, by_value=True)
    programme_id = fields.String()
    mentor_id = fields.String()
    mentee_id = fields.String()
    pair_id = fields.String()
    request_id = fields.String()
    run_id = fields.String()
    circle_id = fields.String()
    rules = fields.List(fields.String())
    opened_at = Moment(allow_none=True)
    done_at = Moment(allow_none=True)
    done_by = fields.String(allow_none=True)


@routes.get("/programmes/<programme_id>/tasks")
@requires(coordinator)
@routes.arguments(TaskQuery, location="query")
@routes.response(200, items_of(TaskBody))
def find(matching: Matching, caller: Caller, query: dict[str, Any], programme_id: str) -> Any:
    kinds = kinds_for(matching, caller, programme_id, mine=query.pop("mine"))
    return paged(matching.tasks.find(programme_id, kinds=kinds, **query))


@routes.post("/tasks/<task_id>/completion")
@requires(coordinator_of_task)
@routes.response(200, TaskBody)
def finish(matching: Matching, caller: Caller, task_id: str) -> Task:
    return matching.tasks.finish(task_id, by=caller.known_as)


def kinds_for(matching: Matching, caller: Caller, programme_id: str, *, mine: bool) -> set[TaskKind]:
    """The tasks of a programme that this caller may see; `mine`: that are put before them."""
    if is_office(caller):
        return set(TaskKind)
    queues = matching.programmes.get(programme_id).charge.queues_of(caller.person_id) if mine else {*Queue}
    return {kind for kind, queue in QUEUES.items() if queue in queues}
