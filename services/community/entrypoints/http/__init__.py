"""The HTTP API of community."""

from flask import Flask

from services.community.application import Community
from services.community.entrypoints.http import spaces, training
from services.community.settings import Settings
from shared.runtime.backbone import Backbone
from shared.web import app
from shared.web.limiter import limiter_of
from shared.web.tokens import checker_of

ROUTES = (spaces.routes, training.routes)


def make_app(service: Community, settings: Settings, backbone: Backbone) -> Flask:
    return app.make_app("community", service, ROUTES, checker=checker_of(settings), ready=backbone.ready,
                        limiter=limiter_of(settings.requests_per_second))
