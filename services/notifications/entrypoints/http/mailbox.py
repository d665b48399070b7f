"""The built-in mailbox: served only where mails stay in it."""

from email import message_from_string
from email.message import EmailMessage
from email.policy import default
from typing import Any

from marshmallow import fields

from services.notifications.application import Notifications
from services.notifications.application.mailbox import SentMail
from services.notifications.entrypoints.http.callers import addressee, sees_all, the_mailbox
from shared.kernel.errors import NotAllowed
from shared.web.bodies import Body, Moment, items_of
from shared.web.callers import Caller, requires, signed_in
from shared.web.paging import Paging, paged
from shared.web.replies import Reply
from shared.web.routes import Routes

routes = Routes("mailbox", "/mailbox", description="Sent mails, where there is no mail server")


class MailLineBody(Body):
    id = fields.String()
    to = fields.String()
    person_id = fields.String(allow_none=True)
    subject = fields.String()
    sent_at = Moment()


class AttachmentBody(Body):
    name = fields.String()
    content_type = fields.String()
    text = fields.String()


class MailBody(MailLineBody):
    headers = fields.Dict(keys=fields.String(), values=fields.String())
    text = fields.String()
    html = fields.String()
    attachments = fields.List(fields.Nested(AttachmentBody))
    raw = fields.String()


class MailQuery(Paging):
    to = fields.String(load_default="")


@routes.get("")
@requires(signed_in)
@routes.arguments(MailQuery, location="query")
@routes.response(200, items_of(MailLineBody))
def find(notifications: Notifications, caller: Caller, query: dict[str, Any]) -> Reply:
    """The newest first; those to one address where `to` names it."""
    mailbox = the_mailbox(notifications)
    where = {"to": query["to"]} if query["to"] else {}
    if not sees_all(caller):
        where["person_id"] = _person_id(caller)
    return paged(mailbox.page(where, query["limit"], query["after"]))


@routes.get("/<mail_id>")
@requires(addressee)
@routes.response(200, MailBody)
def show(notifications: Notifications, _caller: Caller, mail_id: str) -> dict[str, Any]:
    return _opened(the_mailbox(notifications).get(mail_id))


def _person_id(caller: Caller) -> str:
    if caller.person_id is None:
        raise NotAllowed("this is for people")
    return caller.person_id


def _opened(mail: SentMail) -> dict[str, Any]:
    message = message_from_string(mail.raw, policy=default)
    return {
        "id": mail.id, "to": mail.to, "person_id": mail.person_id, "subject": mail.subject, "sent_at": mail.sent_at,
        "headers": {name: str(value) for name, value in message.items()}, "raw": mail.raw,
        "text": _part(message, "plain"), "html": _part(message, "html"),
        "attachments": [_attachment(one) for one in message.iter_attachments()],
    }


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part else ""


def _attachment(part: Any) -> dict[str, str]:
    kind = f"{part.get_content_type()}; method={part.get_param('method')}"
    return {"name": part.get_filename(""), "content_type": kind, "text": part.get_content()}
