"""Timers that raised when they rang: written down, so that who lists dead letters sees them from another process."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from shared.kernel.aggregate import Aggregate
from shared.kernel.clock import Clock
from shared.kernel.errors import AlreadyExists, Busy, NotFound
from shared.kernel.ids import derived_id
from shared.store.repository import Repository


@dataclass(kw_only=True)
class FailingTimer(Aggregate):
    """One document whose timers cannot be rung."""

    collection: str
    document: str
    error: str
    since: datetime
    attempts: int = 1

    def again(self, error: str) -> None:
        """It was rung once more, and raised."""
        self.error, self.attempts = error, self.attempts + 1


@dataclass(frozen=True)
class FailingTimers:
    """Written only when a timer fails or is well again, so it costs nothing as long as all is well."""

    store: Repository[FailingTimer]
    clock: Clock

    def note(self, collection: str, document: str, error: str) -> None:
        """The timers of this document could not be rung."""
        place = derived_id("timer", collection, document)
        try:
            self.store.change(place, lambda one: one.again(error))
        except NotFound:
            self._add(FailingTimer(id=place, collection=collection, document=document, error=error,
                                   since=self.clock.now()))

    def _add(self, new: FailingTimer) -> None:
        try:
            self.store.add(new)
        except AlreadyExists:
            raise Busy(f"{new.collection} {new.document} is being noted by another") from None

    def forget(self, collection: str, document: str) -> None:
        """They rang, or are not due any more."""
        try:
            self.store.delete(derived_id("timer", collection, document))
        except NotFound:
            return

    def all(self) -> Iterator[FailingTimer]:
        """By collection and document."""
        return iter(sorted(self.store.each({}), key=lambda one: (one.collection, one.document)))
