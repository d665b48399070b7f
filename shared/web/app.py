"""Makes the Flask app of a service: its routes behind tokens and rules, documented, observed, and healthy or not."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from flask import Flask
from prometheus_client.registry import Collector

from shared.kernel.errors import DomainError
from shared.web.callers import Checker
from shared.web.handlers import register_problems
from shared.web.health import Metrics, add_health
from shared.web.observing import ObservedFlask
from shared.web.openapi import documented_api
from shared.web.problems import PROBLEMS, Kind
from shared.web.routes import Routes
from shared.web.serving import served

MIB = 1024 * 1024


def make_app(name: str, service: Any, blueprints: Sequence[Routes], *, checker: Checker, ready: Callable[[], None],
             title: str = "", release: str = "1", max_body: int = MIB,
             problems: Mapping[type[DomainError], Kind] | None = None,
             collectors: Iterable[Collector] = ()) -> ObservedFlask:
    """The app of one service.

    `service` is what views get first; `ready` raises Unavailable while the process should get no requests; `problems`
    adds the service's own refusals to the table; `collectors` join /metrics. Raises RouteIncomplete for a route that
    does not say who may call it.
    """
    app = _bare(name, max_body)
    app.metrics = Metrics(collectors)
    api = documented_api(app, name, title or name, release)
    for one in blueprints:
        api.register_blueprint(one)
        _serve(app, one.name, service, checker)
    add_health(app, ready, app.metrics)
    register_problems(app, name, {**PROBLEMS, **(problems or {})})
    return app


def _bare(name: str, max_body: int) -> ObservedFlask:
    app = ObservedFlask(name, static_folder=None, template_folder=None, root_path="/")
    app.config |= {"MAX_CONTENT_LENGTH": max_body, "PROVIDE_AUTOMATIC_OPTIONS": False}
    app.url_map.merge_slashes = False
    return app


def _serve(app: Flask, blueprint: str, service: Any, checker: Checker) -> None:
    for endpoint in [one for one in app.view_functions if one.startswith(blueprint + ".")]:
        app.view_functions[endpoint] = served(endpoint, app.view_functions[endpoint], service, checker)
