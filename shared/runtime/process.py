"""A worker as a process of its own: signals, probes, and the way out."""

import signal
import threading
from collections.abc import Callable, Iterable
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from wsgiref.types import StartResponse, WSGIEnvironment

import structlog
from prometheus_client import CollectorRegistry, generate_latest

from shared.kernel.errors import DomainError
from shared.runtime.metrics import WorkerMetrics
from shared.runtime.worker import Worker

log = structlog.get_logger("process")


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Probes are not worth a line."""


class _Threads(ThreadingMixIn, WSGIServer):
    """Who asks for the figures, or whether all is ready, may wait for store and log; who asks for life does not wait
    behind them."""

    daemon_threads = True


def probes(worker: Worker) -> Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]:
    """`/livez` from the heartbeats alone, `/readyz` asks store and log, `/metrics` for Prometheus."""
    registry = CollectorRegistry()
    registry.register(WorkerMetrics(worker))

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        status, body = _look(worker, registry, environ["PATH_INFO"])
        start(status, [("Content-Type", "text/plain; charset=utf-8")])
        return [body]

    return answer


def _look(worker: Worker, registry: CollectorRegistry, path: str) -> tuple[str, bytes]:
    if path == "/livez":
        return ("200 OK", b"alive\n") if worker.alive() else ("503 Service Unavailable", b"a loop has stopped\n")
    if path == "/metrics":
        return "200 OK", generate_latest(registry)
    if path != "/readyz":
        return "404 Not Found", b"/livez /readyz /metrics\n"
    try:
        worker.ready()
    except DomainError as error:
        return "503 Service Unavailable", f"{error}\n".encode()
    return "200 OK", b"ready\n"


def probe_server(worker: Worker, host: str, port: int) -> WSGIServer:
    """Answers while it is told to `serve_forever`."""
    return make_server(host, port, probes(worker), server_class=_Threads, handler_class=_Quiet)


def run(worker: Worker, probe_port: int, host: str = "0.0.0.0") -> None:
    """Runs until SIGTERM or SIGINT, then drains: batch finished, offsets committed, group left."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    worker.start()
    server = probe_server(worker, host, probe_port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    log.info("worker_started", service=worker.backbone.service)
    stop.wait()
    worker.stop()
    server.shutdown()
    worker.backbone.close()
    worker.backbone.log.close()
    log.info("worker_stopped", service=worker.backbone.service)
