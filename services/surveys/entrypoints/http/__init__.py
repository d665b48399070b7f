"""The HTTP API of surveys."""

from flask import Flask

from services.surveys.application import Surveys
from services.surveys.entrypoints.http import cases, check_ins, goals, journeys
from services.surveys.entrypoints.http.callers import auditor
from services.surveys.settings import Settings
from shared.runtime.backbone import Backbone
from shared.web import app
from shared.web.audit import audit_routes
from shared.web.limiter import limiter_of
from shared.web.tokens import checker_of

ROUTES = (journeys.routes, goals.routes, check_ins.routes, cases.routes)


def make_app(service: Surveys, settings: Settings, backbone: Backbone) -> Flask:
    routes = (*ROUTES, audit_routes(lambda: backbone.trail, auditor))
    return app.make_app("surveys", service, routes, checker=checker_of(settings), ready=backbone.ready,
                        limiter=limiter_of(settings.requests_per_second))
