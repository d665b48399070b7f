"""What a run found. No participant sees any of it."""

from typing import Any

from marshmallow import fields

from services.matching.application import Matching
from services.matching.domain.proposal import DecidedBy, Proposal
from services.matching.entrypoints.http.callers import coordinator_of_run
from shared.web.bodies import Body, items_of
from shared.web.callers import Caller, requires
from shared.web.paging import Paging, paged
from shared.web.routes import Routes

routes = Routes("proposals", "/runs", description="What a run found")


class ReasonBody(Body):
    criterion = fields.String()
    points = fields.Integer()
    params = fields.Dict(keys=fields.String())


class BrokenWishBody(Body):
    criterion = fields.Constant("wish")
    rank = fields.Integer()
    person_id = fields.String()
    code = fields.String()
    params = fields.Dict(keys=fields.String())


class ProposalBody(Body):
    """`score` is the sum of the points of all reasons, which come strongest first; `decided_by`: a lock, a
    wish of the mentee, or the optimum."""

    id = fields.String()
    mentor_id = fields.String()
    mentee_id = fields.String()
    score = fields.Integer()
    decided_by = fields.Enum(DecidedBy, by_value=True)
    reasons = fields.List(fields.Nested(ReasonBody))
    broken_wishes = fields.List(fields.Nested(BrokenWishBody))


class UnmatchedBody(Body):
    person_id = fields.String()
    role = fields.String()
    reason = fields.String(attribute="code")
    params = fields.Dict(keys=fields.String())


@routes.get("/<run_id>/proposals")
@requires(coordinator_of_run)
@routes.arguments(Paging, location="query")
@routes.response(200, items_of(ProposalBody))
def proposals(matching: Matching, _caller: Caller, query: dict[str, Any], run_id: str) -> Any:
    return paged(matching.runs.proposals(run_id, **query))


@routes.get("/<run_id>/proposals/<proposal_id>")
@requires(coordinator_of_run)
@routes.response(200, ProposalBody)
def show(matching: Matching, _caller: Caller, run_id: str, proposal_id: str) -> Proposal:
    return matching.runs.proposal(run_id, proposal_id)


@routes.get("/<run_id>/unmatched")
@requires(coordinator_of_run)
@routes.arguments(Paging, location="query")
@routes.response(200, items_of(UnmatchedBody))
def unmatched(matching: Matching, _caller: Caller, query: dict[str, Any], run_id: str) -> Any:
    return paged(matching.runs.unmatched(run_id, **query))
