"""The HTTP API of notifications."""

from flask import Flask

from services.notifications.application import Notifications
from services.notifications.entrypoints.http import codes, mailbox, messages
from services.notifications.settings import Settings
from shared.runtime.backbone import Backbone
from shared.web import app
from shared.web.tokens import TokenIssuer, checker_for, key_from

ROUTES = (codes.routes, messages.routes)


def make_app(service: Notifications, settings: Settings, backbone: Backbone) -> Flask:
    """Trusts the built-in issuer when its key is given, and the identity provider when its address is. The mailbox has
    routes only where mails stay in it."""
    issuer = TokenIssuer(key_from(settings.token_key)) if settings.token_key else None
    checker = checker_for(issuer, settings.oidc_issuer, settings.oidc_audience, person_claim=settings.person_claim,
                          roles_claim=settings.roles_claim)
    routes = ROUTES if service.mailbox is None else (*ROUTES, mailbox.routes)
    return app.make_app("notifications", service, routes, checker=checker, ready=backbone.ready)
