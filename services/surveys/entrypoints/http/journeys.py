"""A pair's journey, its agreement, and what happened so far."""

from typing import Any

from marshmallow import fields, validate

from services.surveys.application import Surveys
from services.surveys.contracts.relationships import Relationship
from services.surveys.domain.journey import Journey
from services.surveys.domain.terms import Terms
from services.surveys.entrypoints.http.callers import party, party_or_coordinator, person_id, viewer
from services.surveys.entrypoints.http.dates import iso_date
from shared.web.bodies import Body, Day, Moment, items_of, listed
from shared.web.callers import Caller, requires
from shared.web.routes import Routes
from shared.web.versions import expected_version

routes = Routes("journeys", "", description="How pairs are going")


class TermsBody(Body):
    meetings_every_days = fields.Integer(required=True, validate=validate.Range(1, 365))
    ends_on = Day(load_default=None, allow_none=True, validate=iso_date)
    confidentiality = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=2000))
    boundaries = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=2000))


class SessionDayBody(Body):
    day = Day(required=True, validate=iso_date)


class SideBody(Body):
    person_id = fields.String()
    role = fields.String()


class JourneyBody(Body):
    """`once`: a flash pair's, which has one session and is asked once; `meets_on` is the day of that session."""

    id = fields.String()
    version = fields.Integer()
    pair_id = fields.String()
    programme_id = fields.String()
    state = fields.String()
    relationship = fields.Enum(Relationship, by_value=True)
    sides = fields.List(fields.Nested(SideBody), attribute="present")
    terms = fields.Nested(TermsBody, allow_none=True)
    started_at = Moment(attribute="calendar.start")
    next_check_in_at = Moment()
    once = fields.Boolean()
    meets_on = Day(attribute="calendar.meets_on", allow_none=True)


class EntryBody(Body):
    at = Moment()
    kind = fields.String()
    person_id = fields.String(allow_none=True)
    facts = fields.Dict()


@routes.get("/pairs/<pair_id>/journey")
@requires(party_or_coordinator)
@routes.response(200, JourneyBody)
def show(surveys: Surveys, _caller: Caller, pair_id: str) -> Journey:
    return surveys.journeys.of_pair(pair_id)


@routes.put("/journeys/<journey_id>/agreement-terms")
@requires(party)
@routes.arguments(TermsBody)
@routes.response(200, JourneyBody)
def set_terms(surveys: Surveys, caller: Caller, body: dict[str, Any], journey_id: str) -> Journey:
    return surveys.journeys.set_terms(journey_id, Terms(**body), by=person_id(caller), if_version=expected_version())


@routes.put("/journeys/<journey_id>/session-day")
@requires(party)
@routes.arguments(SessionDayBody)
@routes.response(200, JourneyBody)
def name_day(surveys: Surveys, caller: Caller, body: dict[str, str], journey_id: str) -> Journey:
    """Of a flash pair, which is asked on the day after it."""
    return surveys.journeys.meet_on(journey_id, body["day"], by=person_id(caller))


@routes.get("/pairs/<pair_id>/timeline")
@requires(party_or_coordinator)
@routes.response(200, items_of(EntryBody))
def timeline(surveys: Surveys, caller: Caller, pair_id: str) -> Any:
    journey = surveys.journeys.of_pair(pair_id)
    return listed(surveys.timeline.of_pair(pair_id, only_for=viewer(caller, journey)))
