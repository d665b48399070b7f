"""Pages for what went wrong: each says what happened and what to do next."""

from dataclasses import dataclass

import structlog
from flask import Flask, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from services.portal.clients.calls import NoAnswer, Refused
from services.portal.pages.portal import Portal
from services.portal.pages.sessions import SIGN_IN
from services.portal.pages.site import to_sign_in
from shared.web.limiter import TooManyRequests

log = structlog.get_logger()


@dataclass(frozen=True)
class Trouble:
    title: LazyString
    text: LazyString


TROUBLES = {
    400: Trouble(
        _l("That did not work"),
        _l("The form could not be read. Go back, load the page again and send it once more."),
    ),
    403: Trouble(
        _l("This page is not yours to open"),
        _l("It belongs to somebody else's task. If it should be yours, ask your coordinator."),
    ),
    404: Trouble(
        _l("There is nothing here"),
        _l("The address may be mistyped, or what it named is not there any more, or it is not for you to see."),
    ),
    405: Trouble(
        _l("That did not work"), _l("This address takes no such request. Begin again from the first page.")
    ),
    413: Trouble(_l("The file is too large"), _l("Send it in parts, or as CSV instead of a workbook.")),
    429: Trouble(_l("Too many files at once"), _l("Wait a moment, then ask for the file again.")),
    500: Trouble(
        _l("Something broke on our side"),
        _l("Nothing you entered was changed halfway. We have noted it; try again in a moment."),
    ),
    503: Trouble(
        _l("A part of Ithaca does not answer"),
        _l("What you see elsewhere is complete; this page needs the missing part. Try again in a moment."),
    ),
}


def join(app: Flask, portal: Portal) -> None:
    app.register_error_handler(HTTPException, of_http)
    app.register_error_handler(500, broken)
    app.register_error_handler(Refused, lambda error: refused(app, portal, error))
    app.register_error_handler(NoAnswer, unanswered)
    app.register_error_handler(CSRFError, expired)
    app.register_error_handler(TooManyRequests, too_many)


DAMAGED = Trouble(
    _l("That did not work"),
    _l("The address of this page cannot be read: perhaps it was cut, or the list has changed. Begin again from the "
       "first page."),
)


def page(status: int) -> ResponseReturnValue:
    if status == 400 and request.method == "GET":
        return told(DAMAGED, status)
    return told(TROUBLES.get(status) or TROUBLES[500 if status >= 500 else 400], status)


def told(trouble: Trouble, status: int) -> ResponseReturnValue:
    """A page for this trouble."""
    return render_template("error.html", trouble=trouble, status=status), status


def of_http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error.get_response()
    return page(error.code)


def broken(_error: Exception) -> ResponseReturnValue:
    log.error("page_broken", path=request.path, exc_info=True)
    return page(500)


def refused(app: Flask, portal: Portal, error: Refused) -> ResponseReturnValue:
    """A token that does not count any more means: sign in again."""
    log.info("page_refused", path=request.path, service=error.service, status=error.status, code=error.code)
    if error.status == 401:
        session.pop(SIGN_IN, None)
        return to_sign_in(app, portal)
    return page(error.status if error.status in TROUBLES else 400)


def unanswered(error: NoAnswer) -> ResponseReturnValue:
    log.warning("part_missing", path=request.path, service=error.service)
    return page(503)


def too_many(_error: TooManyRequests) -> ResponseReturnValue:
    return page(429)


def expired(_error: CSRFError) -> ResponseReturnValue:
    return page(400)
