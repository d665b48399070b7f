"""What somebody sent after their session was over: kept here for a while, and given back to the same person only.

Nothing is sent by itself: after the sign-in the page shows its form filled in, and the person sends it. The cookie
holds the name of what is kept and a keyed digest of whose it is; files are not kept."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import unquote

from flask import Flask, Response, request, session
from flask_wtf.csrf import CSRFError

from services.portal.pages.portal import Portal
from services.portal.pages.refill import AS_SENT, PAGES_OWN, refilled
from services.portal.pages.sessions import SIGN_IN

UNSENT, WHOSE = "unsent", "whose"
LONGEST = 200_000
"""Characters of a form that is kept."""
ANY_PAGE = "/"
"""Where the browser did not say which page of ours the form was on."""
NOT_SENT = (400, 429)
"""The hidden field was stale, or there were too many at once: nothing was done."""


@dataclass(frozen=True)
class Unsent:
    """`fields` as they were sent to `path` from `page`."""

    whose: str
    page: str
    path: str
    fields: dict[str, list[str]]

    @property
    def texts(self) -> list[str]:
        """What was written, not chosen."""
        return [value.strip() for values in self.fields.values() for value in values if len(value.split()) > 1]

    @property
    def is_here(self) -> bool:
        return self.page == ANY_PAGE or unquote(self.page) == unquote(request.full_path.rstrip("?"))


def join(app: Flask, portal: Portal) -> None:
    app.after_request(lambda response: given_back(portal, response))
    app.jinja_env.globals.update(unsent=lambda: unsent_here(portal))


def whose(portal: Portal, person_id: str) -> str:
    """The same for the same person, and nothing that says who it is."""
    return hmac.new(portal.settings.cookie_secret.encode(), f"whose {person_id}".encode(), hashlib.sha256).hexdigest()


def keep(app: Flask, portal: Portal, page: str) -> bool:
    """Keeps the form of this request, if it is one of ours and of somebody who was signed in. Says whether it did."""
    fields = {name: values for name, values in request.form.to_dict(flat=False).items() if name != PAGES_OWN}
    if not fields.keys() - {*AS_SENT} or size(fields) > LONGEST or WHOSE not in session or not is_ours(app):
        return False
    forget(portal)
    session[UNSENT] = portal.unsent.begin(asdict(Unsent(session[WHOSE], page, request.path, fields)))
    return True


def is_ours(app: Flask) -> bool:
    """A form that another site made is not kept either."""
    try:
        app.extensions["csrf"].protect()
    except CSRFError:
        return False
    return True


def size(fields: dict[str, list[str]]) -> int:
    return sum(len(value) for values in fields.values() for value in values)


def forget(portal: Portal) -> None:
    portal.unsent.end(session.pop(UNSENT, ""))


def carry_over(portal: Portal, before: Mapping[str, Any], person_id: str) -> None:
    """Into the session that begins for this person, out of the one before; what is somebody else's is dropped."""
    session[WHOSE] = whose(portal, person_id)
    if before.get(WHOSE) == session[WHOSE] and UNSENT in before:
        session[UNSENT] = before[UNSENT]
    else:
        portal.unsent.end(before.get(UNSENT, ""))


def found(portal: Portal) -> Unsent | None:
    """What waits for whoever is signed in now."""
    record = portal.unsent.find(session.get(UNSENT, ""))
    who = portal.sessions.find(session.get(SIGN_IN, "")) if record else None
    return Unsent(**record) if record and who and record["whose"] == whose(portal, who["id"]) else None


def unsent_here(portal: Portal) -> Unsent | None:
    left = found(portal)
    return left if left and left.is_here else None


def given_back(portal: Portal, response: Response) -> Response:
    """Into its form, when the page of it is shown; it is over when the form was sent."""
    left = found(portal)
    sent = response.status_code < 500 and response.status_code not in NOT_SENT
    if left and request.method == "POST" and request.path == left.path and sent:
        forget(portal)
    elif left and left.is_here and request.method == "GET" and response.mimetype == "text/html":
        response.set_data(refilled(response.get_data(as_text=True), left.path, left.fields))
    return response
