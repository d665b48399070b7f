"""Check-ins: what a person is asked, what they answered, and how a programme is doing."""

from typing import Any

from marshmallow import fields, validate

from services.surveys.application import Surveys
from services.surveys.application.check_ins import Summary, Wanted
from services.surveys.contracts.relationships import Relationship
from services.surveys.domain.answer import Answer
from services.surveys.domain.check_in import CheckIn, CheckInState
from services.surveys.domain.reminder import Reminder
from services.surveys.entrypoints.http.callers import (
    a_person,
    asked,
    asked_or_coordinator,
    coordinator,
    coordinator_of_check_in,
    party_or_coordinator,
    person_id,
    viewer,
)
from shared.web.bodies import Body, Moment, items_of
from shared.web.callers import Caller, requires
from shared.web.paging import Paging, paged
from shared.web.replies import Reply
from shared.web.routes import Routes
from shared.web.versions import expected_version

routes = Routes("check-ins", "", description="Short questions to one side of a pair")

ONE_TO_FIVE = validate.Range(1, 5)


class AnswerBody(Body):
    rating = fields.Integer(required=True, validate=ONE_TO_FIVE)
    met = fields.Boolean(load_default=None, allow_none=True)
    progress = fields.Integer(load_default=None, allow_none=True, validate=ONE_TO_FIVE)
    comment = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=4000))
    comment_visible = fields.Boolean(load_default=None, allow_none=True)


class CheckInBody(Body):
    id = fields.String()
    version = fields.Integer()
    journey_id = fields.String()
    pair_id = fields.String()
    relationship = fields.Enum(Relationship, by_value=True)
    programme_id = fields.String()
    person_id = fields.String()
    role = fields.String()
    period = fields.Integer()
    state = fields.String()
    delivery = fields.String()
    opens_at = Moment()
    closes_at = Moment()
    answer_by = Moment()
    answered_at = Moment(allow_none=True)
    reminded_at = Moment(allow_none=True)
    excuse = fields.String(allow_none=True)
    answer = fields.Nested(AnswerBody, allow_none=True)


class ReminderBody(Body):
    id = fields.String()
    version = fields.Integer()
    check_in_id = fields.String()
    person_id = fields.String()
    asked_at = Moment()


CheckInItems = items_of(CheckInBody)


class CheckInQuery(Paging):
    state = fields.String(load_default=None, validate=validate.OneOf([state.value for state in CheckInState]))


class ProgrammeQuery(CheckInQuery):
    """`delivered`: the mail that asks was accepted; `period` is counted from the begin of each pair."""

    overdue = fields.Boolean(load_default=False)
    delivered = fields.Boolean(load_default=False)
    period = fields.Integer(load_default=None, validate=validate.Range(1, 1000))


class RoundBody(Body):
    period = fields.Integer()
    delivered = fields.Integer()
    answered = fields.Integer()


class SummaryBody(Body):
    states = fields.Dict(keys=fields.String(), values=fields.Integer())
    sent = fields.Integer()
    delivered = fields.Integer()
    answered = fields.Integer()
    overdue = fields.Integer()
    rounds = fields.List(fields.Nested(RoundBody))
    as_of = Moment()


@routes.get("/me/check-ins")
@requires(a_person)
@routes.arguments(CheckInQuery, location="query")
@routes.response(200, CheckInItems)
def mine(surveys: Surveys, caller: Caller, query: dict[str, Any]) -> Reply:
    return paged(surveys.check_ins.find(person_id=person_id(caller), **query))


@routes.get("/journeys/<journey_id>/check-ins")
@requires(party_or_coordinator)
@routes.arguments(CheckInQuery, location="query")
@routes.response(200, CheckInItems)
def of_journey(surveys: Surveys, caller: Caller, query: dict[str, Any], journey_id: str) -> Reply:
    """One of the two sees their own, a coordinator all."""
    own = viewer(caller, surveys.journeys.get(journey_id))
    found = surveys.check_ins.find(journey_id=journey_id, person_id=own, **query)
    return paged(found, found.items if own else [one.for_coordinator() for one in found.items])


@routes.get("/check-ins/<check_in_id>")
@requires(asked_or_coordinator)
@routes.response(200, CheckInBody)
def show(surveys: Surveys, caller: Caller, check_in_id: str) -> CheckIn:
    check_in = surveys.check_ins.get(check_in_id)
    return check_in if check_in.person_id == caller.person_id else check_in.for_coordinator()


@routes.put("/check-ins/<check_in_id>/answer")
@requires(asked)
@routes.arguments(AnswerBody)
@routes.response(200, CheckInBody)
def answer(surveys: Surveys, caller: Caller, body: dict[str, Any], check_in_id: str) -> CheckIn:
    """Recorded once, changeable until the period closes; If-Match is welcome and not required.

    What is left out stays as it was: one click sends a rating only.
    """
    return surveys.check_ins.reply(check_in_id, Answer(**body), by=person_id(caller), if_version=expected_version())


@routes.post("/check-ins/<check_in_id>/reminder")
@requires(coordinator_of_check_in)
@routes.response(201, ReminderBody, location="/check-ins/{check_in_id}")
def remind(surveys: Surveys, _caller: Caller, check_in_id: str) -> Reminder:
    """One mail to whoever is overdue with it, at once; one a person and working day, whatever it is about."""
    return surveys.reminding.ask(check_in_id)


@routes.get("/programmes/<programme_id>/check-ins")
@requires(coordinator)
@routes.arguments(ProgrammeQuery, location="query")
@routes.response(200, CheckInItems)
def of_programme(surveys: Surveys, _caller: Caller, query: dict[str, Any], programme_id: str) -> Reply:
    """The newest first; `overdue` ones are missed and may still be answered."""
    paging = {name: query.pop(name) for name in ("limit", "after")}
    found = surveys.check_ins.of_programme(programme_id, Wanted(**query), **paging)
    return paged(found, [one.for_coordinator() for one in found.items])


@routes.get("/programmes/<programme_id>/check-ins/summary")
@requires(coordinator)
@routes.response(200, SummaryBody)
def summary(surveys: Surveys, _caller: Caller, programme_id: str) -> Summary:
    return surveys.check_ins.summary(programme_id)
