"""The HTTP API of notifications."""

from flask import Flask

from services.notifications.application import Notifications
from services.notifications.entrypoints.http import codes, contacts, mailbox, messages, previews
from services.notifications.entrypoints.http.callers import auditor
from services.notifications.settings import Settings
from shared.runtime.backbone import Backbone
from shared.web import app
from shared.web.audit import audit_routes
from shared.web.limiter import limiter_of
from shared.web.tokens import checker_of

ROUTES = (codes.routes, contacts.routes, messages.routes, previews.routes)


def make_app(service: Notifications, settings: Settings, backbone: Backbone) -> Flask:
    """The mailbox has routes only where mails stay in it."""
    mails = () if service.mailbox is None else (mailbox.routes,)
    routes = (*ROUTES, *mails, audit_routes(lambda: backbone.trail, auditor))
    return app.make_app("notifications", service, routes, checker=checker_of(settings), ready=backbone.ready,
                        limiter=limiter_of(settings.requests_per_second))
