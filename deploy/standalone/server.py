"""One gunicorn worker that serves the portal and all services, and runs their loops beside them."""

import gc
import os
import threading
import traceback
from collections.abc import Mapping
from typing import Any

import click
from gunicorn.app.base import BaseApplication

from deploy.standalone.answers import CLOSED, answering

FIRST = ("matching",)
"""The services that the sign-in page asks."""
HEAD_START = 0.5
"""Seconds that the first visitor has before the other services are opened, which makes everything else slow."""

LONGEST_LINE = 8190
"""As each service has it that serves itself."""


class Server(BaseApplication):  # type: ignore[misc]
    """Opens the house after the fork, so that no connection crosses it, and says `greeting` when it is open; what it is
    made of is imported there too, so that the process that only watches stays small. The sign-in page does not wait
    for the services that it does not ask."""

    def __init__(self, bind: str, environ: Mapping[str, str], greeting: str, threads: int = 8) -> None:
        self._bind, self._environ, self._greeting, self._threads = bind, environ, greeting, threads
        self.house: Any = None
        self._visited, self._opened = threading.Event(), threading.Event()
        self._opening = threading.Thread(target=self._open, name="opening")
        super().__init__()

    def load_config(self) -> None:
        for name, value in (("bind", self._bind), ("workers", 1), ("worker_class", "gthread"), ("keepalive", 30),
                            ("threads", self._threads), ("worker_exit", self._leave), ("accesslog", None),
                            ("loglevel", "warning"), ("graceful_timeout", 15), ("limit_request_line", LONGEST_LINE)):
            self.cfg.set(name, value)

    def load(self) -> Any:
        gc.disable()  # nothing that a start makes is garbage
        from deploy.standalone.house import House
        from deploy.standalone.portal import Doorway, wsgi

        with answering():
            self.house = House(self._environ, first=FIRST)
            app = Doorway(wsgi(self.house), self._visited, self._opened)
        self._opening.start()
        return app

    def _open(self) -> None:
        self._visited.wait(HEAD_START)
        try:
            with answering():
                self.house.start()
            self._opened.set()
        except Exception:
            traceback.print_exc()
            raise
        finally:
            if not self._opened.is_set():
                os._exit(CLOSED)  # a house that is half open helps nobody
        gc.freeze()
        gc.enable()
        click.echo(self._greeting)

    def _leave(self, _server: Any, _worker: Any) -> None:
        if self.house:
            self._opening.join()
            self.house.close()
