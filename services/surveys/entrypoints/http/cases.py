"""Cases: what coordinators have to look after."""

from typing import Any

from marshmallow import fields, validate

from services.surveys.application import Surveys
from services.surveys.contracts.relationships import Relationship
from services.surveys.domain.case import Case, CaseState
from services.surveys.entrypoints.http.callers import coordinator, coordinator_of_case, hears_of_cases, person_id
from shared.store.repository import Found
from shared.web.bodies import Body, Moment, items_of
from shared.web.callers import Caller, requires
from shared.web.paging import Paging, paged
from shared.web.replies import Reply
from shared.web.routes import Routes
from shared.web.versions import expected_version

routes = Routes("cases", "", description="What coordinators have to look after")


class ResolutionBody(Body):
    note = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=4000))


class CaseBody(Body):
    id = fields.String()
    version = fields.Integer()
    journey_id = fields.String()
    pair_id = fields.String()
    relationship = fields.Enum(Relationship, by_value=True)
    programme_id = fields.String()
    person_id = fields.String()
    role = fields.String()
    topic = fields.String(attribute="topic_code")
    state = fields.String()
    raised_at = Moment()
    due_at = Moment(attribute="deadline")
    reason = fields.String(allow_none=True)
    note = fields.String(attribute="resolution_note", allow_none=True)


class CaseQuery(Paging):
    """`mine`: only where cases are put before the caller."""

    mine = fields.Boolean(load_default=False)
    state = fields.String(load_default=None, validate=validate.OneOf([state.value for state in CaseState]))


@routes.get("/programmes/<programme_id>/cases")
@requires(coordinator)
@routes.arguments(CaseQuery, location="query")
@routes.response(200, items_of(CaseBody))
def of_programme(surveys: Surveys, caller: Caller, query: dict[str, Any], programme_id: str) -> Reply:
    if query.pop("mine") and not hears_of_cases(surveys, caller, programme_id):
        return paged(Found([], None))
    return paged(surveys.cases.of_programme(programme_id, **query))


@routes.get("/cases/<case_id>")
@requires(coordinator_of_case)
@routes.response(200, CaseBody)
def show(surveys: Surveys, _caller: Caller, case_id: str) -> Case:
    return surveys.cases.get(case_id)


@routes.post("/cases/<case_id>/resolution")
@requires(coordinator_of_case)
@routes.arguments(ResolutionBody)
@routes.response(200, CaseBody)
def resolve(surveys: Surveys, caller: Caller, body: dict[str, Any], case_id: str) -> Case:
    return surveys.cases.resolve(case_id, person_id(caller), body["note"], if_version=expected_version())
