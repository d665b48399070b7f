"""Tasks: what a coordinator has to look at since somebody moved, or has nobody left to ask."""

from typing import Any

from marshmallow import fields

from services.matching.application import Matching
from services.matching.domain.task import Task, TaskKind, TaskState
from services.matching.entrypoints.http.callers import actor, coordinator, coordinator_of_task
from shared.web.bodies import Body, Moment, items_of
from shared.web.callers import Caller, requires
from shared.web.paging import Paging, paged
from shared.web.routes import Routes

routes = Routes("tasks", "", description="What a coordinator has to look at")


class TaskQuery(Paging):
    state = fields.Enum(TaskState, by_value=True)


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
    circle_id = fields.String()
    rules = fields.List(fields.String())
    opened_at = Moment(allow_none=True)
    done_at = Moment(allow_none=True)
    done_by = fields.String(allow_none=True)


@routes.get("/programmes/<programme_id>/tasks")
@requires(coordinator)
@routes.arguments(TaskQuery, location="query")
@routes.response(200, items_of(TaskBody))
def find(matching: Matching, _caller: Caller, query: dict[str, Any], programme_id: str) -> Any:
    return paged(matching.tasks.find(programme_id, **query))


@routes.post("/tasks/<task_id>/completion")
@requires(coordinator_of_task)
@routes.response(200, TaskBody)
def finish(matching: Matching, caller: Caller, task_id: str) -> Task:
    return matching.tasks.finish(task_id, by=actor(caller))
