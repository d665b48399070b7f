"""What an objective of a programme looks like over HTTP."""

from typing import Any

from marshmallow import fields, post_load
from marshmallow.validate import Length, Range

from services.matching.domain.objective import Objective
from shared.web.bodies import Body

_FAR = 10**12


class ObjectiveBody(Body):
    code = fields.String(required=True, validate=Length(1, 100))
    name = fields.String(required=True, validate=Length(1, 200))
    metric = fields.String(required=True, validate=Length(1, 500))
    target = fields.Float(required=True, validate=Range(-_FAR, _FAR))
    baseline = fields.Float(allow_none=True, validate=Range(-_FAR, _FAR))

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Objective:
        return Objective(**data)
