"""Where somebody stands who waits."""

from typing import Any

from marshmallow import fields

from services.matching.application import Matching
from services.matching.contracts.participants import Role
from services.matching.entrypoints.http.callers import a_person, person_id
from shared.web.bodies import Body, items_of, listed
from shared.web.callers import Caller, requires
from shared.web.routes import Routes

routes = Routes("waiting", "", description="Waiting for a place or a mentor")


class PlaceBody(Body):
    """`position` 1 is the next; `rounds` of matching passed by so far."""

    programme_id = fields.String()
    role = fields.Enum(Role, by_value=True)
    waits_for = fields.String()
    position = fields.Integer()
    rounds = fields.Integer()


@routes.get("/me/places")
@requires(a_person)
@routes.response(200, items_of(PlaceBody))
def mine(matching: Matching, caller: Caller) -> dict[str, Any]:
    return listed(matching.waiting.places(person_id(caller)))
