"""The HTTP API of surveys."""

from flask import Flask

from services.surveys.application import Surveys
from services.surveys.entrypoints.http import cases, check_ins, goals, journeys
from services.surveys.settings import Settings
from shared.runtime.backbone import Backbone
from shared.web import app
from shared.web.limiter import limiter_of
from shared.web.tokens import checker_of

ROUTES = (journeys.routes, goals.routes, check_ins.routes, cases.routes)


def make_app(service: Surveys, settings: Settings, backbone: Backbone) -> Flask:
    return app.make_app("surveys", service, ROUTES, checker=checker_of(settings), ready=backbone.ready,
                        limiter=limiter_of(settings.requests_per_second))
