"""The HTTP API of surveys."""

from flask import Flask

from services.surveys.application import Surveys
from services.surveys.entrypoints.http import cases, check_ins, goals, journeys
from services.surveys.settings import Settings
from shared.runtime.backbone import Backbone
from shared.web import app
from shared.web.tokens import TokenIssuer, checker_for, key_from

ROUTES = (journeys.routes, goals.routes, check_ins.routes, cases.routes)


def make_app(service: Surveys, settings: Settings, backbone: Backbone) -> Flask:
    """Trusts the built-in issuer when its key is given, and the identity provider when its address is."""
    issuer = TokenIssuer(key_from(settings.token_key)) if settings.token_key else None
    checker = checker_for(issuer, settings.oidc_issuer, settings.oidc_audience, person_claim=settings.person_claim,
                          roles_claim=settings.roles_claim)
    return app.make_app("surveys", service, ROUTES, checker=checker, ready=backbone.ready)
