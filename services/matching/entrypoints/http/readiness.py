"""What to mend before a run."""

from typing import Any

from marshmallow import fields

from services.matching.application import Matching
from services.matching.entrypoints.http.callers import coordinator
from shared.web.bodies import Body, Moment
from shared.web.callers import Caller, requires
from shared.web.routes import Routes

routes = Routes("readiness", "", description="What to mend before a run")


class ConcernBody(Body):
    """`people` are the first 500 of `count`."""

    key = fields.String()
    code = fields.String()
    role = fields.String(attribute="role.value")
    count = fields.Integer()
    facts = fields.Dict(keys=fields.String())
    people = fields.List(fields.String())


class ReadyBody(Body):
    """`unmatched`: so many stay without at least; whom no mentor may have is known of `looked_at` mentees. `as_of` is
    null until all is counted for the first time; whoever asks has it counted anew, unless that was seconds ago:
    `counting` says so."""

    mentees = fields.Integer()
    seats = fields.Integer()
    undecided = fields.Integer()
    looked_at = fields.Integer()
    unmatched = fields.Integer()
    concerns = fields.List(fields.Nested(ConcernBody))
    as_of = Moment(allow_none=True)
    counting = fields.Boolean()


UNCOUNTED = {"mentees": 0, "seats": 0, "undecided": 0, "looked_at": 0, "unmatched": 0, "concerns": [], "as_of": None,
             "counting": True}


@routes.get("/programmes/<programme_id>/readiness")
@requires(coordinator)
@routes.response(200, ReadyBody)
def show(matching: Matching, _caller: Caller, programme_id: str) -> dict[str, Any]:
    readying = matching.readiness.of(programme_id)
    if (found := readying.found) is None:
        return UNCOUNTED
    return {**vars(found), "as_of": readying.counted_at, "counting": readying.counting, "concerns": [
        {**vars(one), "key": one.key, "count": found.counts[one.key]} for one in found.concerns]}
