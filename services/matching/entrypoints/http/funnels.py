"""The funnel: how many people came how far, in each role, beside the cohort before."""

from contextlib import suppress
from typing import Any

from marshmallow import fields

from services.matching.application import Matching
from services.matching.contracts.participants import Role
from services.matching.domain.funnel import Funnel
from services.matching.domain.way import Step
from services.matching.entrypoints.http.callers import coordinator
from shared.kernel.errors import NotFound
from shared.web.bodies import Body, Moment
from shared.web.callers import Caller, requires
from shared.web.routes import Routes

routes = Routes("funnels", "", description="From the invitation to the farewell")

Given = dict[str, Any]


class StepBody(Body):
    """`came`: of `count`, who was at the step before; `lost`: who was there and did not come; `days`: the median of how
    long it took."""

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


def _figures(matching: Matching, programme_id: str) -> Given:
    found: Funnel = matching.funnels.of(programme_id)
    sides = [{"role": role, "steps": found.steps(role)} for role in Role]
    return {"programme_id": programme_id, "sides": sides, "as_of": matching.funnels.as_of(found)}
