"""A mentor whose last pair is complete says whether they go on."""

from typing import Any

from marshmallow import fields, post_load
from marshmallow.validate import Length, Range

from services.matching.application import Matching
from services.matching.contracts.renewals import RenewalAnswer
from services.matching.domain.form import MOST_OPTIONS
from services.matching.domain.motives import QUESTIONS
from services.matching.domain.participant import MOST_PAIRS
from services.matching.domain.renewal import Renewal, Said, standard
from services.matching.entrypoints.http.callers import a_person, asked_to_go_on, person_id
from services.matching.entrypoints.http.form_bodies import FormFieldBody
from shared.web.bodies import Body, Moment, items_of, listed
from shared.web.callers import Caller, requires
from shared.web.routes import Routes

routes = Routes("renewals", "", description="Mentors who go on")

_codes = fields.List(fields.String(validate=Length(1, 100)), load_default=[], validate=Length(max=MOST_OPTIONS))


class RenewalAnswerBody(Body):
    """Without `capacity` whoever stays has as much room as before."""

    answer = fields.Enum(RenewalAnswer, by_value=True, required=True)
    capacity = fields.Integer(load_default=None, allow_none=True, validate=Range(0, MOST_PAIRS))
    drivers = _codes
    hurdles = _codes

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Said:
        return Said(**{**data, "drivers": tuple(data["drivers"]), "hurdles": tuple(data["hurdles"])})


class RenewalBody(Body):
    id = fields.String()
    version = fields.Integer()
    programme_id = fields.String()
    asked_at = Moment()
    answer = fields.Enum(RenewalAnswer, by_value=True, allow_none=True)
    answered_at = Moment(allow_none=True)


class RenewalOfferBody(RenewalBody):
    """With the programme's name, the room so far and the two standard questions."""

    programme = fields.String()
    capacity = fields.Integer()
    questions = fields.List(fields.Nested(FormFieldBody))


@routes.get("/me/renewals")
@requires(a_person)
@routes.response(200, items_of(RenewalOfferBody))
def mine(matching: Matching, caller: Caller) -> dict[str, Any]:
    """Where this mentor is asked to go on and has not answered yet."""
    return listed(_offer(matching, one) for one in matching.renewals.waiting_of(person_id(caller)))


@routes.post("/me/renewals/<programme_id>/answer")
@requires(asked_to_go_on)
@routes.arguments(RenewalAnswerBody)
@routes.response(200, RenewalBody)
def answer(matching: Matching, caller: Caller, body: Said, programme_id: str) -> Renewal:
    """Once."""
    return matching.renewals.decide(programme_id, person_id(caller), body)


def _offer(matching: Matching, one: Renewal) -> dict[str, Any]:
    programme = matching.programmes.get(one.programme_id)
    return {**vars(one), "programme": programme.plan.name,
            "capacity": matching.renewals.capacity_of(one.programme_id, one.person_id),
            "questions": [standard(programme.form, key) for key in QUESTIONS]}
