"""The portal over HTTP: pages for people, files for their browsers."""

import json
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise

from services.portal.entrypoints.http import health
from services.portal.pages import (
    advice,
    applications,
    campaigns,
    channel_texts,
    check_in,
    checklist,
    choosing,
    circles,
    counted_answers,
    deciding,
    directory,
    entrusting,
    errors,
    events,
    form,
    funnel,
    imports,
    introductions,
    inviting,
    lists,
    mailbox,
    mine,
    motives,
    objectives,
    pairs,
    profile,
    programmes,
    proposals,
    publishing,
    readiness,
    renewals,
    requests,
    rows,
    rules,
    rulings,
    runs,
    saved_views,
    security,
    setting_up,
    sign_in,
    signing_in,
    site,
    sponsoring,
    starting,
    steps,
    surroundings,
    taking_part,
    tasks,
    unsent,
    withdrawing,
)
from services.portal.pages.compiled import CompiledTemplates
from services.portal.pages.portal import Portal
from services.portal.settings import Settings
from shared.web.rules import LazyRule

HOME = Path(__file__).parents[2]
STATIC, TEMPLATES = HOME / "static", HOME / "pages" / "templates"
SUBJECTS = (
    sign_in, signing_in, programmes, imports, directory, runs, readiness, proposals, rulings, introductions, pairs,
    requests, choosing, applications, deciding, inviting, campaigns, form, rows, funnel, tasks, mine, check_in, mailbox,
    events, advice, setting_up, checklist, entrusting, objectives, rules, counted_answers, profile, motives, renewals,
    sponsoring, circles, taking_part, lists, saved_views, steps,
    channel_texts, starting, publishing, withdrawing,
)
A_YEAR = 365 * 24 * 3600


def make_app(portal: Portal, settings: Settings) -> Flask:
    """Raises FileNotFoundError when the static files were not built."""
    app = Flask("ithaca-portal", template_folder=str(TEMPLATES), static_folder=None)
    app.url_rule_class = LazyRule
    app.config.update(cookies(settings), MAX_CONTENT_LENGTH=settings.upload_megabytes * 1024 * 1024)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.bytecode_cache = CompiledTemplates(TEMPLATES)
    site.join(app, portal, [subject.pages for subject in SUBJECTS])
    security.join(app)
    errors.join(app, portal)
    unsent.join(app, portal)
    surroundings.join(app, portal, manifest(), str(HOME / "translations"))
    health.join(app)
    for subject in SUBJECTS:
        subject.pages.join(app, portal)
    app.wsgi_app = files(app)  # type: ignore[method-assign]
    return app


def cookies(settings: Settings) -> dict[str, object]:
    """Over https the browser itself holds the cookie to this host."""
    return {
        "SECRET_KEY": settings.cookie_secret,
        "SESSION_COOKIE_NAME": "__Host-ithaca" if settings.is_https else "ithaca",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
    }


def manifest() -> dict[str, str]:
    """Which hashed file a source became."""
    text = (STATIC / "manifest.json").read_text()
    return {name: f"/static/{file}" for name, file in json.loads(text).items()}


def files(app: Flask) -> WhiteNoise:
    """All names are hashed, so browsers may keep them."""
    return WhiteNoise(app.wsgi_app, root=str(STATIC), prefix="static/", max_age=A_YEAR)
