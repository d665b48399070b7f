"""Mails as they would read, before anything is sent."""

from typing import Any

from marshmallow import fields, post_load, validate

from services.notifications.application import Notifications
from services.notifications.application.composing import LANGUAGES
from services.notifications.application.ports import Text
from services.notifications.application.previews import Invited
from services.notifications.domain.contact import Card, ContactState
from services.notifications.domain.letters import APPLICATION_INVITED, INVITATION_REMINDER, PAIR_SIDES, Role, letter
from services.notifications.entrypoints.http.callers import coordinator
from shared.web.bodies import Body
from shared.web.callers import Caller, requires
from shared.web.routes import Routes

routes = Routes("previews", "", description="Mails before they are sent")

INVITATIONS = (APPLICATION_INVITED, INVITATION_REMINDER)
_SHORT = validate.Length(max=320)
_NAME = validate.And(_SHORT, validate.Regexp(r".*\S", error="Who is it?"))


class SomebodyBody(Body):
    """Whom the mail names, in the words of whoever asks: nobody is looked up, so nobody is found out about."""

    name = fields.String(required=True, validate=_NAME)
    email = fields.String(required=True, validate=_SHORT)
    time_zone = fields.String(load_default="UTC", validate=_SHORT)
    location = fields.String(load_default="", validate=_SHORT)

    @post_load
    def make(self, data: dict[str, str], **_: Any) -> Card:
        return Card(person_id="", state=ContactState.ACTIVE, language="", **data)


class IntroductionsForm(Body):
    language = fields.String(required=True, validate=validate.OneOf(LANGUAGES))
    mentor = fields.Nested(SomebodyBody, required=True)
    mentee = fields.Nested(SomebodyBody, required=True)


class InvitationForm(Body):
    """`letter`: the invitation, or the reminder of it. `code` stands in the link."""

    language = fields.String(required=True, validate=validate.OneOf(LANGUAGES))
    letter = fields.String(required=True, validate=validate.OneOf([one.name for one in INVITATIONS]))
    role = fields.Enum(Role, by_value=True, required=True, validate=validate.OneOf(PAIR_SIDES))
    you = fields.Nested(SomebodyBody, required=True)
    code = fields.String(required=True, validate=validate.Regexp(r"[0-9A-Z]{1,20}-[a-z]\Z"))


class TextBody(Body):
    subject = fields.String()
    text = fields.String(attribute="plain")
    html = fields.String()


class IntroductionsBody(Body):
    mentor = fields.Nested(TextBody)
    mentee = fields.Nested(TextBody)


@routes.post("/programmes/<programme_id>/previews/invitation")
@requires(coordinator)
@routes.arguments(InvitationForm)
@routes.response(200, TextBody)
def invitation(notifications: Notifications, _caller: Caller, body: dict[str, Any], programme_id: str) -> Text:
    """What somebody would read whom a campaign of this programme asks. Changes nothing."""
    language, name = body.pop("language"), body.pop("letter")
    return notifications.previews.invitation(programme_id, Invited(letter=letter(name), **body), language)


@routes.post("/programmes/<programme_id>/previews/introduction")
@requires(coordinator)
@routes.arguments(IntroductionsForm)
@routes.response(200, IntroductionsBody)
def introductions(
    notifications: Notifications, _caller: Caller, body: dict[str, Any], programme_id: str
) -> dict[Role, Text]:
    """What the two would be told as a pair of this programme. Changes nothing."""
    cards = {role: body[role] for role in (Role.MENTOR, Role.MENTEE)}
    return notifications.previews.introductions(programme_id, cards, body["language"])
