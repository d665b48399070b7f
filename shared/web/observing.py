"""Around every request: its trace and id, the access log, the metrics, and the headers that every answer has."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

import structlog
from flask import Flask, Request, Response, request
from structlog.contextvars import bound_contextvars

from shared.kernel.ids import new_id
from shared.kernel.trace import tracing
from shared.web.health import OPERATIONAL, Metrics

log = structlog.get_logger()
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_TRACEPARENT = re.compile(r"00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
NO_ROUTE = "(none)"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class ObservedFlask(Flask):
    """A Flask that knows no cookies, files, redirects or OPTIONS of its own, and observes what it answers."""

    metrics: Metrics

    def full_dispatch_request(self) -> Response:
        """Problems are answers too: they are made within."""
        traceparent = traceparent_of(request)
        request_id = request_id_of(request, traceparent)
        with _within(traceparent, request_id):
            began = perf_counter()
            response = super().full_dispatch_request()
            self._observe(response, perf_counter() - began)
        response.headers["X-Request-Id"] = request_id
        return response

    def _observe(self, response: Response, seconds: float) -> None:
        route = str(request.url_rule) if request.url_rule else NO_ROUTE
        method = request.method if request.method in METHODS else "OTHER"
        self.metrics.count(method, route, response.status_code, seconds)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if route not in OPERATIONAL:
            log.info("request_answered", method=method, route=route, status=response.status_code,
                     ms=round(seconds * 1000, 1))


@contextmanager
def _within(traceparent: str, request_id: str) -> Iterator[None]:
    with tracing(traceparent), bound_contextvars(request_id=request_id):
        yield


def traceparent_of(request: Request) -> str:
    """The client's W3C trace context, or the beginning of a new trace."""
    given = request.headers.get("traceparent", "")
    return given if _TRACEPARENT.fullmatch(given) else f"00-{_hex()}-{_hex()[:16]}-01"


def request_id_of(request: Request, traceparent: str) -> str:
    """The client's X-Request-Id where it is a plain word, or the id of the trace."""
    given = request.headers.get("X-Request-Id", "")
    return given if _REQUEST_ID.fullmatch(given) else traceparent[3:35]


def _hex() -> str:
    return new_id().replace("-", "")
