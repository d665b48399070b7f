"""The HTTP API of notifications."""

from flask import Flask

from services.notifications.application import Notifications
from services.notifications.entrypoints.http import codes, mailbox, messages, previews
from services.notifications.settings import Settings
from shared.runtime.backbone import Backbone
from shared.web import app
from shared.web.limiter import limiter_of
from shared.web.tokens import checker_of

ROUTES = (codes.routes, messages.routes, previews.routes)


def make_app(service: Notifications, settings: Settings, backbone: Backbone) -> Flask:
    """The mailbox has routes only where mails stay in it."""
    routes = ROUTES if service.mailbox is None else (*ROUTES, mailbox.routes)
    return app.make_app("notifications", service, routes, checker=checker_of(settings), ready=backbone.ready,
                        limiter=limiter_of(settings.requests_per_second))
