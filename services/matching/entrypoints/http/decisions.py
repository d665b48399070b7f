"""Decisions: one answer to many applications, worked off by the worker."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Length, Range

from services.matching.application import Matching
from services.matching.application.applied import View
from services.matching.application.deciding import Asked
from services.matching.contracts.applications import ApplicationState
from services.matching.contracts.participants import Role
from services.matching.domain.decision import MOST, Decision, DecisionState
from services.matching.domain.verdict import MOST_CHARACTERS, DeclineReason, Outcome
from services.matching.entrypoints.http.callers import coordinator, coordinator_of_decision
from shared.web.bodies import Body, Moment
from shared.web.callers import Caller, requires
from shared.web.routes import Routes

routes = Routes("decisions", "", description="Answers to applications")


class ViewBody(Body):
    """All applications in a state, of one role or both. `count`: how many there were; with more by now, nobody is
    decided."""

    state = fields.Enum(ApplicationState, by_value=True, required=True)
    role = fields.Enum(Role, by_value=True)
    count = fields.Integer(required=True, validate=Range(1, MOST))

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> View:
        return View(**data)


class NewDecisionBody(Body):
    """About these applications, or `all_of` a view. `read_until`: when the latest of the applications was sent that the
    coordinator read, or as of when the view was counted. Any sent later is refused. `without`: why somebody is approved
    though a step that the programme asks for is open."""

    outcome = fields.Enum(Outcome, by_value=True, required=True)
    application_ids = fields.List(fields.String(validate=Length(1, 100)), validate=Length(1, MOST))
    all_of = fields.Nested(ViewBody)
    reason = fields.Enum(DeclineReason, by_value=True, load_default=None, allow_none=True)
    note = fields.String(load_default="", attribute="text", validate=Length(max=MOST_CHARACTERS))
    without = fields.String(load_default="", validate=Length(max=MOST_CHARACTERS))
    read_until = Moment(load_default=None, allow_none=True)

    @validates_schema
    def _is_about_some(self, data: dict[str, Any], **_: Any) -> None:
        if ("all_of" in data) == ("application_ids" in data):
            raise ValidationError("Name applications, or all of a view.", "application_ids")
        if "all_of" in data and not data.get("read_until"):
            raise ValidationError("Say as of when the view was counted.", "read_until")

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Asked:
        return Asked(**data)


class DecisionBody(Body):
    """`refused` names each application that could not be decided so, with the code of why."""

    id = fields.String()
    version = fields.Integer()
    programme_id = fields.String()
    state = fields.Enum(DecisionState, by_value=True)
    outcome = fields.Enum(Outcome, by_value=True, attribute="verdict.outcome")
    reason = fields.Enum(DeclineReason, by_value=True, attribute="verdict.reason", allow_none=True)
    chosen = fields.Function(lambda one: len(one.application_ids))
    decided = fields.Integer()
    refused = fields.Dict(keys=fields.String(), values=fields.String())
    created_at = Moment()


@routes.post("/programmes/<programme_id>/decisions")
@requires(coordinator)
@routes.arguments(NewDecisionBody)
@routes.response(202, DecisionBody, location="/decisions/{id}")
def decide(matching: Matching, caller: Caller, body: Asked, programme_id: str) -> Decision:
    return matching.deciding.decide(programme_id, body, by=caller.known_as)


@routes.get("/decisions/<decision_id>")
@requires(coordinator_of_decision)
@routes.response(200, DecisionBody)
def show(matching: Matching, _caller: Caller, decision_id: str) -> Decision:
    return matching.deciding.get(decision_id)
