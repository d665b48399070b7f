"""Training: what a person has to complete, who did, and what happened to a pair."""

from typing import Any

from marshmallow import fields, validate

from services.community.application import Community
from services.community.application.training import Summary
from services.community.domain.assignment import Assignment, AssignmentState
from services.community.domain.module import OF_MENTORS
from services.community.entrypoints.http.callers import (
    a_person,
    coordinator,
    party_or_coordinator,
    person_id,
    trainee_or_coordinator,
)
from shared.web.bodies import Body, Day, Moment, items_of, listed
from shared.web.callers import Caller, requires, signed_in
from shared.web.paging import Paging, paged
from shared.web.replies import Reply
from shared.web.routes import Routes
from shared.web.versions import expected_version

routes = Routes("training", "", description="Who has to learn what, and did")


class AssignmentBody(Body):
    id = fields.String()
    version = fields.Integer()
    pair_id = fields.String()
    programme_id = fields.String()
    person_id = fields.String()
    role = fields.String()
    module = fields.String()
    titles = fields.Dict(keys=fields.String(), values=fields.String())
    gap = fields.String()
    due_on = Day()
    state = fields.String()
    overdue = fields.Boolean()
    assigned_at = Moment()
    completed_at = Moment(allow_none=True)
    completed_by = fields.String(allow_none=True)


AssignmentItems = items_of(AssignmentBody)


class AssignmentQuery(Paging):
    state = fields.String(load_default=None, validate=validate.OneOf([state.value for state in AssignmentState]))


class SummaryBody(Body):
    states = fields.Dict(keys=fields.String(), values=fields.Integer())
    overdue = fields.Integer()
    as_of = Moment()


class ModuleBody(Body):
    id = fields.String(attribute="code")
    titles = fields.Dict(keys=fields.String(), values=fields.String())
    days = fields.Integer()


class EntryBody(Body):
    at = Moment()
    kind = fields.String()
    person_id = fields.String(allow_none=True)
    facts = fields.Dict()


@routes.get("/modules")
@requires(signed_in)
@routes.response(200, items_of(ModuleBody))
def modules(_community: Community, _caller: Caller) -> Any:
    """What can close a gap of a mentor."""
    return listed(OF_MENTORS)


@routes.get("/me/assignments")
@requires(a_person)
@routes.arguments(AssignmentQuery, location="query")
@routes.response(200, AssignmentItems)
def mine(community: Community, caller: Caller, query: dict[str, Any]) -> Reply:
    return paged(community.training.of_person(person_id(caller), **query))


@routes.get("/programmes/<programme_id>/assignments")
@requires(coordinator)
@routes.arguments(AssignmentQuery, location="query")
@routes.response(200, AssignmentItems)
def of_programme(community: Community, _caller: Caller, query: dict[str, Any], programme_id: str) -> Reply:
    return paged(community.training.of_programme(programme_id, **query))


@routes.get("/assignments/<assignment_id>")
@requires(trainee_or_coordinator)
@routes.response(200, AssignmentBody)
def show(community: Community, _caller: Caller, assignment_id: str) -> Assignment:
    return community.training.get(assignment_id)


@routes.post("/assignments/<assignment_id>/completion")
@requires(trainee_or_coordinator)
@routes.response(200, AssignmentBody)
def complete(community: Community, caller: Caller, assignment_id: str) -> Assignment:
    return community.training.complete(assignment_id, by=person_id(caller), if_version=expected_version())


@routes.get("/programmes/<programme_id>/training/summary")
@requires(coordinator)
@routes.response(200, SummaryBody)
def summary(community: Community, _caller: Caller, programme_id: str) -> Summary:
    return community.training.summary(programme_id)


@routes.get("/pairs/<pair_id>/timeline")
@requires(party_or_coordinator)
@routes.response(200, items_of(EntryBody))
def timeline(community: Community, _caller: Caller, pair_id: str) -> Any:
    return listed(community.timeline.of_pair(pair_id))
