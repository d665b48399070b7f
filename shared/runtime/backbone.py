"""What a service stands on: its store, the event log, the time."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from shared.audit.entries import Audited, Auditing
from shared.audit.trail import Trail
from shared.kernel.aggregate import Aggregate
from shared.kernel.clock import Clock, SystemClock
from shared.messaging.failing_timers import FailingTimer, FailingTimers
from shared.messaging.log import EventLog
from shared.messaging.parking import ParkedKey, with_refused
from shared.messaging.positions import Positions
from shared.store.builds import Builds
from shared.store.documents import Documents, Index, Store
from shared.store.projection import Projection
from shared.store.repository import Repository
from shared.store.shapes import Shapes, Upcaster

A = TypeVar("A", bound=Aggregate)


@dataclass
class Backbone:
    """`clock` is the time the domain lives in; `wake` is set when something waits to be published."""

    service: str
    store: Store
    log: EventLog
    clock: Clock
    wake: threading.Event = field(default_factory=threading.Event)
    copies: dict[str, Projection] = field(default_factory=dict)
    """The projections that can be rebuilt, by the topic that they are filled from."""
    told: dict[type[Aggregate], Sequence[str]] = field(default_factory=dict)
    audited: dict[str, Audited] = field(default_factory=dict)
    """The collections whose changes are in the audit log."""
    foreign: Sequence[str] = ()
    """Topics that others than Ithaca write to: what they tell may be refused."""
    watched: list[tuple[str, str, Callable[[], float]]] = field(default_factory=list)
    """What an operator watches of this service alone: name, meaning and how it is read."""

    def repository(self, kind: type[A], name: str, *, indexes: Sequence[Index] = (),
                   upcasters: Mapping[int, Upcaster] | None = None) -> Repository[A]:
        """The aggregates of one kind in the collection of that name."""
        documents = self._indexed(kind, name, indexes, upcasters or {})
        if kind in self.told:
            self.audited[name] = Audited(documents, self.told[kind])
        auditing = Auditing(self.told[kind]) if kind in self.told else None
        return Repository(kind, documents, self.service, self.clock, lambda: self.store.generation, self.wake.set,
                          upcasters or {}, auditing)

    def _indexed(self, kind: type[A], name: str, indexes: Sequence[Index],
                 upcasters: Mapping[int, Upcaster]) -> Documents:
        if later := [one for one in indexes if one.later]:
            before = self.store.documents(name, [one for one in indexes if not one.later])
            if not all(map(before.has, later)):
                Shapes(before, kind.shape, upcasters).raise_all()
        return self.store.documents(name, indexes)

    def audit(self, told: Mapping[type[Aggregate], Sequence[str]]) -> None:
        """Every change of these kinds is in the audit log, with the values of the fields that are named, before and
        after: ids and codes only, for they stay. Call it before the repositories are made."""
        self.told.update(told)

    def watch(self, name: str, meaning: str, read: Callable[[], float]) -> None:
        """One more figure of the worker's."""
        self.watched.append((name, meaning, read))

    def projection(self, name: str, *, indexes: Sequence[Index] = (), topic: str | None = None) -> Projection:
        """A copy of another service's entities; `topic` is where it is filled from when that is compacted."""
        builds = Builds(self.store.documents("projection_builds"), name)
        found = Projection(self.store, name, builds, indexes)
        if topic:
            self.copies[topic] = found
        return found

    @cached_property
    def parked_keys(self) -> Repository[ParkedKey]:
        """What this service could not handle."""
        indexes = [Index(("group", "retry_at")), Index(("group", "refused", "since"), later=True)]
        return self.repository(ParkedKey, "parked_keys", indexes=indexes, upcasters={1: with_refused})

    @cached_property
    def failing_timers(self) -> FailingTimers:
        """What this service could not ring."""
        return FailingTimers(self.repository(FailingTimer, "failing_timers"), self.clock)

    @cached_property
    def trail(self) -> Trail:
        """The audit log."""
        return Trail(self.store, self.service)

    @cached_property
    def positions(self) -> Positions:
        """Where this service stands on the log."""
        return Positions(self.store.documents("positions"), self.service, SystemClock())

    def caught_up_at(self) -> datetime | None:
        """When this service had last handled every event there was."""
        return self.positions.caught_up_at()

    def ready(self) -> None:
        """Raises Unavailable while the store or the log does not answer."""
        self.store.ping()
        self.log.ping()

    def close(self) -> None:
        """Closes the store; the log may be shared and is closed by whoever opened it."""
        self.store.close()
