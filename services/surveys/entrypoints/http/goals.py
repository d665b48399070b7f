"""Goals, as their people share them into a journey."""

from typing import Any

from marshmallow import fields, validate

from services.surveys.application import Surveys
from services.surveys.contracts.relationships import Relationship
from services.surveys.domain.goal import Goal, Wish
from services.surveys.entrypoints.http.callers import (
    party,
    party_or_coordinator,
    party_or_coordinator_of_goal,
    person_id,
)
from services.surveys.entrypoints.http.dates import iso_date
from shared.web.bodies import Body, Day, Moment, items_of
from shared.web.callers import Caller, requires
from shared.web.paging import Paging, paged
from shared.web.replies import Reply
from shared.web.routes import Routes

routes = Routes("goals", "", description="What participants want to reach")


class WishBody(Body):
    title = fields.String(required=True, validate=validate.Length(1, 300))
    measure = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=1000))
    due_on = Day(load_default=None, allow_none=True, validate=iso_date)


class GoalBody(Body):
    id = fields.String()
    version = fields.Integer()
    journey_id = fields.String()
    pair_id = fields.String()
    relationship = fields.Enum(Relationship, by_value=True)
    programme_id = fields.String()
    person_id = fields.String()
    role = fields.String()
    title = fields.String()
    measure = fields.String(allow_none=True)
    due_on = Day(allow_none=True)
    state = fields.String()
    drafted_at = Moment()


@routes.post("/journeys/<journey_id>/goals")
@requires(party)
@routes.arguments(WishBody)
@routes.response(201, GoalBody, location="/goals/{id}")
def draft(surveys: Surveys, caller: Caller, body: dict[str, Any], journey_id: str) -> Goal:
    return surveys.goals.draft(journey_id, Wish(**body), by=person_id(caller))


@routes.get("/journeys/<journey_id>/goals")
@requires(party_or_coordinator)
@routes.arguments(Paging, location="query")
@routes.response(200, items_of(GoalBody))
def of_journey(surveys: Surveys, _caller: Caller, query: dict[str, Any], journey_id: str) -> Reply:
    return paged(surveys.goals.of_journey(journey_id, **query))


@routes.get("/goals/<goal_id>")
@requires(party_or_coordinator_of_goal)
@routes.response(200, GoalBody)
def show(surveys: Surveys, _caller: Caller, goal_id: str) -> Goal:
    return surveys.goals.get(goal_id)
