"""What a service declares: its topics, its events with an example each, and what it listens to."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import orjson

from shared.kernel.events import Event, Tombstone
from shared.messaging.log import Topic
from shared.store.conversion import event_data


@dataclass(frozen=True)
class Contracts:
    """One service's side of the catalogue. `folder` is where its generated files live."""

    service: str
    folder: Path
    topics: tuple[Topic, ...]
    events: tuple[type[Event], ...]
    examples: dict[type[Event], Event]
    handles: tuple[str, ...]
    """Event types it listens to, its own among them."""
    inbound: tuple[type[Event], ...] = ()
    """Events that others write to one of its topics, in the form that it asks for."""

    @property
    def public_events(self) -> list[type[Event]]:
        return [one for one in self.events if one.public]

    def example(self, event: type[Event]) -> Any:
        """The example's body as JSON values; None for a tombstone."""
        one = self._example(event)
        return None if isinstance(one, Tombstone) else orjson.loads(orjson.dumps(event_data(one)))

    def key(self, event: type[Event]) -> str:
        """The Kafka key of the example."""
        return self._example(event).key

    def _example(self, event: type[Event]) -> Event:
        # by its type: several services may declare the same answer
        return {kind.type: one for kind, one in self.examples.items()}[event.type]

    def topic(self, name: str) -> Topic:
        """The declaration of one of its own topics. Raises KeyError."""
        return {one.name: one for one in self.topics}[name]


def load(service: str) -> Contracts:
    """Imports `services.<service>`: its `contracts.catalogue`, `contracts.examples` and `entrypoints.events`."""
    catalogue = import_module(f"services.{service}.contracts.catalogue")
    examples = import_module(f"services.{service}.contracts.examples").EXAMPLES
    handlers = import_module(f"services.{service}.entrypoints.events").HANDLERS
    return Contracts(service, Path(str(catalogue.__file__)).parent, tuple(catalogue.TOPICS), tuple(catalogue.EVENTS),
                     dict(examples), tuple(sorted(handlers)), tuple(getattr(catalogue, "INBOUND", ())))


@dataclass(frozen=True)
class Catalogue:
    """All services together."""

    services: tuple[Contracts, ...]

    def producer(self, type: str) -> Contracts | None:
        """Who declares events of the type; None when nobody of ours does."""
        return next((one for one in self.services if type in {event.type for event in (*one.events, *one.inbound)}),
                    None)

    def event(self, type: str) -> type[Event]:
        """The dataclass of a type. Raises KeyError."""
        return {event.type: event for one in self.services for event in (*one.events, *one.inbound)}[type]

    def listeners(self, type: str) -> list[str]:
        """Names of the services that handle it."""
        return [one.service for one in self.services if type in one.handles]


def load_all(services: Sequence[str]) -> Catalogue:
    """The catalogue of the named services, in the order of their names."""
    return Catalogue(tuple(load(one) for one in sorted(services)))
