"""All services under one roof: one process, one folder, the embedded engines, or any others behind the URLs."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from typing import Any

from flask import Flask

from shared.embedded.log import EmbeddedLog
from shared.kernel.clock import Clock, SystemClock
from shared.messaging.log import EventLog, Record, Topic
from shared.runtime.backbone import Backbone
from shared.runtime.engines import open_backbone, open_log
from shared.runtime.worker import Worker

SERVICES = ("matching", "surveys", "community", "notifications")


@dataclass(frozen=True)
class Room:
    """One service: its ground, what can be asked of it, its HTTP and its loops."""

    name: str
    backbone: Backbone
    service: Any
    app: Flask
    worker: Worker


@dataclass
class House:
    """Open it after a fork. `start` runs the loops in threads; `settle` runs them here until nothing is left to do.

    Log and stores are open from the beginning, and the services `first`; the others are when `open` has come back:
    what they are made of takes most of a start, and nobody has to wait for all of it.
    """

    environ: Mapping[str, str]
    clock: Clock = field(default_factory=SystemClock)
    names: Sequence[str] = SERVICES
    first: Sequence[str] = SERVICES
    rooms: dict[str, Room] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.log: EventLog = open_log(self.environ["EVENTS_URL"])
        self._grounds = {name: self._ground(name) for name in self.names}
        for name in self.first:
            self._open(name)

    def _ground(self, name: str) -> tuple[Any, Backbone]:
        settings = _part(name, "settings").read(self.environ)
        return settings, open_backbone(name, settings.store_url, self.log, self.clock)

    def open(self) -> None:
        """The services that are not open yet."""
        for name in self.names:
            if name not in self.rooms:
                self._open(name)

    def _open(self, name: str) -> None:
        self.log.create_topics(topics([name]))
        self.rooms[name] = self._room(name, *self._grounds[name])

    def _room(self, name: str, settings: Any, backbone: Backbone) -> Room:
        bootstrap, events = _part(name, "bootstrap"), _part(name, "entrypoints.events")
        service = bootstrap.build(settings, backbone)
        app = _part(name, "entrypoints.http").make_app(service, settings, backbone)
        handlers = {kind: partial(handler, service) for kind, handler in events.HANDLERS.items()}
        return Room(name, backbone, service, app, Worker(backbone, handlers, events.TOPICS, bootstrap.ticking(service)))

    @property
    def apps(self) -> dict[str, Flask]:
        """The HTTP of the services that are open, by name."""
        return {name: room.app for name, room in self.rooms.items()}

    def door(self, name: str) -> Any:
        """The HTTP of a service that may be opened later, as WSGI."""
        return lambda environ, start_response: self.rooms[name].app(environ, start_response)

    def settle(self, rounds: int = 1000) -> None:
        """Until no service has anything left to do at the present time."""
        for _ in range(rounds):
            if not sum([room.worker.settle() for room in self.rooms.values()]):
                return
        raise RuntimeError("the house does not settle")

    def start(self) -> None:
        """The loops of all services, in threads."""
        self.open()
        for room in self.rooms.values():
            room.worker.start()

    def latest(self, limit: int) -> list[Record]:
        """The newest records of all topics, newest first."""
        if isinstance(self.log, EmbeddedLog):
            return self.log.latest(limit)
        everything = self.log.read([topic.name for topic in topics(self.names)])
        return list(deque(everything, maxlen=limit))[::-1]

    def ready(self) -> None:
        """Raises what is not ready."""
        for room in self.rooms.values():
            room.worker.ready()

    def close(self) -> None:
        """Drains the loops and closes everything."""
        for room in self.rooms.values():
            room.worker.stop()
        for _, backbone in self._grounds.values():
            backbone.close()
        self.log.close()


def topics(names: Sequence[str] = SERVICES) -> list[Topic]:
    """All topics that these services publish to."""
    return [topic for name in names for topic in _part(name, "contracts.catalogue").TOPICS]


def event_types(names: Sequence[str] = SERVICES) -> frozenset[str]:
    """All types of events that these services publish."""
    return frozenset(event.type for name in names for event in _part(name, "contracts.catalogue").EVENTS)


def _part(name: str, module: str) -> Any:
    # all services have the same parts, so that one line opens any of them
    return import_module(f"services.{name}.{module}")
