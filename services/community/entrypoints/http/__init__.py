"""The HTTP API of community."""

from flask import Flask

from services.community.application import Community
from services.community.entrypoints.http import spaces, training
from services.community.settings import Settings
from shared.runtime.backbone import Backbone
from shared.web import app
from shared.web.tokens import TokenIssuer, checker_for, key_from

ROUTES = (spaces.routes, training.routes)


def make_app(service: Community, settings: Settings, backbone: Backbone) -> Flask:
    """Trusts the built-in issuer when its key is given, and the identity provider when its address is."""
    issuer = TokenIssuer(key_from(settings.token_key)) if settings.token_key else None
    checker = checker_for(issuer, settings.oidc_issuer, settings.oidc_audience, person_claim=settings.person_claim,
                          roles_claim=settings.roles_claim)
    return app.make_app("community", service, ROUTES, checker=checker, ready=backbone.ready)
