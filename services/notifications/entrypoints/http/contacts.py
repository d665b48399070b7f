"""Contacts: what may be done about somebody whom no mail reaches."""

from marshmallow import fields

from services.notifications.application import Notifications
from services.notifications.domain.contact import Contact
from services.notifications.entrypoints.http.callers import coordinator
from shared.web.bodies import Body
from shared.web.callers import Caller, requires
from shared.web.routes import Routes

routes = Routes("contacts", "", description="Who can be written to")


class ContactBody(Body):
    """Neither name nor address: those are matching's to tell."""

    id = fields.String()
    version = fields.Integer()
    reachable = fields.Boolean()


@routes.post("/programmes/<programme_id>/contacts/<person_id>/retry")
@requires(coordinator)
@routes.response(200, ContactBody)
def retry(notifications: Notifications, _caller: Caller, programme_id: str, person_id: str) -> Contact:
    """Their address is believed again, and the last mail that did not reach them is sent once more; where none would
    still help, nothing is tried. An address that still takes none makes them unreachable again."""
    return notifications.retrying.believe(programme_id, person_id)
