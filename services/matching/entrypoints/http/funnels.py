"""The funnel: how many people came how far, in each role, beside the cohort before."""

from contextlib import suppress
from typing import Any

from marshmallow import fields

from services.matching.application import Matching
from services.matching.contracts.participants import Role
from services.matching.domain.first_session import MARKS
from services.matching.domain.way import Step
from services.matching.entrypoints.http.callers import coordinator
from shared.kernel.errors import NotFound
from shared.web.bodies import Body, Moment, items_of
from shared.web.callers import Caller, requires
from shared.web.paging import Paging, paged
from shared.web.routes import Routes

routes = Routes("funnels", "", description="From the invitation to the farewell")

Given = dict[str, Any]
MENTEE = Role.MENTEE


class RowQuery(Paging):
    role = fields.Enum(Role, by_value=True, required=True)
    step = fields.Enum(Step, by_value=True, required=True)


class CountedBody(Body):
    """Somebody who reached the step `at` that time; `person_id` null: nobody any more."""

    id = fields.String()
    person_id = fields.String(allow_none=True)
    role = fields.Enum(Role, by_value=True)
    at = Moment()


class PointBody(Body):
    day = fields.Integer()
    share = fields.Float()
    at_risk = fields.Integer()


class MarkBody(Body):
    day = fields.Integer()
    share = fields.Float(allow_none=True)


class FirstSessionsBody(Body):
    """From the match to the first session, of mentees: `waiting` count as long as they have waited. `median_days` null:
    half of them have not met yet. `marks`: the part that has met by these days, null beyond `followed_days`, the
    longest that anybody was followed. Whoever completes has met by then, if no check-in said so before."""

    programme_id = fields.String()
    met = fields.Integer()
    waiting = fields.Integer()
    median_days = fields.Integer(allow_none=True)
    followed_days = fields.Integer(allow_none=True)
    points = fields.List(fields.Nested(PointBody))
    marks = fields.List(fields.Nested(MarkBody))
    as_of = Moment()


class StepBody(Body):
    """`came`: of `count`, who was at the step before; `lost`: who was there and did not come; `days`: the median of how
    long it took, of a first session with those who still wait."""

    step = fields.Enum(Step, by_value=True)
    count = fields.Integer()
    came = fields.Integer()
    lost = fields.Integer()
    days = fields.Integer(allow_none=True)


class SideBody(Body):
    role = fields.Enum(Role, by_value=True)
    steps = fields.List(fields.Nested(StepBody))


class FiguresBody(Body):
    programme_id = fields.String()
    sides = fields.List(fields.Nested(SideBody))
    as_of = Moment()


class FunnelBody(FiguresBody):
    """`last`: the cohort that this programme was copied from, for whoever looks after that one, too."""

    last = fields.Nested(FiguresBody, allow_none=True)


@routes.get("/programmes/<programme_id>/funnel")
@requires(coordinator)
@routes.response(200, FunnelBody)
def funnel(matching: Matching, caller: Caller, programme_id: str) -> Given:
    """Somebody in two roles is counted once in each."""
    last = None
    if earlier := matching.programmes.get(programme_id).succeeds:
        with suppress(NotFound):
            coordinator(matching, caller, {"programme_id": earlier})
            last = _figures(matching, earlier)
    return {**_figures(matching, programme_id), "last": last}


@routes.get("/programmes/<programme_id>/funnel/people")
@requires(coordinator)
@routes.arguments(RowQuery, location="query")
@routes.response(200, items_of(CountedBody))
def people(matching: Matching, _caller: Caller, query: Given, programme_id: str) -> Any:
    """Whom a figure of the funnel counts."""
    return paged(matching.countings.of(programme_id, **query))


@routes.get("/programmes/<programme_id>/first-sessions")
@requires(coordinator)
@routes.response(200, FirstSessionsBody)
def first_sessions(matching: Matching, _caller: Caller, programme_id: str) -> Given:
    """Of everybody who was matched, those included who have not met."""
    matching.programmes.get(programme_id)
    funnel = matching.funnels.of(programme_id)
    found = matching.funnels.first_sessions(funnel, MENTEE)
    return {**vars(found), "programme_id": programme_id, "as_of": matching.funnels.as_of(funnel),
            "marks": [{"day": day, "share": found.by(day)} for day in MARKS]}


def _figures(matching: Matching, programme_id: str) -> Given:
    found = matching.funnels.of(programme_id)
    sides = [{"role": role, "steps": matching.funnels.steps(found, role)} for role in Role]
    return {"programme_id": programme_id, "sides": sides, "as_of": matching.funnels.as_of(found)}
