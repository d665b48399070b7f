"""Around every request: its id and trace, the access log, the measures, and the headers that every answer has."""

import os
import re
from time import perf_counter

import structlog
from flask import Flask, Request, Response, request
from structlog.contextvars import bound_contextvars

from shared.kernel.trace import tracing
from shared.web.health import Measures
from shared.web.rules import LazyRule

log = structlog.get_logger("web")

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_TRACEPARENT = re.compile(r"00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class ObservedFlask(Flask):
    """Flask with every answer, problems included, made inside the request's trace."""

    measures: Measures
    url_rule_class = LazyRule

    def full_dispatch_request(self) -> Response:
        """Binds the trace and the request's id for logs and events, then measures what comes back."""
        traceparent = traceparent_of(request)
        request_id = request_id_of(request, traceparent)
        with tracing(traceparent), bound_contextvars(request_id=request_id):
            began = perf_counter()
            response = super().full_dispatch_request()
            self._note(response, perf_counter() - began)
        response.headers["X-Request-Id"] = request_id
        return response

    def _note(self, response: Response, seconds: float) -> None:
        route = request.url_rule.rule if request.url_rule else "none"
        method = request.method if request.method in METHODS else "other"
        self.measures.note(method, route, response.status_code, seconds)
        response.headers.extend([one for one in HEADERS.items() if one[0] not in response.headers])
        log.info("request_answered", method=method, route=route, status=response.status_code,
                 ms=round(seconds * 1000, 1))


def traceparent_of(request: Request) -> str:
    """The client's W3C trace context where it is one; else the beginning of a new trace."""
    given = request.headers.get("traceparent", "")
    if _TRACEPARENT.fullmatch(given):
        return given
    fresh = os.urandom(24).hex()
    return f"00-{fresh[:32]}-{fresh[32:]}-01"


def request_id_of(request: Request, traceparent: str) -> str:
    """The client's X-Request-Id where it is a plain word; else the id of the trace."""
    given = request.headers.get("X-Request-Id", "")
    return given if _REQUEST_ID.fullmatch(given) else traceparent[3:35]
