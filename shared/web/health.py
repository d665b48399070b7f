"""For whoever runs the process: /livez, /readyz, /metrics. Open, not versioned, not part of the API."""

from collections.abc import Callable, Iterable

from flask import Flask, Response
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from shared.kernel.errors import DomainError
from shared.web.problems import problem

OPERATIONAL = frozenset({"/livez", "/readyz", "/metrics"})
BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """Requests of one app by method, route template and status, in a registry of its own."""

    def __init__(self, collectors: Iterable[Collector] = ()) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter("http_requests", "Requests answered", ("method", "route", "status"),
                                registry=self.registry)
        self.seconds = Histogram("http_request_seconds", "Time to answer", ("method", "route"), buckets=BUCKETS,
                                 registry=self.registry)
        for collector in collectors:
            self.registry.register(collector)

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        self.requests.labels(method, route, str(status)).inc()
        self.seconds.labels(method, route).observe(seconds)


def add_health(app: Flask, ready: Callable[[], None], metrics: Metrics) -> None:
    """`ready` raises a DomainError, Unavailable as a rule, while the process should get no requests."""
    app.add_url_rule("/livez", "livez", lambda: Response("live\n", content_type="text/plain"))
    app.add_url_rule("/readyz", "readyz", lambda: readiness(ready))
    app.add_url_rule("/metrics", "metrics", lambda: Response(
        generate_latest(metrics.registry), content_type=CONTENT_TYPE_LATEST))


def readiness(ready: Callable[[], None]) -> Response:
    """200, or 503 with the reason."""
    try:
        ready()
    except DomainError as error:
        return problem(503, "not-ready", "Not ready", str(error))
    return Response("ready\n", content_type="text/plain")
