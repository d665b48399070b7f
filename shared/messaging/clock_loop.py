"""Rings what is due: a timer is a field of a document, so it rings once however many workers look."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog

from shared.kernel.clock import Clock
from shared.kernel.errors import Busy, NotFound
from shared.messaging.dead_letters import describe
from shared.store.repository import Repository

log = structlog.get_logger("clock")

Ring = Callable[[str, datetime], object]
_BATCH = 200


@dataclass(frozen=True)
class Ticking:
    """Aggregates with timers. `ring(id, now)` must move or clear what rang; by default the aggregate's own tick."""

    repository: Repository[Any]
    ring: Ring | None = None

    def __call__(self, id: str, now: datetime) -> None:
        if self.ring:
            self.ring(id, now)
        else:
            self.repository.change(id, lambda one: one.tick(now))


@dataclass
class ClockLoop:
    """Looks for what is due and rings it; one that raises is backed off alone."""

    ticking: Sequence[Ticking]
    clock: Clock
    backed_off: dict[str, tuple[float, float, str]] = field(default_factory=dict)

    def step(self) -> int:
        """Rings at most 200 of each kind; answers how many rang."""
        now = self.clock.now()
        return sum(self._ring(one, due, now) for one in self.ticking for due in one.repository.due(now, _BATCH))

    def _ring(self, one: Ticking, id: str, now: datetime) -> int:
        name = f"{one.repository.documents.name} {id}"
        if self.backed_off.get(name, (0.0, 0.0, ""))[0] > time.monotonic():
            return 0
        try:
            one(id, now)
        except (Busy, NotFound):
            return 0
        except Exception as error:  # noqa: BLE001 - the worker's loop: one timer must not stop the others
            self._back_off(name, describe(error))
            return 0
        self.backed_off.pop(name, None)
        return 1

    def _back_off(self, name: str, error: str) -> None:
        pause = min(max(2 * self.backed_off.get(name, (0.0, 0.0, ""))[1], 1.0), 300.0)
        self.backed_off[name] = (time.monotonic() + pause, pause, error)
        log.error("timer_failed", timer=name, seconds=pause, error=error)
