"""Where a group stands, kept in the service's own store too: a store restored from a backup goes back on its own."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from shared.kernel.clock import Clock, iso, parse
from shared.messaging.log import Record, Subscription
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

    def go_back(self, subscription: Subscription, polled: Sequence[Record]) -> bool:
        """On partitions that are new to us: back to where this store stands, when that is lower. Answers whether it
        did; what was polled comes again then, behind what was lost."""
        now = subscription.positions()
        fresh = set(now) - self._sought
        self._sought = set(now)
        lower = self._lower(fresh, now) if fresh else {}
        if lower:
            for record in reversed(polled):
                subscription.rewind(record)
            subscription.seek(lower)
        return bool(lower)

    def _lower(self, fresh: set[str], now: dict[str, int]) -> dict[str, int]:
        stored = (self.documents.get(self.group) or {}).get("positions", {})
        return {place: at for place, at in stored.items() if place in fresh and at < now[place]}

    def keep(self, subscription: Subscription, *, at_once: bool = False) -> None:
        """Writes the positions down, once a second at most."""
        if not at_once and time.monotonic() < self._next:
            return
        self._next, now = time.monotonic() + _EVERY, subscription.positions()
        caught_up = (at_once or time.monotonic() > self._noted + _NOTED_EVERY) and subscription.caught_up()
        if now != self._kept or caught_up:
            self._write(now, caught_up)

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
