"""The HTTP API of matching."""

from flask import Flask

from services.matching.application import Matching
from services.matching.entrypoints.http import (
    applications,
    campaigns,
    channel_texts,
    charge,
    checklists,
    circles,
    decisions,
    directory_files,
    erasures,
    fairness,
    funnels,
    imports,
    invitations,
    motives,
    pairs,
    participants,
    people,
    profile,
    programmes,
    proposals,
    qualities,
    readiness,
    renewals,
    requests,
    rules,
    rulings,
    runs,
    saved_views,
    scim,
    seeking,
    sponsoring,
    stepping_ups,
    steps,
    tasks,
    trade_offs,
    waiting,
    waivers,
)
from services.matching.entrypoints.http.callers import auditor
from services.matching.settings import Settings
from shared.runtime.backbone import Backbone
from shared.web import app
from shared.web.audit import audit_routes
from shared.web.limiter import limiter_of
from shared.web.tokens import checker_of

ROUTES = (
    programmes.routes, charge.routes, checklists.routes, profile.routes, participants.routes, people.routes,
    directory_files.routes, applications.routes, steps.routes, campaigns.routes,
    channel_texts.routes,
    decisions.routes, invitations.routes, imports.routes, runs.routes, rules.routes, rulings.routes, proposals.routes,
    fairness.routes, funnels.routes, pairs.routes, circles.routes, readiness.routes, seeking.routes, requests.routes,
    scim.routes, tasks.routes, erasures.routes, stepping_ups.routes, motives.routes, renewals.routes, sponsoring.routes,
    trade_offs.routes, waiting.routes, waivers.routes, saved_views.routes, qualities.routes)


def make_app(service: Matching, settings: Settings, backbone: Backbone) -> Flask:
    routes = (*ROUTES, audit_routes(lambda: backbone.trail, auditor))
    return app.make_app("matching", service, routes, checker=checker_of(settings), ready=backbone.ready,
                        limiter=limiter_of(settings.requests_per_second))
