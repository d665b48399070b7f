"""The optional steps of an application: interviews, and endorsements from whom they are asked to whoever gives them."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length

from services.matching.application import Matching
from services.matching.contracts.participants import Role
from services.matching.domain.application import Application
from services.matching.domain.steps import (
    ApplicationStep,
    EndorsementState,
    Interview,
    InterviewOutcome,
)
from services.matching.domain.verdict import MOST_CHARACTERS
from services.matching.entrypoints.http.application_callers import coordinator_of_another, endorser
from services.matching.entrypoints.http.callers import a_person, person_id
from services.matching.entrypoints.http.dates import iso_date
from services.matching.entrypoints.http.role_names import RoleNamesBody
from shared.web.bodies import Body, Day, Moment, items_of, listed
from shared.web.callers import Caller, requires
from shared.web.routes import Routes

routes = Routes("steps", "", description="Interviews and endorsements")


class InterviewForm(Body):
    on = Day(required=True, validate=iso_date)
    outcome = fields.Enum(InterviewOutcome, by_value=True, required=True)
    note = fields.String(load_default="", validate=Length(max=MOST_CHARACTERS))


class InterviewBody(InterviewForm):
    by = fields.String()


class EndorserForm(Body):
    """Without `endorser_id`: the line manager."""

    endorser_id = fields.String(load_default=None, allow_none=True, validate=Length(1, 100))


class EndorsementForm(Body):
    endorsed = fields.Boolean(required=True)
    note = fields.String(load_default="", validate=Length(max=MOST_CHARACTERS))


class EndorsementBody(Body):
    """`endorsed` is null while there is no answer, `note` of whoever answered."""

    endorser_id = fields.String()
    state = fields.Enum(EndorsementState, by_value=True)
    asked_at = Moment()
    reminded_at = Moment(allow_none=True)
    answered_at = Moment(allow_none=True)
    endorsed = fields.Boolean(allow_none=True)
    note = fields.String()


class StepsBody(Body):
    """`steps` are those that the programme asks for, `open_steps` those not done, `waived` those without which somebody
    was approved, and `without` why. `has_manager`: the line manager can be asked without being named."""

    application_id = fields.String(attribute="id")
    steps = fields.List(fields.Enum(ApplicationStep, by_value=True))
    open_steps = fields.List(fields.Enum(ApplicationStep, by_value=True))
    waived = fields.List(fields.Enum(ApplicationStep, by_value=True))
    without = fields.String(attribute="verdict.without")
    has_manager = fields.Boolean()
    interview = fields.Nested(InterviewBody, allow_none=True)
    endorsement = fields.Nested(EndorsementBody, allow_none=True)


class AskedForBody(Body):
    """An application that somebody is asked to endorse: who applies for what, and nothing that they wrote."""

    application_id = fields.String(attribute="id")
    programme_id = fields.String()
    programme = fields.String()
    person_id = fields.String()
    role = fields.Enum(Role, by_value=True)
    role_names = fields.Nested(RoleNamesBody)
    asked_at = Moment(attribute="endorsement.asked_at")


class EndorsedBody(Body):
    application_id = fields.String(attribute="id")
    endorsed = fields.Boolean(attribute="endorsement.endorsed")
    answered_at = Moment(attribute="endorsement.answered_at")


def _shown(matching: Matching, one: Application) -> dict[str, Any]:
    asked = matching.steps.asked(one)
    return {**vars(one), "steps": asked, "open_steps": one.still_open(asked),
            "has_manager": matching.steps.manager_of(one) is not None}


@routes.get("/applications/<application_id>/steps")
@requires(coordinator_of_another)
@routes.response(200, StepsBody)
def show(matching: Matching, _caller: Caller, application_id: str) -> dict[str, Any]:
    return _shown(matching, matching.applications.get(application_id))


@routes.put("/applications/<application_id>/interview")
@requires(coordinator_of_another)
@routes.arguments(InterviewForm)
@routes.response(200, StepsBody)
def interview(matching: Matching, caller: Caller, body: dict[str, Any], application_id: str) -> dict[str, Any]:
    """The last word counts."""
    return _shown(matching, matching.steps.note_interview(application_id, Interview(by=caller.known_as, **body)))


@routes.post("/applications/<application_id>/endorsement")
@requires(coordinator_of_another)
@routes.arguments(EndorserForm)
@routes.response(200, StepsBody)
def ask(matching: Matching, _caller: Caller, body: dict[str, Any], application_id: str) -> dict[str, Any]:
    """Once."""
    return _shown(matching, matching.steps.ask(application_id, body["endorser_id"]))


@routes.get("/me/endorsements")
@requires(a_person)
@routes.response(200, items_of(AskedForBody))
def mine(matching: Matching, caller: Caller) -> dict[str, Any]:
    """Where this person is asked and has not answered."""
    found = matching.steps.waiting_of(person_id(caller))
    programmes = {one.programme_id: matching.programmes.get(one.programme_id) for one in found}
    return listed({**vars(one), "programme": programmes[one.programme_id].plan.name,
                   "role_names": programmes[one.programme_id].role_names} for one in found)


@routes.post("/me/endorsements/<application_id>/answer")
@requires(endorser)
@routes.arguments(EndorsementForm)
@routes.response(200, EndorsedBody)
def answer(matching: Matching, _caller: Caller, body: dict[str, Any], application_id: str) -> Application:
    """Once."""
    return matching.steps.endorse(application_id, body["endorsed"], body["note"])
