"""What a run found. No participant sees any of it."""

from typing import Any

from marshmallow import fields, post_load
from marshmallow.validate import OneOf

from services.matching.application import Matching
from services.matching.application.proposal_pages import Only
from services.matching.application.swapping import Shown
from services.matching.contracts.participants import Role
from services.matching.domain.matching_run import MatchingRun
from services.matching.domain.proposal import DecidedBy, Proposal
from services.matching.entrypoints.http.by_name import NameQuery, named, named_items_of
from services.matching.entrypoints.http.callers import coordinator_of_run
from services.matching.entrypoints.http.runs import RunBody
from shared.web.bodies import Body, items_of
from shared.web.callers import Caller, requires
from shared.web.routes import Routes

routes = Routes("proposals", "/runs", description="What a run found")


class ProposalQuery(NameQuery):
    order = fields.String(load_default="strongest", validate=OneOf(["strongest", "weakest"]))
    which = fields.Enum(Only, by_value=True, load_default=None)


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
    """`score` is the sum of the points of all reasons, which come strongest first; `decided_by`: a lock, a wish of the
    mentee, the optimum, or a swap that made them move. Whoever a swap left alone has an empty `mentor_id`."""

    id = fields.String()
    mentor_id = fields.String()
    mentee_id = fields.String()
    score = fields.Integer()
    decided_by = fields.Enum(DecidedBy, by_value=True)
    reasons = fields.List(fields.Nested(ReasonBody))
    broken_wishes = fields.List(fields.Nested(BrokenWishBody))


class MadeWayBody(Body):
    """With `mentor_id` instead, or alone where that is empty."""

    proposal_id = fields.String()
    mentee_id = fields.String()
    mentor_id = fields.String()
    score = fields.Integer()
    before = fields.Integer()


class AlternativeBody(Body):
    """Another mentor, with the score of the two, and who has to make way (null: nobody)."""

    mentor_id = fields.String()
    score = fields.Integer()
    reasons = fields.List(fields.Nested(ReasonBody))
    made_way = fields.Nested(MadeWayBody, allow_none=True)


class ShownBody(Body):
    """Whom the mentee has, which proposal makes way, and to whom that mentee moves; empty: nobody."""

    instead_of = fields.String(load_default="")
    making_way = fields.String(load_default="")
    moving_to = fields.String(load_default="")

    @post_load
    def made(self, data: dict[str, Any], **_kwargs: Any) -> Shown:
        return Shown(**data)


class SwapBody(Body):
    """Where the swap would not do what was `shown`, it is refused (`swap-changed`)."""

    mentor_id = fields.String(required=True)
    shown = fields.Nested(ShownBody, load_default=None)


class UnmatchedQuery(NameQuery):
    role = fields.Enum(Role, by_value=True, load_default=None)


class UnmatchedBody(Body):
    person_id = fields.String()
    role = fields.String()
    reason = fields.String(attribute="code")
    params = fields.Dict(keys=fields.String())


@routes.get("/<run_id>/proposals")
@requires(coordinator_of_run)
@routes.arguments(ProposalQuery, location="query")
@routes.response(200, named_items_of(ProposalBody))
def proposals(matching: Matching, _caller: Caller, query: dict[str, Any], run_id: str) -> Any:
    weakest, q, only = query.pop("order") == "weakest", query.pop("q"), query.pop("which")
    return named(matching.finding.proposals(run_id, q, **query, only=only, weakest=weakest) if q
                 else matching.runs.proposals(run_id, **query, only=only, weakest=weakest))


@routes.get("/<run_id>/proposals/<proposal_id>")
@requires(coordinator_of_run)
@routes.response(200, ProposalBody)
def show(matching: Matching, _caller: Caller, run_id: str, proposal_id: str) -> Proposal:
    return matching.runs.proposal(run_id, proposal_id)


@routes.get("/<run_id>/proposals/<proposal_id>/alternatives")
@requires(coordinator_of_run)
@routes.response(200, items_of(AlternativeBody))
def alternatives(matching: Matching, _caller: Caller, run_id: str, proposal_id: str) -> Any:
    return {"items": matching.runs.alternatives(run_id, proposal_id)}


@routes.post("/<run_id>/proposals/<proposal_id>/swap")
@requires(coordinator_of_run)
@routes.arguments(SwapBody)
@routes.response(200, RunBody)
def swap(matching: Matching, caller: Caller, body: dict[str, Any], run_id: str, proposal_id: str) -> MatchingRun:
    return matching.runs.swap(run_id, proposal_id, **body, by=caller.known_as)


@routes.get("/<run_id>/unmatched")
@requires(coordinator_of_run)
@routes.arguments(UnmatchedQuery, location="query")
@routes.response(200, named_items_of(UnmatchedBody))
def unmatched(matching: Matching, _caller: Caller, query: dict[str, Any], run_id: str) -> Any:
    q = query.pop("q")
    return named(matching.finding.unmatched(run_id, q, **query) if q else matching.runs.unmatched(run_id, **query))
