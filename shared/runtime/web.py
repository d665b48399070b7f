"""A service's web process: gunicorn with threads in front of one app."""

from collections.abc import Callable
from typing import Protocol

from flask import Flask
from gunicorn.app.base import BaseApplication

GRACE = 15
"""Seconds that requests under way have when it is time to stop."""

LONGEST_LINE = 8190
"""Bytes of a request's first line: 200 ids have room, and gunicorn takes no more."""


class WebSettings(Protocol):
    """What a web process is told."""

    @property
    def http_port(self) -> int: ...
    @property
    def http_threads(self) -> int: ...


class WebProcess(BaseApplication):  # type: ignore[misc]
    """Opens the app after the fork, so that no connection crosses it; writes nowhere but to the temporary folder."""

    def __init__(self, open_app: Callable[[], Flask], settings: WebSettings, host: str) -> None:
        self._open_app = open_app
        self._options = {
            "bind": f"{host}:{settings.http_port}", "workers": 1, "worker_class": "gthread",
            "threads": settings.http_threads, "keepalive": 75, "graceful_timeout": GRACE, "accesslog": None,
            "control_socket_disable": True, "limit_request_line": LONGEST_LINE,
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._open_app()


def run(open_app: Callable[[], Flask], settings: WebSettings, host: str = "0.0.0.0") -> None:
    """Serves until SIGTERM, then lets requests end."""
    WebProcess(open_app, settings, host).run()
