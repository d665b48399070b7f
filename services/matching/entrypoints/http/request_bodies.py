"""What requests look like over HTTP."""

from marshmallow import fields
from marshmallow.validate import Length

from services.matching.contracts.requests import RequestState
from services.matching.domain.choice import CHOICES, ChoiceState, DeclineReason
from services.matching.entrypoints.http.by_name import NameQuery
from shared.web.bodies import Body, Moment, Query

MOST_CHARACTERS = 2000


class ChoicesBody(Body):
    mentor_ids = fields.List(fields.String(validate=Length(1, 100)), required=True, validate=Length(max=CHOICES))


class NewRequestBody(Body):
    mentor_ids = fields.List(fields.String(validate=Length(1, 100)), load_default=None, validate=Length(max=CHOICES))
    one_question = fields.String(load_default="", validate=Length(max=MOST_CHARACTERS))


class RefusalBody(Body):
    reason = fields.Enum(DeclineReason, by_value=True, required=True)
    note = fields.String(load_default="", validate=Length(max=MOST_CHARACTERS))


class TextBody(Body):
    text = fields.String(required=True, validate=Length(1, MOST_CHARACTERS))


class OfferQuery(Query):
    text = fields.String(load_default="", validate=Length(max=200), metadata={
        "description": "Words of whom to offer: of the name, unit, place, skills or languages"})


class RequestQuery(NameQuery):
    """`unanswered`: open for more than three working days."""

    state = fields.Enum(RequestState, by_value=True)
    unanswered = fields.Boolean(load_default=False)


class ChoiceBody(Body):
    mentor_id = fields.String()
    state = fields.Enum(ChoiceState, by_value=True)
    asked_at = Moment(allow_none=True)
    answer_by = Moment(allow_none=True)
    reminded_at = Moment(allow_none=True)
    over_at = Moment(allow_none=True)
    reason = fields.Enum(DeclineReason, by_value=True, allow_none=True)
    note = fields.String()
    question = fields.String()
    reply = fields.String()


class RequestBody(Body):
    id = fields.String()
    version = fields.Integer()
    programme_id = fields.String()
    mentee_id = fields.String()
    state = fields.Enum(RequestState, by_value=True)
    choices = fields.List(fields.Nested(ChoiceBody))
    opened_at = Moment()
    pair_id = fields.String(allow_none=True)
    one_question = fields.String()


class AnsweredBody(Body):
    """What a mentor is told who has answered: nothing of the others."""

    id = fields.String()
    version = fields.Integer()


class OfferReasonBody(Body):
    """What the two have in common, without what it counts for."""

    criterion = fields.String()
    params = fields.Dict(keys=fields.String())


class OfferBody(Body):
    """`room`: how many more the mentor takes; the three strongest `reasons`, the first counts most."""

    mentor_id = fields.String()
    score = fields.Integer()
    room = fields.Integer()
    reasons = fields.List(fields.Nested(OfferReasonBody))


class OpeningBody(Body):
    programme_id = fields.String()
    name = fields.String()


class RequestFiguresBody(Body):
    programme_id = fields.String()
    states = fields.Dict(keys=fields.String(), values=fields.Integer())
    unanswered = fields.Integer()


class RefusalsBody(Body):
    """`declined`: how often each reason was given, by `least` refusals at a time, from `fewest` on. Of a large
    programme none, and `as_of` null, until the worker has counted for the first time; whoever asks has it counted
    anew, unless that was seconds ago: `counting` says so."""

    programme_id = fields.String()
    declined = fields.Dict(keys=fields.String(), values=fields.Integer())
    least = fields.Integer()
    fewest = fields.Integer()
    as_of = Moment(allow_none=True)
    counting = fields.Boolean()
