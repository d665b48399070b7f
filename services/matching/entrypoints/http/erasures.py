"""What is held of a person, and how a person is forgotten: for HR and the office, the export for the person too."""

from typing import Any

from marshmallow import fields

from services.matching.application import Matching
from services.matching.domain.erasure import Erasure, ErasureState
from services.matching.entrypoints.http.callers import office_or_hr, the_person_or_hr
from shared.web.bodies import Body, Moment
from shared.web.callers import Caller, requires
from shared.web.routes import Routes

routes = Routes("erasures", "/people", description="Export and erasure of a person")


class DoneBody(Body):
    service = fields.String()
    at = Moment()
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())


class ErasureBody(Body):
    id = fields.String()
    version = fields.Integer()
    state = fields.Enum(ErasureState, by_value=True)
    asked_at = Moment()
    asked_by = fields.String()
    receipts = fields.List(fields.Nested(DoneBody))
    owed = fields.List(fields.String())
    overdue = fields.Boolean()
    completed_at = Moment(allow_none=True)


class ExportBody(Body):
    collections = fields.Dict(keys=fields.String(), values=fields.List(fields.Dict()))


@routes.post("/<person_id>/erasure")
@requires(office_or_hr)
@routes.response(202, ErasureBody, location="/people/{id}/erasure")
def ask(matching: Matching, caller: Caller, person_id: str) -> Erasure:
    return matching.erasures.ask(person_id, by=caller.known_as)


@routes.get("/<person_id>/erasure")
@requires(office_or_hr)
@routes.response(200, ErasureBody)
def show(matching: Matching, _caller: Caller, person_id: str) -> Erasure:
    return matching.erasures.get(person_id)


@routes.get("/<person_id>/export")
@requires(the_person_or_hr)
@routes.response(200, ExportBody)
def export(matching: Matching, caller: Caller, person_id: str) -> dict[str, Any]:
    matching.people.get(person_id)
    return {"collections": matching.exporting.of(person_id, caller.person_id)}
