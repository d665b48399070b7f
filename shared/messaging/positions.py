"""Where a group stands, kept in the service's own store too: a store restored from a backup goes back on its own."""

import time
from dataclasses import dataclass, field
from datetime import datetime

from shared.kernel.clock import Clock, iso, parse
from shared.messaging.log import Subscription
from shared.store.documents import Document, Documents, Write

_NOTED_EVERY = 5.0
_EVERY = 1.0
"""Seconds between two writes: a position that is a little old only means events that change nothing."""


@dataclass
class Positions:
    """`keep` also notes when the group had last handled everything there was."""

    documents: Documents
    group: str
    clock: Clock
    _next: float = 0.0
    _sought: set[str] = field(default_factory=set)
    _kept: dict[str, int] = field(default_factory=dict)
    _noted: float = 0.0

    def keep(self, subscription: Subscription, *, at_once: bool = False) -> None:
        """Writes the positions down, once a second at most; seeks back to them on partitions that are new to us."""
        now = subscription.positions()
        self._seek_new(subscription, now)
        if not at_once and time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _EVERY
        caught_up = (at_once or time.monotonic() > self._noted + _NOTED_EVERY) and subscription.caught_up()
        if now != self._kept or caught_up:
            self._write(now, caught_up)

    def _seek_new(self, subscription: Subscription, now: dict[str, int]) -> None:
        fresh = set(now) - self._sought
        self._sought = set(now)
        if fresh:
            stored = (self.documents.get(self.group) or {}).get("positions", {})
            lower = {place: at for place, at in stored.items() if place in fresh and at < now[place]}
            if lower:
                subscription.seek(lower)

    def _write(self, now: dict[str, int], caught_up: bool) -> None:
        before = self.documents.get(self.group)
        version = before["version"] if before else 0
        caught_up_at = iso(self.clock.now()) if caught_up else (before or {}).get("caught_up_at")
        document: Document = {"_id": self.group, "version": version + 1 if before else 0, "due_at": None,
                              "positions": {**(before or {}).get("positions", {}), **now}, "caught_up_at": caught_up_at}
        if before:
            self.documents.replace(Write(document, ()), version)
        else:
            self.documents.insert([Write(document, ())])
        self._kept, self._noted = now, time.monotonic() if caught_up else self._noted

    def caught_up_at(self) -> datetime | None:
        """When the group had last handled everything; None: never."""
        found = (self.documents.get(self.group) or {}).get("caught_up_at")
        return parse(found) if found else None
