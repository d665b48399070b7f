"""The app factory of every service: the same health, problems, documents and measures everywhere."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from flask import Blueprint, Flask
from prometheus_client.registry import Collector

from shared.kernel.errors import DomainError
from shared.web.callers import Checker
from shared.web.handlers import answer_errors
from shared.web.health import Measures, add_health
from shared.web.limiter import Limiter
from shared.web.observing import ObservedFlask
from shared.web.openapi import documented_api
from shared.web.problems import PROBLEMS, Kind
from shared.web.routes import Routes
from shared.web.serving import Served

MAX_BYTES = 1024 * 1024
_DOCUMENT = "api-docs.openapi_json"


def make_app(name: str, service: Any, blueprints: Sequence[Routes | Blueprint], *, checker: Checker,
             ready: Callable[[], None], max_bytes: int = MAX_BYTES, collectors: Sequence[Collector] = (),
             problems: Mapping[type[DomainError], Kind] | None = None, limiter: Limiter | None = None) -> Flask:
    """A Flask app serving `blueprints` below /v1, with /v1/openapi.json, /livez, /readyz and /metrics. A blueprint of
    Flask's own is a protocol that describes itself, wherever it wants to be.

    `ready` raises a DomainError while store or log are away; `problems` adds a service's own refusals to the table;
    without a `limiter` callers may ask as fast as they can.
    Raises RuntimeError for a view without a rule or a form.
    """
    app = ObservedFlask(name, static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=max_bytes, PROPAGATE_EXCEPTIONS=False, PROVIDE_AUTOMATIC_OPTIONS=False)
    app.url_map.merge_slashes = False
    app.measures = Measures(collectors)
    table = {**PROBLEMS, **(problems or {})}
    api = documented_api(app, name, table)
    for blueprint in blueprints:
        (api if isinstance(blueprint, Routes) else app).register_blueprint(blueprint)
    _serve_views(app, partial(Served, service, checker, max_bytes=max_bytes, limiter=limiter))
    add_health(app, ready, app.measures)
    answer_errors(app, table)
    return app


def _serve_views(app: Flask, served: Callable[..., Served]) -> None:
    for endpoint, view in app.view_functions.items():
        if endpoint == _DOCUMENT:
            continue
        if not hasattr(view, "rule") or not hasattr(view, "form"):
            raise RuntimeError(f"{endpoint} does not state who may call it, or what it answers")
        app.view_functions[endpoint] = served(view=view)
