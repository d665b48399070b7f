"""The rules of a programme, and trials of other ones."""

from typing import Any

from marshmallow import fields

from services.matching.application import Matching
from services.matching.domain.programme_rules import FIXED_NAMES, with_known
from services.matching.domain.trial import Trial
from services.matching.entrypoints.http.callers import coordinator, coordinator_of_trial
from shared.web.bodies import Body, Moment
from shared.web.callers import Caller, requires
from shared.web.routes import Routes

routes = Routes("rules", "", description="Rules of a programme, and what others would change")


class RulesBody(Body):
    """`rules` in the form of a rules file; what could be switched on stands in them as `off`. Those of `always` hold in
    every programme. `version` is the programme's: they are kept by changing it."""

    version = fields.Integer()
    rules = fields.Dict(keys=fields.String())
    always = fields.List(fields.String())


class TriedRulesBody(Body):
    rules = fields.Dict(keys=fields.String(), required=True)


class MatchedBody(Body):
    matched = fields.Integer()
    unmatched = fields.Integer()
    total = fields.Integer()
    best = fields.Integer()


class WeakBody(Body):
    mentor_id = fields.String()
    mentee_id = fields.String()
    score = fields.Integer()
    before = fields.Boolean()


class FreeBody(Body):
    mentees = fields.Integer()
    mentors = fields.Integer()
    seats = fields.Integer()


class DifferenceBody(Body):
    """By the rules as they are, and by the tried ones: those whom a run would take now, who are `free`; where none of
    them could be put together, `as_if_unpaired` everybody who takes part."""

    free = fields.Nested(FreeBody)
    as_if_unpaired = fields.Boolean()
    now = fields.Nested(MatchedBody)
    tried = fields.Nested(MatchedBody)
    moved = fields.Integer()
    weakest = fields.List(fields.Nested(WeakBody))


class TrialBody(Body):
    """`progress` in percent; `difference` once it is solved; `why` is a code once it failed. A day after it was
    made it is `outdated`: what it found is gone, and the rules that were tried are there for thirty days more."""

    id = fields.String()
    programme_id = fields.String()
    state = fields.String()
    rules = fields.Dict(keys=fields.String())
    progress = fields.Function(lambda trial: round(trial.progress.part * 100))
    created_at = Moment()
    why = fields.String()
    difference = fields.Nested(DifferenceBody, allow_none=True)


@routes.get("/programmes/<programme_id>/rules")
@requires(coordinator)
@routes.response(200, RulesBody)
def show(matching: Matching, _caller: Caller, programme_id: str) -> dict[str, Any]:
    programme = matching.programmes.get(programme_id)
    return {"version": programme.version, "rules": with_known(programme.plan.rules), "always": FIXED_NAMES}


@routes.post("/programmes/<programme_id>/trials")
@requires(coordinator)
@routes.arguments(TriedRulesBody)
@routes.response(202, TrialBody, location="/trials/{id}")
def try_out(matching: Matching, caller: Caller, body: dict[str, Any], programme_id: str) -> Trial:
    return matching.trials.begin(programme_id, body["rules"], by=caller.known_as)


@routes.get("/trials/<trial_id>")
@requires(coordinator_of_trial)
@routes.response(200, TrialBody)
def trial(matching: Matching, _caller: Caller, trial_id: str) -> Trial:
    return matching.trials.get(trial_id)
