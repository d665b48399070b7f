"""Signing in at the company's identity provider, and coming back from it."""

import time
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import structlog
from flask import request, session
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import NotFound

from services.portal.clients.calls import Json, Refused
from services.portal.clients.provider import Attempt, Provider
from services.portal.pages import errors
from services.portal.pages.people import GIVEN, Person
from services.portal.pages.sign_in import acquainted
from services.portal.pages.site import Pages, safe_path
from services.portal.pages.visit import Visit, go
from shared.kernel.errors import Unavailable
from shared.web.callers import NotSignedIn
from shared.web.tokens import claim

log = structlog.get_logger()
pages = Pages("signing_in")
ATTEMPT = "sign-in-attempt"
SCOPE = "sign-in"

AWAY = errors.Trouble(
    _l("Your organisation's sign-in does not answer"),
    _l("Ithaca asks it who you are, and cannot let you in without. Try again in a moment."),
)
FAILED = errors.Trouble(
    _l("The sign-in did not work"),
    _l("It was cancelled, took too long, or was begun in another window. Begin again."),
)
UNKNOWN = errors.Trouble(
    _l("Ithaca does not know you yet"),
    _l("Your organisation's sign-in worked, but nobody has told Ithaca of you. Ask your coordinator or the programme "
       "office to add you to the directory, then sign in again."),
)


@pages.get("/sign-in/start", open_to_all=True)
def start(visit: Visit) -> ResponseReturnValue:
    attempt = Attempt.begin(safe_path(request.args.get("next", "/")), time.time())
    try:
        address = provider_of(visit).address(attempt)
    except Unavailable as reason:
        return provider_away(reason)
    session[ATTEMPT] = asdict(attempt)
    return go(address)


@pages.get("/sign-in/return", open_to_all=True)
def come_back(visit: Visit) -> ResponseReturnValue:
    provider, kept = provider_of(visit), session.pop(ATTEMPT, None)
    attempt, code = Attempt(**kept) if kept else None, request.args.get("code")
    if attempt is None or not code or not attempt.is_answered_by(request.args.get("state", ""), time.time()):
        return errors.told(FAILED, 400)
    try:
        claims = provider.claims(code, attempt)
    except Unavailable as reason:
        return provider_away(reason)
    except NotSignedIn as refused:
        log.warning("sign_in_refused", reason=refused.reason)
        return errors.told(FAILED, 400)
    return let_in(visit, claims, attempt.next)


def provider_away(reason: Unavailable) -> ResponseReturnValue:
    log.error("sign_in_unavailable", reason=str(reason))
    return errors.told(AWAY, 503)


def let_in(visit: Visit, claims: Mapping[str, Any], to: str) -> ResponseReturnValue:
    record = known_here(visit, claims)
    if record is None:
        log.info("stranger_signed_in")
        return errors.told(UNKNOWN, 403)
    roles = claim(claims, visit.portal.settings.roles_claim)
    given = tuple(one for one in GIVEN if one in roles) if isinstance(roles, list) else ()
    visit.begin(acquainted(visit, Person(str(record["id"]), str(record["name"]), given)))
    return go(to)


def known_here(visit: Visit, claims: Mapping[str, Any]) -> Json | None:
    """The person whom the claim names; an address counts only when the provider has seen that it is theirs."""
    name = visit.portal.settings.subject_claim
    subject = claim(claims, name)
    if not isinstance(subject, str) or not subject or (name == "email" and claims.get("email_verified") is not True):
        return None
    try:
        return visit.need(lambda: visit.portal.services_as_portal(SCOPE).matching.signing_in(subject))
    except Refused as refused:
        if refused.status != 404:
            raise
        return None


def provider_of(visit: Visit) -> Provider:
    if visit.portal.provider is None:
        raise NotFound
    return visit.portal.provider
