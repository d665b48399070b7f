"""The HTTP API of community."""

from flask import Flask

from services.community.application import Community
from services.community.entrypoints.http import spaces, training
from services.community.entrypoints.http.callers import auditor
from services.community.settings import Settings
from shared.runtime.backbone import Backbone
from shared.web import app
from shared.web.audit import audit_routes
from shared.web.limiter import limiter_of
from shared.web.tokens import checker_of

ROUTES = (spaces.routes, training.routes)


def make_app(service: Community, settings: Settings, backbone: Backbone) -> Flask:
    routes = (*ROUTES, audit_routes(lambda: backbone.trail, auditor))
    return app.make_app("community", service, routes, checker=checker_of(settings), ready=backbone.ready,
                        limiter=limiter_of(settings.requests_per_second))
