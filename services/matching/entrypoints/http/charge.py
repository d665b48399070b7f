"""Who looks after a programme: substitutes, and before whom each queue of work is put."""

from typing import Any

from marshmallow import fields, post_load
from marshmallow.validate import Length

from services.matching.application import Matching
from services.matching.contracts.programmes import Queue, Route
from services.matching.domain.charge import Substitute
from services.matching.domain.programme import Programme
from services.matching.entrypoints.http.callers import coordinator, is_office
from services.matching.entrypoints.http.dates import iso_date
from shared.web.bodies import Body, Day
from shared.web.callers import Caller, requires
from shared.web.routes import Routes
from shared.web.versions import required_version

OFFICE = "office"
routes = Routes("charge", "", description="Who looks after a programme")


class SubstituteTermBody(Body):
    person_id = fields.String(required=True, validate=Length(1, 100))
    from_on = Day(required=True, validate=iso_date)
    until_on = Day(allow_none=True, load_default=None, validate=iso_date)


class SubstituteBody(SubstituteTermBody):
    coordinator_id = fields.String()


class RouteBody(Body):
    queue = fields.Enum(Queue, by_value=True, required=True)
    person_ids = fields.List(fields.String(validate=Length(1, 100)), required=True, validate=Length(max=50))

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Route:
        return Route(data["queue"], tuple(data["person_ids"]))


class RoutingBody(Body):
    routes = fields.List(fields.Nested(RouteBody), required=True, validate=Length(max=len(Queue)))


class ChargeBody(Body):
    """`coordinator_ids` were appointed, `in_charge` are they and whoever stands in for them now; `routes` as they were
    set, `mine` the queues that are put before the caller; `office` for what is the programme office's alone."""

    id = fields.String()
    version = fields.Integer()
    coordinator_ids = fields.List(fields.String())
    in_charge = fields.List(fields.String())
    substitutes = fields.List(fields.Nested(SubstituteBody))
    routes = fields.List(fields.Nested(RouteBody))
    mine = fields.List(fields.String())


def shown(programme: Programme, caller: Caller) -> dict[str, Any]:
    charge = programme.charge
    mine = [*Queue, OFFICE] if is_office(caller) else sorted(charge.queues_of(caller.person_id))
    return {"id": programme.id, "version": programme.version, "coordinator_ids": charge.coordinator_ids,
            "in_charge": charge.ids, "substitutes": charge.substitutes, "routes": charge.routes, "mine": mine}


@routes.get("/programmes/<programme_id>/charge")
@requires(coordinator)
@routes.response(200, ChargeBody)
def show(matching: Matching, caller: Caller, programme_id: str) -> dict[str, Any]:
    return shown(matching.programmes.get(programme_id), caller)


@routes.put("/programmes/<programme_id>/substitutes/<coordinator_id>")
@requires(coordinator)
@routes.arguments(SubstituteTermBody)
@routes.response(200, ChargeBody)
def name(matching: Matching, caller: Caller, body: dict[str, Any], programme_id: str, coordinator_id: str
         ) -> dict[str, Any]:
    """In place of whoever was named before."""
    substitute = Substitute(coordinator_id=coordinator_id, **body)
    return shown(matching.charges.name(programme_id, substitute, _by(caller)), caller)


@routes.delete("/programmes/<programme_id>/substitutes/<coordinator_id>")
@requires(coordinator)
@routes.response(200, ChargeBody)
def take_back(matching: Matching, caller: Caller, programme_id: str, coordinator_id: str) -> dict[str, Any]:
    return shown(matching.charges.take_back(programme_id, coordinator_id, _by(caller)), caller)


@routes.put("/programmes/<programme_id>/routes")
@requires(coordinator)
@routes.arguments(RoutingBody)
@routes.response(200, ChargeBody)
def route(matching: Matching, caller: Caller, body: dict[str, Any], programme_id: str) -> dict[str, Any]:
    """Queues that are not named are put before everybody in charge."""
    changed = matching.charges.route(programme_id, body["routes"], _by(caller), if_version=required_version())
    return shown(changed, caller)


def _by(caller: Caller) -> str | None:
    """Whoever is also of the office acts for it."""
    return None if is_office(caller) else caller.person_id
