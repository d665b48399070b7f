"""The mails that were sent, for whoever keeps the house: where all services run in one, without a mail server."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from services.portal.clients.calls import Json
from services.portal.pages.security import PREVIEW_POLICY
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit

pages = Pages("mailbox")


@pages.get("/mailbox")
def mailbox(visit: Visit) -> ResponseReturnValue:
    only_here(visit)
    to = request.args.get("to", "").strip()
    after = request.args.get("after", "")
    mails = visit.need(lambda: visit.services.notifications.mailbox(to=to, after=after))
    return render_template("mailbox.html", rows=mails, to=to)


@pages.get("/mailbox/<message_id>")
def mail(visit: Visit, message_id: str) -> ResponseReturnValue:
    return render_template("mail.html", mail=found(visit, message_id))


@pages.get("/preview/<message_id>")
def preview(visit: Visit, message_id: str) -> ResponseReturnValue:
    """The mail as it was sent, in a frame that may run and load nothing."""
    return Response(
        found(visit, message_id).get("html") or "",
        mimetype="text/html",
        headers={"Content-Security-Policy": PREVIEW_POLICY},
    )


def found(visit: Visit, message_id: str) -> Json:
    only_here(visit)
    return visit.need(lambda: visit.services.notifications.mail(message_id))


def only_here(visit: Visit) -> None:
    if not visit.portal.mailbox or not visit.person.keeps_house:
        raise NotFound
