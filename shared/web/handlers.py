"""Every error becomes a problem; what nobody expected is logged by the request's id and told to nobody."""

import re
import traceback
from typing import Any

import structlog
from flask import Flask, Response
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from shared.kernel.errors import DomainError
from shared.web.callers import NotSignedIn
from shared.web.parsing import MalformedJson, Unreadable
from shared.web.problems import Table, not_found, problem, refusal

log = structlog.get_logger()


def register_problems(app: Flask, realm: str, table: Table) -> None:
    """Handlers for refusals, unreadable requests, HTTP errors and the unexpected."""
    app.register_error_handler(DomainError, lambda error: refusal(error, table))
    app.register_error_handler(NotSignedIn, lambda error: not_signed_in(error, realm))
    app.register_error_handler(Unreadable, unreadable)
    app.register_error_handler(MalformedJson, malformed)
    app.register_error_handler(HTTPException, http_problem)
    app.register_error_handler(Exception, unexpected)


def not_signed_in(error: NotSignedIn, realm: str) -> Response:
    """401, with the challenge of RFC 6750."""
    answer = problem(401, "not-signed-in", "Not signed in", error.reason or "send a bearer token")
    told = f', error="invalid_token", error_description="{error.reason}"' if error.reason else ""
    answer.headers["WWW-Authenticate"] = f'Bearer realm="{realm}"{told}'
    return answer


def unreadable(error: Unreadable) -> Response:
    """422 with a pointer to each field."""
    return problem(422, "unreadable", "Not as the schema says", "see errors", errors=error.errors)


def malformed(error: MalformedJson) -> Response:
    return problem(400, "malformed-json", "Malformed JSON", str(error))


def http_problem(error: HTTPException) -> Response:
    """What Flask and werkzeug refuse: no such route, method, size, media type."""
    if isinstance(error, NotFound):
        return not_found()
    status = error.code or 500
    answer = problem(status, re.sub(r"[^a-z]+", "-", error.name.lower()), error.name, _detail(error))
    if isinstance(error, MethodNotAllowed):
        answer.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
    return answer


def _detail(error: HTTPException) -> str | None:
    return error.description if (error.code or 500) < 500 else None


def unexpected(error: Exception) -> Response:
    """500. The log gets where it happened and what kind it was; its text may hold a person's data and stays out."""
    log.error("request_failed", error=type(error).__name__, at=_places(error))
    return problem(500, "unexpected", "Something went wrong here", "Report the X-Request-Id of this answer.")


def _places(error: BaseException) -> list[Any]:
    frames = traceback.extract_tb(error.__traceback__)[-12:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
