"""Whom a mentee could have by hand."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length

from services.matching.application import Matching
from services.matching.application.seeking import Search
from services.matching.entrypoints.http.callers import coordinator
from services.matching.entrypoints.http.proposals import BrokenWishBody, ReasonBody
from shared.web.bodies import Body, Query
from shared.web.callers import Caller, requires
from shared.web.routes import Routes

routes = Routes("seeking", "", description="Whom a mentee could have by hand")


class CandidateQuery(Query):
    mentee_id = fields.String(required=True, validate=Length(1, 100))
    text = fields.String(load_default="", validate=Length(max=200))


class CandidateBody(Body):
    """A mentor; `rules` forbid the two, `free` seats are left, `broken_wishes` come first for the mentee."""

    mentor_id = fields.String()
    score = fields.Integer()
    free = fields.Integer()
    reasons = fields.List(fields.Nested(ReasonBody))
    rules = fields.List(fields.String())
    broken_wishes = fields.List(fields.Nested(BrokenWishBody))


class SearchBody(Body):
    """The best 20 of all `found`; `best` is the highest score there can be."""

    found = fields.Integer()
    best = fields.Integer()
    items = fields.List(fields.Nested(CandidateBody), required=True)


@routes.get("/programmes/<programme_id>/candidates")
@requires(coordinator)
@routes.arguments(CandidateQuery, location="query")
@routes.response(200, SearchBody)
def find(matching: Matching, _caller: Caller, query: dict[str, Any], programme_id: str) -> Search:
    return matching.seeking.mentors(programme_id, **query)
