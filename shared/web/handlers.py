"""Every error becomes a problem; what nobody expected is logged under the request's id and told to nobody."""

import traceback
from collections.abc import Iterator
from typing import Any

import structlog
from flask import Flask, Response, request
from structlog.contextvars import get_contextvars
from werkzeug.exceptions import HTTPException, NotFound

from shared.kernel.errors import DomainError
from shared.web.callers import NotSignedIn
from shared.web.problems import Table, not_found, problem, refusal

log = structlog.get_logger("web")
_LOCATIONS = ("json", "query", "form", "files")


def answer_errors(app: Flask, table: Table) -> None:
    """Handlers for refusals, missing sign-in, HTTP's own errors, and the unexpected."""
    app.register_error_handler(DomainError, lambda error: refused(error, table))
    app.register_error_handler(NotSignedIn, not_signed_in)
    app.register_error_handler(HTTPException, http_problem)
    app.register_error_handler(Exception, unexpected)


def refused(error: DomainError, table: Table) -> Response:
    """What is refused for now is nobody's mistake who asks: the log says why."""
    answer = refusal(error, table)
    if answer.status_code == 503:
        log.warning("request_put_off", route=str(request.url_rule), code=error.code, reason=str(error))
    return answer


def not_signed_in(error: NotSignedIn) -> Response:
    """401 with the challenge of RFC 6750."""
    answer = problem(401, "not-signed-in", "Sign in", error.reason or "send a bearer token that has not expired")
    answer.headers["WWW-Authenticate"] = "Bearer" + (' error="invalid_token"' if error.reason else "")
    return answer


def http_problem(error: HTTPException) -> Response:
    """What Flask, werkzeug and webargs refuse; 422 lists each field."""
    if isinstance(error, NotFound):
        return not_found()
    messages = getattr(error, "data", {}).get("messages")
    more = {"errors": list(pointers(messages))} if isinstance(messages, dict) else {}
    code = "invalid-input" if more else error.name.lower().replace(" ", "-")
    answer = problem(error.code or 500, code, error.name, None if more else error.description, **more)
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            answer.headers[name] = value
    return answer


def unexpected(error: Exception) -> Response:
    """500. The log gets where it happened and of what kind it was; its text may hold a person's data and stays out."""
    incident = get_contextvars().get("request_id")
    log.error("request_failed", incident=incident, route=str(request.url_rule), error=type(error).__name__,
              at=_places(error))
    return problem(500, "internal-error", "Something went wrong here", f"Tell the operators incident {incident}.")


def pointers(messages: Any, path: str = "") -> Iterator[dict[str, str]]:
    """Each message of marshmallow with a JSON pointer to what it is about."""
    if isinstance(messages, dict):
        for name, below in messages.items():
            skip = name == "_schema" or (not path and name in _LOCATIONS)
            yield from pointers(below, path if skip else f"{path}/{_escaped(str(name))}")
    else:
        for text in messages if isinstance(messages, list) else [messages]:
            yield {"pointer": path or "/", "detail": str(text)}


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _places(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)[-12:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
