"""For whoever runs the process: /livez, /readyz and /metrics; open, and no part of the API."""

from collections.abc import Callable, Sequence

from flask import Flask, Response
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.registry import Collector

from shared.kernel.errors import DomainError
from shared.web.problems import problem

METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"
BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Measures:
    """Requests of one app by method, route template and status, in a registry of its own.

    With several processes behind one port each tells its own share: scrape them one by one, or sum over scrapes.
    """

    def __init__(self, collectors: Sequence[Collector] = ()) -> None:
        self.registry = CollectorRegistry()
        for collector in collectors:
            self.registry.register(collector)
        self.requests = Counter("http_requests", "Requests", ["method", "route", "status"], registry=self.registry)
        self.seconds = Histogram("http_request_seconds", "Time to the answer", ["method", "route"], buckets=BUCKETS,
                                 registry=self.registry)

    def note(self, method: str, route: str, status: int, seconds: float) -> None:
        """One request was answered."""
        self.requests.labels(method, route, status).inc()
        self.seconds.labels(method, route).observe(seconds)


def add_health(app: Flask, ready: Callable[[], None], measures: Measures) -> None:
    """/livez asks nobody; /readyz asks `ready`, which raises a DomainError while there should be no requests."""
    def metrics() -> Response:
        return Response(generate_latest(measures.registry), content_type=METRICS_TYPE)

    app.add_url_rule("/livez", "livez", lambda: Response("alive\n", content_type="text/plain"))
    app.add_url_rule("/readyz", "readyz", lambda: readiness(ready))
    app.add_url_rule("/metrics", "metrics", metrics)


def readiness(ready: Callable[[], None]) -> Response:
    """200, or 503 with the reason, whatever the refusal's own status is elsewhere."""
    try:
        ready()
    except DomainError as error:
        return problem(503, error.code, "Not ready", str(error) or None)
    return Response("ready\n", content_type="text/plain")
