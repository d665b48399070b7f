"""One gunicorn worker that serves the portal and all services, and runs their loops beside them."""

from collections.abc import Mapping
from typing import Any

from gunicorn.app.base import BaseApplication
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from deploy.standalone.house import House
from deploy.standalone.portal import portal_app


def wsgi(house: House) -> Any:
    """The portal at /, each service below its name."""
    return DispatcherMiddleware(portal_app(house).wsgi_app, {f"/{name}": app for name, app in house.apps.items()})


class Server(BaseApplication):  # type: ignore[misc]
    """Opens the house after the fork, so that no connection crosses it."""

    def __init__(self, bind: str, environ: Mapping[str, str], threads: int = 8) -> None:
        self._bind, self._environ, self._threads = bind, environ, threads
        self.house: House | None = None
        super().__init__()

    def load_config(self) -> None:
        for name, value in (("bind", self._bind), ("workers", 1), ("worker_class", "gthread"), ("keepalive", 30),
                            ("threads", self._threads), ("worker_exit", self._leave), ("accesslog", None),
                            ("loglevel", "warning"), ("graceful_timeout", 15)):
            self.cfg.set(name, value)

    def load(self) -> Any:
        self.house = House(self._environ)
        self.house.start()
        return wsgi(self.house)

    def _leave(self, _server: Any, _worker: Any) -> None:
        if self.house:
            self.house.close()
