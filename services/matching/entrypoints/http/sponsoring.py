"""What the sponsor of a programme sees: what it is for, how far people came, and a briefing; nobody."""

from typing import Any

from flask import Response
from marshmallow import fields

from services.matching.application import Matching
from services.matching.contracts.participants import Role
from services.matching.domain.kit import Form
from services.matching.entrypoints.http.callers import in_charge
from services.matching.entrypoints.http.objectives import ObjectiveBody
from services.matching.entrypoints.http.papers import MEDIA, PaperQuery, file_of
from shared.web.bodies import Body, Day, Moment
from shared.web.callers import Caller, requires
from shared.web.routes import Routes

routes = Routes("sponsoring", "", description="For the sponsor of a programme")

Given = dict[str, Any]


class FewBody(Body):
    """Null: too few to tell, or none."""

    code = fields.String()
    count = fields.Integer(allow_none=True)


class SponsorSideBody(Body):
    role = fields.Enum(Role, by_value=True)
    steps = fields.List(fields.Nested(FewBody))


class SponsorViewBody(Body):
    """Counts go in steps of `least`."""

    programme_id = fields.String()
    name = fields.String()
    state = fields.String()
    starts_on = Day()
    ends_on = Day()
    purpose = fields.String()
    objectives = fields.List(fields.Nested(ObjectiveBody))
    sides = fields.List(fields.Nested(SponsorSideBody))
    pairs = fields.List(fields.Nested(FewBody))
    least = fields.Integer()
    as_of = Moment()


@routes.get("/programmes/<programme_id>/sponsor-view")
@requires(in_charge)
@routes.response(200, SponsorViewBody)
def show(matching: Matching, _caller: Caller, programme_id: str) -> Given:
    programme = matching.programmes.get(programme_id)
    return {"programme_id": programme_id, "state": programme.state, **vars(programme.plan),
            **vars(matching.sponsoring.of(programme_id))}


@routes.get("/programmes/<programme_id>/briefing.html")
@requires(in_charge)
@routes.arguments(PaperQuery, location="query")
@routes.response(200, content_type=MEDIA[Form.HTML])
def page(matching: Matching, _caller: Caller, query: Given, programme_id: str) -> Response:
    """What leaders are told of the programme, with its facts as they are now."""
    return file_of("briefing", Form.HTML, matching.kits.briefing(programme_id, Form.HTML, query["language"]))


@routes.get("/programmes/<programme_id>/briefing.pdf")
@requires(in_charge)
@routes.arguments(PaperQuery, location="query")
@routes.response(200, content_type=MEDIA[Form.PDF])
def printed(matching: Matching, _caller: Caller, query: Given, programme_id: str) -> Response:
    """The same to print."""
    return file_of("briefing", Form.PDF, matching.kits.briefing(programme_id, Form.PDF, query["language"]))
