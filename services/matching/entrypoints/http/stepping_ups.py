"""From mentee to mentor: the person's own invitations, and what came of all of a programme."""

from typing import Any

from marshmallow import fields

from services.matching.application import Matching
from services.matching.application.stepping_ups import Conversion
from services.matching.domain.stepping_up import SteppingUp, StepState
from services.matching.entrypoints.http.callers import a_person, coordinator, person_id
from shared.web.bodies import Body, Moment, items_of, listed
from shared.web.callers import Caller, requires
from shared.web.routes import Routes

routes = Routes("stepping-up", "", description="Mentees who become mentors")


class SteppingUpBody(Body):
    id = fields.String()
    version = fields.Integer()
    programme_id = fields.String()
    state = fields.Enum(StepState, by_value=True)
    invited_at = Moment()


class SteppingUpOfferBody(SteppingUpBody):
    """`answers`: what they said as a mentee, to begin an application with."""

    answers = fields.Dict(keys=fields.String(), values=fields.String())


class ConversionBody(Body):
    """`applied` and `mentors` are part of `invited`."""

    invited = fields.Integer()
    applied = fields.Integer()
    mentors = fields.Integer()


@routes.get("/me/stepping-up")
@requires(a_person)
@routes.response(200, items_of(SteppingUpOfferBody))
def mine(matching: Matching, caller: Caller) -> dict[str, Any]:
    """Invitations that are not answered yet."""
    found: list[SteppingUp] = matching.stepping_ups.waiting_of(person_id(caller))
    return listed({**vars(one), "answers": matching.stepping_ups.known_answers(one)} for one in found)


@routes.post("/me/stepping-up/<programme_id>/refusal")
@requires(a_person)
@routes.response(200, SteppingUpBody)
def refuse(matching: Matching, caller: Caller, programme_id: str) -> SteppingUp:
    """Not now."""
    return matching.stepping_ups.refuse(programme_id, person_id(caller))


@routes.get("/programmes/<programme_id>/stepping-up")
@requires(coordinator)
@routes.response(200, ConversionBody)
def conversion(matching: Matching, _caller: Caller, programme_id: str) -> Conversion:
    """Not told to the sponsor: where one mentee ended, it says how content that one was."""
    return matching.stepping_ups.conversion(programme_id)
