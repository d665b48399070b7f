"""Circles: of a programme, one's own, who sits in them, and what may be done about one."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length, Range

from services.matching.application import Matching
from services.matching.contracts.circles import CircleCloseReason, CircleState, SeatLostBecause
from services.matching.contracts.participants import Role
from services.matching.domain.circle import FEWEST, MOST, MOST_MENTEES, MOST_MENTORS, Circle, Shape
from services.matching.domain.circle_seat import CircleSeat, SeatState
from services.matching.entrypoints.http.callers import a_person, coordinator, person_id
from services.matching.entrypoints.http.circle_callers import (
    coordinator_of_circle,
    member_or_coordinator,
    the_member_or_coordinator,
)
from services.matching.entrypoints.http.pairs import PartyBody
from shared.web.bodies import Body, Moment, items_of, listed
from shared.web.callers import Caller, requires
from shared.web.paging import Paging, paged
from shared.web.routes import Routes
from shared.web.versions import expected_version

routes = Routes("circles", "", description="Mentors with several mentees")


class NewCircleBody(Body):
    name = fields.String(required=True, validate=Length(1, 200))
    mentor_ids = fields.List(fields.String(validate=Length(1, 100)), required=True, validate=Length(1, MOST_MENTORS))
    min_mentees = fields.Integer(load_default=FEWEST, strict=True, validate=Range(1, MOST_MENTEES))
    max_mentees = fields.Integer(load_default=MOST, strict=True, validate=Range(1, MOST_MENTEES))


class NewMemberBody(Body):
    person_id = fields.String(required=True, validate=Length(1, 100))
    role = fields.Enum(Role, by_value=True, load_default=Role.MENTEE)


class CircleClosureBody(Body):
    reason = fields.Enum(CircleCloseReason, by_value=True, required=True)


class CircleQuery(Paging):
    state = fields.Enum(CircleState, by_value=True)


class CircleBody(Body):
    """`lacks`: what a coordinator has to see to."""

    id = fields.String()
    version = fields.Integer()
    programme_id = fields.String()
    name = fields.String()
    min_mentees = fields.Integer()
    max_mentees = fields.Integer()
    parties = fields.List(fields.Nested(PartyBody))
    state = fields.Enum(CircleState, by_value=True)
    lacks = fields.List(fields.String())
    reason = fields.Enum(CircleCloseReason, by_value=True, allow_none=True)
    formed_at = Moment(allow_none=True)


CircleItems = items_of(CircleBody)


class CircleSeatBody(Body):
    id = fields.String()
    version = fields.Integer()
    circle_id = fields.String()
    person_id = fields.String()
    role = fields.Enum(Role, by_value=True)
    state = fields.Enum(SeatState, by_value=True)
    since = Moment(allow_none=True)


@routes.post("/programmes/<programme_id>/circles")
@requires(coordinator)
@routes.arguments(NewCircleBody)
@routes.response(201, CircleBody, location="/circles/{id}")
def form(matching: Matching, _caller: Caller, body: dict[str, Any], programme_id: str) -> Circle:
    return matching.circles.form(programme_id, Shape(**{**body, "mentor_ids": tuple(body["mentor_ids"])}))


@routes.get("/programmes/<programme_id>/circles")
@requires(coordinator)
@routes.arguments(CircleQuery, location="query")
@routes.response(200, CircleItems)
def find(matching: Matching, _caller: Caller, query: dict[str, Any], programme_id: str) -> Any:
    return paged(matching.circles.find(programme_id, **query))


@routes.get("/me/circles")
@requires(a_person)
@routes.arguments(Paging, location="query")
@routes.response(200, CircleItems)
def mine(matching: Matching, caller: Caller, query: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001 - all on one page
    return listed(matching.circles.of_person(person_id(caller)))


@routes.get("/circles/<circle_id>")
@requires(member_or_coordinator)
@routes.response(200, CircleBody)
def show(matching: Matching, _caller: Caller, circle_id: str) -> Circle:
    return matching.circles.get(circle_id)


@routes.post("/circles/<circle_id>/members")
@requires(coordinator_of_circle)
@routes.arguments(NewMemberBody)
@routes.response(201, CircleSeatBody, location="/circles/{circle_id}")
def join(matching: Matching, _caller: Caller, body: dict[str, Any], circle_id: str) -> CircleSeat:
    """One person; the circle follows within moments."""
    return matching.circles.join(circle_id, body["person_id"], body["role"])


@routes.post("/circles/<circle_id>/members/<person_id>/departure")
@requires(the_member_or_coordinator)
@routes.response(200, CircleSeatBody)
def leave(matching: Matching, caller: Caller, circle_id: str, person_id: str) -> CircleSeat:
    """One person; the others stay. Whoever is taken out by another is told."""
    of_their_own = caller.person_id == person_id
    return matching.circles.leave(circle_id, person_id, None if of_their_own else SeatLostBecause.BY_COORDINATOR)


@routes.post("/circles/<circle_id>/closure")
@requires(coordinator_of_circle)
@routes.arguments(CircleClosureBody)
@routes.response(200, CircleBody)
def close(matching: Matching, _caller: Caller, body: dict[str, Any], circle_id: str) -> Circle:
    return matching.circles.close(circle_id, body["reason"], if_version=expected_version())
