"""What each objective would bring to the next run."""

from typing import Any

from marshmallow import fields

from services.matching.application import Matching
from services.matching.domain.trade_off import Foreseen, TradeOff
from services.matching.entrypoints.http.callers import coordinator
from shared.web.bodies import Body, Moment
from shared.web.callers import Caller, requires
from shared.web.routes import Routes

routes = Routes("trade_offs", "", description="What each objective would bring to the next run")


class OutlookBody(Body):
    """`total`, `lowest_5` (the fifth percentile) and `regret` (the greatest) in points; `why` is a code where an
    objective cannot be solved, and the figures are 0 then."""

    objective = fields.String()
    pairs = fields.Integer()
    unmatched = fields.Integer()
    total = fields.Integer()
    lowest_5 = fields.Integer()
    first_choices = fields.Integer()
    regret = fields.Integer()
    why = fields.String()


class TradeOffBody(Body):
    """Of `mentees` with room, `wishers` have wishes; `best` is the highest score a pair can have. `as_of` is null until
    it is counted for the first time; `counting` while the worker is at it, with `progress` in percent; `why` is a code
    where nothing can be solved."""

    mentees = fields.Integer()
    wishers = fields.Integer()
    best = fields.Integer()
    outlooks = fields.List(fields.Nested(OutlookBody))
    why = fields.String()
    as_of = Moment(allow_none=True)
    counting = fields.Boolean()
    progress = fields.Integer()


def told(one: TradeOff) -> dict[str, Any]:
    return {**vars(one.found or Foreseen()), "as_of": one.counted_at, "counting": one.counting,
            "progress": round(one.progress.part * 100) if one.counting else 0}


@routes.get("/programmes/<programme_id>/trade-off")
@requires(coordinator)
@routes.response(200, TradeOffBody, of=told)
def show(matching: Matching, _caller: Caller, programme_id: str) -> TradeOff:
    return matching.trade_offs.of(programme_id)


@routes.post("/programmes/<programme_id>/trade-off")
@requires(coordinator)
@routes.response(202, TradeOffBody, of=told)
def ask(matching: Matching, _caller: Caller, programme_id: str) -> TradeOff:
    return matching.trade_offs.ask(programme_id)
