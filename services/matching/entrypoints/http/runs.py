"""Matching runs: begin, watch, cancel, publish, take back."""

from typing import Any

from marshmallow import fields

from services.matching.application import Matching
from services.matching.application.publishing import Foreseen
from services.matching.domain.matching_run import MatchingRun
from services.matching.domain.matchmaking.aim import Aim
from services.matching.entrypoints.http.callers import coordinator, coordinator_of_run
from shared.web.bodies import Body, Moment, items_of
from shared.web.callers import Caller, requires
from shared.web.paging import Paging, paged
from shared.web.routes import Routes
from shared.web.versions import expected_version

routes = Routes("runs", "", description="Matching runs")


class NewRunBody(Body):
    """`objective`: what comes before all else."""

    objective = fields.Enum(Aim, by_value=True, load_default=Aim.PARTICIPATION)


class RefusedBody(Body):
    """`alone`: the mentee has nobody else; `rules` stand against the two where the code is `barred-by-rule`. An id that
    is not kept, or of somebody who is erased, is empty."""

    proposal_id = fields.String()
    code = fields.String()
    mentor_id = fields.String()
    mentee_id = fields.String()
    rules = fields.List(fields.String())
    alone = fields.Boolean()


class ForeseenBody(Body):
    """Of `looked_at` pairs of a run that is proposed (100 at most) those that cannot become one, the first 50 with
    why, and how many proposals by hand end since a seat of theirs goes to the run."""

    looked_at = fields.Integer()
    refused_count = fields.Function(lambda one: len(one.refused))
    refused = fields.Function(lambda one: RefusedBody(many=True).dump(one.refused[:50]))
    ending = fields.Integer()


class LockRefusedBody(Body):
    mentor_id = fields.String()
    mentee_id = fields.String()
    code = fields.String()
    rule = fields.String()


class ChangeBody(Body):
    mentee_id = fields.String()
    before = fields.String()
    after = fields.String()
    code = fields.String()
    rule = fields.String()


class ChangesBody(Body):
    """Against the run `since`: `moved`, `placed`, `lost` mentees of both, and the `points` by which those who moved and
    `could_stay` fit better; `joined` and `left` count the others. The first 200 are told with a code."""

    since = fields.String()
    moved = fields.Integer()
    could_stay = fields.Integer()
    placed = fields.Integer()
    lost = fields.Integer()
    joined = fields.Integer()
    left = fields.Integer()
    points = fields.Integer()
    told = fields.List(fields.Nested(ChangeBody))


class RunBody(Body):
    """`objective`: what the run is solved for; `why` is a code where it cannot be. `progress` in percent; `matched`,
    `unmatched`, `total` (of all scores without what waiting or staying together adds), `best` (score there can be) and
    `histogram` (of the same scores, ten steps up to the best) once it is solved, `solver` by which version in how many
    `rounds`; `swaps`: mentees whom coordinators gave another mentor; `left_alone` are mentees by proposal who have
    nobody since a swap; `locks` that were kept and `locks_not_kept` with the first 50 of them and why; `changes` since
    the last proposal, before the swaps (null: there was none); `published` pairs and `refused` proposals
    afterwards, which `matched` does not count any more, and `unmatched` does where the mentee is alone."""

    id = fields.String()
    version = fields.Integer()
    programme_id = fields.String()
    state = fields.String()
    mentee_id = fields.String(allow_none=True)
    succeeds = fields.String(allow_none=True)
    attempts = fields.Integer()
    phase = fields.String(attribute="progress.phase")
    progress = fields.Function(lambda run: round(run.progress.part * 100))
    matched = fields.Function(lambda run: run.matched if run.found else None)
    unmatched = fields.Function(lambda run: run.unmatched if run.found else None)
    swaps = fields.Integer()
    left_alone = fields.Dict(keys=fields.String(), values=fields.String())
    total = fields.Integer(attribute="found.total", allow_none=True, dump_default=None)
    best = fields.Integer(attribute="found.best", allow_none=True, dump_default=None)
    histogram = fields.List(fields.Integer(), attribute="found.histogram", allow_none=True, dump_default=None)
    objective = fields.String()
    why = fields.String()
    input_hash = fields.String(attribute="found.input_hash", allow_none=True, dump_default=None)
    rule_version = fields.String(attribute="found.rule_version", allow_none=True, dump_default=None)
    solver = fields.String(attribute="found.solver", allow_none=True, dump_default=None)
    rounds = fields.Integer(attribute="found.counts.rounds", allow_none=True, dump_default=None)
    locks = fields.Integer(attribute="found.locks", allow_none=True, dump_default=None)
    locks_not_kept = fields.Integer(attribute="found.locks_not_kept", allow_none=True, dump_default=None)
    locks_refused = fields.List(fields.Nested(LockRefusedBody), attribute="found.locks_refused", dump_default=())
    changes = fields.Nested(ChangesBody, allow_none=True)
    created_at = Moment(allow_none=True)
    release_at = Moment(allow_none=True)
    published = fields.Integer()
    refused = fields.List(fields.Nested(RefusedBody))


@routes.post("/programmes/<programme_id>/runs")
@requires(coordinator)
@routes.arguments(NewRunBody)
@routes.response(202, RunBody, location="/runs/{id}")
def begin(matching: Matching, _caller: Caller, body: dict[str, Any], programme_id: str) -> MatchingRun:
    return matching.runs.queue(programme_id, body["objective"])


@routes.get("/programmes/<programme_id>/runs")
@requires(coordinator)
@routes.arguments(Paging, location="query")
@routes.response(200, items_of(RunBody))
def find(matching: Matching, _caller: Caller, query: dict[str, Any], programme_id: str) -> Any:
    return paged(matching.runs.find(programme_id, **query))


@routes.get("/runs/<run_id>")
@requires(coordinator_of_run)
@routes.response(200, RunBody)
def show(matching: Matching, _caller: Caller, run_id: str) -> MatchingRun:
    return matching.runs.get(run_id)


@routes.post("/runs/<run_id>/cancellation")
@requires(coordinator_of_run)
@routes.response(200, RunBody)
def cancel(matching: Matching, _caller: Caller, run_id: str) -> MatchingRun:
    return matching.runs.cancel(run_id)


@routes.post("/runs/<run_id>/publication")
@requires(coordinator_of_run)
@routes.response(202, RunBody, location="/runs/{id}")
def publish(matching: Matching, _caller: Caller, run_id: str) -> MatchingRun:
    return matching.runs.publish(run_id, if_version=expected_version())


@routes.get("/runs/<run_id>/publication")
@requires(coordinator_of_run)
@routes.response(200, ForeseenBody)
def foresee(matching: Matching, _caller: Caller, run_id: str) -> Foreseen:
    """What a publication would do now."""
    return matching.runs.publishing.foreseen(matching.runs.get(run_id))


@routes.post("/runs/<run_id>/release")
@requires(coordinator_of_run)
@routes.response(202, RunBody, location="/runs/{id}")
def release(matching: Matching, _caller: Caller, run_id: str) -> MatchingRun:
    """A publication that waits for second thoughts leaves now."""
    return matching.runs.release(run_id, if_version=expected_version())


@routes.delete("/runs/<run_id>/publication")
@requires(coordinator_of_run)
@routes.response(200, RunBody)
def undo(matching: Matching, _caller: Caller, run_id: str) -> MatchingRun:
    return matching.runs.undo(run_id, if_version=expected_version())
