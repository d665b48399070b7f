"""How well the pairs of a run fit, and how full mentors are."""

from marshmallow import fields

from services.matching.application import Matching
from services.matching.domain.matching_run import MatchingRun
from services.matching.entrypoints.http.callers import coordinator_of_run
from shared.web.bodies import Body
from shared.web.callers import Caller, requires
from shared.web.routes import Routes

routes = Routes("quality", "/runs", description="How well the pairs of a run fit, and how full mentors are")


class LoadClassBody(Body):
    """All mentors with so many `places`; the last class has those with more, too."""

    places = fields.Integer()
    mentors = fields.Integer()
    active = fields.Integer()
    assigned = fields.Integer()
    free = fields.Integer()


class QualityBody(Body):
    """Scores are without what waiting or staying together adds. `histogram`: ten steps up to the best; `curve`: the
    score that 0, 5, … 100 of a hundred pairs do not exceed; `ranks`: mentees whose mentor is the first, second, third,
    4th to 5th, 6th to 10th or a later one of all whom they may have; `by_hand` were locked or swapped."""

    pairs = fields.Integer()
    unmatched = fields.Integer()
    histogram = fields.List(fields.Integer())
    curve = fields.List(fields.Integer())
    lowest_5 = fields.Integer()
    lowest_10 = fields.Integer()
    weakest_tenth = fields.Integer()
    ranks = fields.List(fields.Integer())
    by_hand = fields.Integer()
    by_places = fields.List(fields.Nested(LoadClassBody), attribute="loads")


class RunQualityBody(Body):
    """`found` by the run, and as it is `now` where coordinators have swapped; null: not measured, not swapped."""

    best = fields.Integer(attribute="found.best", allow_none=True, dump_default=None)
    found = fields.Nested(QualityBody, attribute="measured", allow_none=True)
    now = fields.Nested(QualityBody, attribute="edited", allow_none=True)


@routes.get("/<run_id>/quality")
@requires(coordinator_of_run)
@routes.response(200, RunQualityBody)
def show(matching: Matching, _caller: Caller, run_id: str) -> MatchingRun:
    return matching.runs.get(run_id)
