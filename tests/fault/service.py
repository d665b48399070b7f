"""A service as two processes, web and worker, each opened after its fork as after any restart."""

import logging
import signal
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any

from werkzeug.serving import make_server

from shared.kernel import points
from shared.kernel.clock import Clock
from shared.runtime.backbone import Backbone
from shared.runtime.engines import open_backbone, open_log
from shared.runtime.worker import Worker

WEB, WORKER = "web", "worker"


@dataclass(frozen=True)
class World:
    """What every process of a run knows. `doors` are listening sockets, held open by the parent: who knocks while a
    service is dead is served by the next one."""

    environ: Mapping[str, str]
    clock: Clock
    doors: Mapping[str, socket.socket]

    def port(self, service: str) -> int:
        return int(self.doors[service].getsockname()[1])


def part(service: str, module: str) -> Any:
    return import_module(f"services.{service}.{module}")


def ground(world: World, service: str) -> tuple[Any, Backbone, Any]:
    """Settings, backbone and use cases of a service."""
    settings = part(service, "settings").read(world.environ)
    backbone = open_backbone(service, settings.store_url, open_log(settings.events_url), world.clock)
    return settings, backbone, part(service, "bootstrap").build(settings, backbone)


def serve(world: World, service: str, order: str) -> None:
    """Answers until it is killed, at the point of `order` if there is one."""
    settings, backbone, use_cases = ground(world, service)
    app = part(service, "entrypoints.http").make_app(use_cases, settings, backbone)
    logging.getLogger("werkzeug").disabled = True
    door = world.doors[service]
    points.arm(order)
    make_server("127.0.0.1", world.port(service), app, threaded=True, fd=door.fileno()).serve_forever()


def work(world: World, service: str, order: str) -> None:
    """Relays, consumes and rings until it is killed."""
    _, backbone, use_cases = ground(world, service)
    events = part(service, "entrypoints.events")
    handlers = {kind: partial(handler, use_cases) for kind, handler in events.HANDLERS.items()}
    worker = Worker(backbone, handlers, events.TOPICS, part(service, "bootstrap").ticking(use_cases))
    points.arm(order)
    worker.start()
    while True:
        signal.pause()


ROLES = {WEB: serve, WORKER: work}
