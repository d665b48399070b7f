"""What a pair waits for before it starts, as bodies."""

from marshmallow import fields

from services.matching.contracts.pairs import WaiverReason
from services.matching.contracts.programmes import Gate
from shared.web.bodies import Body


class WaiverBody(Body):
    gate = fields.Enum(Gate, by_value=True, required=True)
    because = fields.Enum(WaiverReason, by_value=True, required=True)


class OpenGateBody(Body):
    """`person_ids`: who still has to do it; terms and a goal either of the two."""

    gate = fields.Enum(Gate, by_value=True)
    person_ids = fields.List(fields.String())
