"""The app factory of every service: the same health, problems, documents and measures everywhere."""

import time
from collections.abc import Callable, Sequence
from typing import Any

import structlog
from flask import Flask, Response, request
from flask_smorest import Api
from marshmallow import Schema, fields
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.registry import Collector
from werkzeug.exceptions import HTTPException

from shared.kernel.errors import DomainError
from shared.kernel.ids import new_id
from shared.web.callers import Checker, NotSignedIn
from shared.web.problems import problem, refusal
from shared.web.replies import API_ROOT
from shared.web.routes import Routes
from shared.web.serving import Served

log = structlog.get_logger("web")

MAX_BYTES = 1024 * 1024
_OPEN = {"livez", "readyz", "metrics", "api-docs.openapi_json"}


class ProblemSchema(Schema):
    """RFC 9457."""

    type = fields.String()
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    code = fields.String(required=True)
    detail = fields.String()


class _Api(Api):
    ERROR_SCHEMA = ProblemSchema


def make_app(name: str, service: Any, blueprints: Sequence[Routes], *, checker: Checker, ready: Callable[[], None],
             max_bytes: int = MAX_BYTES, collectors: Sequence[Collector] = ()) -> Flask:
    """A Flask app serving `blueprints` below /v1, with /v1/openapi.json, /livez, /readyz and /metrics.

    `ready` raises a DomainError while store or log are away. Raises RuntimeError for a view without a rule or a form.
    """
    app = Flask(name, static_folder=None)
    app.config.update(API_TITLE=name, API_VERSION="v1", OPENAPI_VERSION="3.1.0", OPENAPI_URL_PREFIX=API_ROOT,
                      OPENAPI_JSON_PATH="openapi.json", MAX_CONTENT_LENGTH=max_bytes, PROPAGATE_EXCEPTIONS=False)
    api = _Api(app)
    api.spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"})
    api.spec.options["security"] = [{"bearer": []}]
    for blueprint in blueprints:
        api.register_blueprint(blueprint)
    _serve_views(app, service, checker, max_bytes)
    _add_health(app, ready)
    _add_measures(app, collectors)
    _answer_errors(app)
    return app


def _serve_views(app: Flask, service: Any, checker: Checker, max_bytes: int) -> None:
    for endpoint, view in app.view_functions.items():
        if endpoint in _OPEN:
            continue
        if not hasattr(view, "rule") or not hasattr(view, "form"):
            raise RuntimeError(f"{endpoint} does not state who may call it, or what it answers")
        app.view_functions[endpoint] = Served(service, checker, view, max_bytes)


def _add_health(app: Flask, ready: Callable[[], None]) -> None:
    @app.get("/livez")
    def livez() -> Response:
        return Response("alive\n", content_type="text/plain")

    @app.get("/readyz")
    def readyz() -> Response:
        ready()
        return Response("ready\n", content_type="text/plain")


def _add_measures(app: Flask, collectors: Sequence[Collector]) -> None:
    registry = CollectorRegistry()
    for collector in collectors:
        registry.register(collector)
    requests = Counter("http_requests", "Requests", ["method", "route", "status"], registry=registry)
    seconds = Histogram("http_request_seconds", "Time to the answer", ["method", "route"], registry=registry)

    @app.get("/metrics")
    def metrics() -> Response:
        return Response(generate_latest(registry), content_type="text/plain; version=0.0.4")

    @app.before_request
    def begin() -> None:
        request.environ["ithaca.began"] = time.perf_counter()

    @app.after_request
    def note(response: Response) -> Response:
        route, took = str(request.url_rule or "none"), time.perf_counter() - request.environ["ithaca.began"]
        requests.labels(request.method, route, response.status_code).inc()
        seconds.labels(request.method, route).observe(took)
        log.info("request_answered", method=request.method, route=route, status=response.status_code,
                 ms=round(took * 1000, 1))
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def _answer_errors(app: Flask) -> None:
    @app.errorhandler(DomainError)
    def refused(error: DomainError) -> Response:
        return refusal(error)

    @app.errorhandler(NotSignedIn)
    def not_signed_in(error: NotSignedIn) -> Response:
        answer = problem(401, "not-signed-in", "Sign in", error.reason or "send a bearer token that has not expired")
        answer.headers["WWW-Authenticate"] = "Bearer" + (' error="invalid_token"' if error.reason else "")
        return answer

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        return _http_problem(error)

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        incident = new_id()
        log.error("request_failed", incident=incident, route=str(request.url_rule), error=type(error).__name__,
                  exc_info=error)
        return problem(500, "internal-error", "Something went wrong here", f"Tell the operators incident {incident}.")


def _http_problem(error: HTTPException) -> Response:
    status = error.code or 500
    messages = getattr(error, "data", {}).get("messages")
    more = {"errors": list(_pointers(messages))} if isinstance(messages, dict) else {}
    code = "invalid-input" if more else error.name.lower().replace(" ", "-")
    answer = problem(status, code, error.name, None if more else error.description, **more)
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            answer.headers[name] = value
    return answer


def _pointers(messages: Any, path: str = "") -> Any:
    """Each message of marshmallow with a JSON pointer to what it is about."""
    if isinstance(messages, dict):
        for name, below in messages.items():
            skip = not path and name in ("json", "query", "form", "files")
            yield from _pointers(below, path if skip else f"{path}/{name}")
    else:
        for text in messages if isinstance(messages, list) else [messages]:
            yield {"pointer": path or "/", "detail": str(text)}
