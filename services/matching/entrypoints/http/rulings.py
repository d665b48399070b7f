"""Locks and exclusions: whom every run of a programme keeps together, or apart."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length

from services.matching.application import Matching
from services.matching.domain.ruling import Ruling, RulingState
from services.matching.entrypoints.http.callers import coordinator, coordinator_of_ruling
from services.matching.entrypoints.http.request_bodies import MOST_CHARACTERS
from shared.web.bodies import Body, Moment, items_of
from shared.web.callers import Caller, requires
from shared.web.paging import Paging, paged
from shared.web.routes import Routes

routes = Routes("rulings", "", description="Locks and exclusions")


class RulingQuery(Paging):
    """Without a state those in force; of one mentee or of several."""

    state = fields.Enum(RulingState, by_value=True)
    mentee_id = fields.List(fields.String(), validate=Length(max=100))


class TwoBody(Body):
    mentor_id = fields.String(required=True)
    mentee_id = fields.String(required=True)


class WordBody(TwoBody):
    """`note`: why, between coordinators."""

    note = fields.String(load_default="", validate=Length(max=MOST_CHARACTERS))


class RulingBody(WordBody):
    id = fields.String()
    version = fields.Integer()
    programme_id = fields.String()
    state = fields.Enum(RulingState, by_value=True)
    by = fields.String()
    at = Moment(allow_none=True)


@routes.get("/programmes/<programme_id>/rulings")
@requires(coordinator)
@routes.arguments(RulingQuery, location="query")
@routes.response(200, items_of(RulingBody))
def find(matching: Matching, _caller: Caller, query: dict[str, Any], programme_id: str) -> Any:
    return paged(matching.rulings.find(programme_id, **query))


@routes.post("/programmes/<programme_id>/locks")
@requires(coordinator)
@routes.arguments(WordBody)
@routes.response(201, RulingBody, location="/rulings/{id}")
def lock(matching: Matching, caller: Caller, body: dict[str, Any], programme_id: str) -> Ruling:
    return matching.rulings.lock(programme_id, **body, by=caller.known_as)


@routes.post("/programmes/<programme_id>/exclusions")
@requires(coordinator)
@routes.arguments(WordBody)
@routes.response(201, RulingBody, location="/rulings/{id}")
def exclude(matching: Matching, caller: Caller, body: dict[str, Any], programme_id: str) -> Ruling:
    return matching.rulings.exclude(programme_id, **body, by=caller.known_as)


@routes.get("/rulings/<ruling_id>")
@requires(coordinator_of_ruling)
@routes.response(200, RulingBody)
def show(matching: Matching, _caller: Caller, ruling_id: str) -> Ruling:
    return matching.rulings.get(ruling_id)


@routes.delete("/rulings/<ruling_id>")
@requires(coordinator_of_ruling)
@routes.response(200, RulingBody)
def lift(matching: Matching, caller: Caller, ruling_id: str) -> Ruling:
    return matching.rulings.lift(ruling_id, by=caller.known_as)
