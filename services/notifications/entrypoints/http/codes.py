"""One-click codes: resolved for the portal, which shows the page behind the link."""

from marshmallow import fields, validate

from services.notifications.application import Notifications
from services.notifications.application.codes import Resolution
from shared.web.bodies import Body
from shared.web.callers import Caller, requires, scope
from shared.web.routes import Routes

routes = Routes("codes", "/codes", description="What a one-click link in a mail is for")


class CodeBody(Body):
    code = fields.String(required=True, validate=validate.Length(max=200))
    purpose = fields.String(load_default=None, allow_none=True)


class ResolutionBody(Body):
    purpose = fields.String()
    subject_id = fields.String()
    person_id = fields.String()
    attempt = fields.Integer()
    open = fields.Boolean()


@routes.post("/resolution")
@requires(scope("codes"))
@routes.arguments(CodeBody)
@routes.response(200, ResolutionBody)
def resolve(notifications: Notifications, _caller: Caller, body: dict[str, str | None]) -> Resolution:
    """Forged, expired and meant for something else are the same 404. Changes nothing."""
    return notifications.codes.resolve(str(body["code"]), body["purpose"])
