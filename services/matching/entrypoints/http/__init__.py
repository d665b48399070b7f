"""The HTTP API of matching."""

from flask import Flask

from services.matching.application import Matching
from services.matching.entrypoints.http import (
    erasures,
    imports,
    pairs,
    participants,
    people,
    programmes,
    proposals,
    runs,
    scim,
    tasks,
)
from services.matching.settings import Settings
from shared.runtime.backbone import Backbone
from shared.web import app
from shared.web.tokens import TokenIssuer, checker_for, key_from

ROUTES = (
    programmes.routes, participants.routes, people.routes, imports.routes, runs.routes, proposals.routes, pairs.routes,
    scim.routes, tasks.routes, erasures.routes)


def make_app(service: Matching, settings: Settings, backbone: Backbone) -> Flask:
    """Trusts the built-in issuer when its key is given, and the identity provider when its address is."""
    issuer = TokenIssuer(key_from(settings.token_key)) if settings.token_key else None
    checker = checker_for(issuer, settings.oidc_issuer, settings.oidc_audience, person_claim=settings.person_claim,
                          roles_claim=settings.roles_claim)
    return app.make_app("matching", service, ROUTES, checker=checker, ready=backbone.ready)
