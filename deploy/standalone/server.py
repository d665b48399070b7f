"""One gunicorn worker that serves the portal and all services, and runs their loops beside them."""

from collections.abc import Mapping
from typing import Any

import click
from gunicorn.app.base import BaseApplication

from deploy.standalone.answers import answering


class Server(BaseApplication):  # type: ignore[misc]
    """Opens the house after the fork, so that no connection crosses it, and says `greeting` when it is open; what it is
    made of is imported there too, so that the process that only watches stays small."""

    def __init__(self, bind: str, environ: Mapping[str, str], greeting: str, threads: int = 8) -> None:
        self._bind, self._environ, self._greeting, self._threads = bind, environ, greeting, threads
        self.house: Any = None
        super().__init__()

    def load_config(self) -> None:
        for name, value in (("bind", self._bind), ("workers", 1), ("worker_class", "gthread"), ("keepalive", 30),
                            ("threads", self._threads), ("worker_exit", self._leave), ("accesslog", None),
                            ("loglevel", "warning"), ("graceful_timeout", 15)):
            self.cfg.set(name, value)

    def load(self) -> Any:
        from deploy.standalone.house import House
        from deploy.standalone.portal import wsgi

        with answering():
            self.house = House(self._environ)
            app = wsgi(self.house)
        self.house.start()
        click.echo(self._greeting)
        return app

    def _leave(self, _server: Any, _worker: Any) -> None:
        if self.house:
            self.house.close()
