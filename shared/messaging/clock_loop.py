"""Rings what is due: a timer is a field of a document, so it rings once however many workers look."""

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

import structlog

from shared.kernel.acting import Acting, acting
from shared.kernel.alive import still_alive
from shared.kernel.clock import Clock
from shared.kernel.errors import Busy, NotFound, OutboxFull
from shared.kernel.points import reached
from shared.messaging.dead_letters import describe
from shared.messaging.failing_timers import FailingTimers
from shared.store.repository import Repository

log = structlog.get_logger("clock")

Place = tuple[str, str]
"""Collection and id of a document."""
Ring = Callable[[str, datetime], object]
_BATCH = 200
_TIDY_SECONDS = 60.0


@dataclass(frozen=True)
class Ticking:
    """Aggregates with timers. `ring(id, now)` must move or clear what rang; by default the aggregate's own tick.
    `at_once`: how many ring in a step; of what takes long few, so that all others have their turn between two."""

    repository: Repository[Any]
    ring: Ring | None = None
    at_once: int = _BATCH

    @property
    def name(self) -> str:
        """Of the collection."""
        return self.repository.documents.name

    def __call__(self, id: str, now: datetime) -> None:
        if self.ring:
            self.ring(id, now)
        else:
            self.repository.change(id, lambda one: one.tick(now))


@dataclass
class ClockLoop:
    """Looks for what is due and rings it; one that raises is backed off alone, and listed with the dead letters.

    `failing` is what all workers and the command line see; the pauses are this worker's own. `ringing` answers which of
    these collections may have a timer to ring.
    """

    ticking: Sequence[Ticking]
    clock: Clock
    failing: FailingTimers
    stopping: Callable[[], bool] = lambda: False
    ringing: Callable[[Sequence[str], datetime], Collection[str]] = lambda names, _now: names
    pauses: dict[Place, tuple[float, float]] = field(default_factory=dict)
    _next_tidy: float = 0.0

    def step(self) -> int:
        """Rings at most 200 of each kind; answers how many rang."""
        now = self.clock.now()
        self._tidy(now)
        ringing = self.ringing([one.name for one in self.ticking], now)
        return sum(self._ring_some(one, now) for one in self.ticking if one.name in ringing)

    def _ring_some(self, one: Ticking, now: datetime) -> int:
        """What is backed off takes nobody's turn, however much there is of it; nor does what cannot ring just now."""
        places = ((one.name, due) for due in one.repository.due(now))
        ready = (place for place in places if not self._is_backed_off(place))
        tried = (self._ring(one, place, now) for place in ready)
        rang = islice((done for done in tried if done is not None), _BATCH)
        return sum(islice(filter(None, rang), one.at_once))

    def _is_backed_off(self, place: Place) -> bool:
        return self.pauses.get(place, (0.0, 0.0))[0] > time.monotonic()

    def _ring(self, one: Ticking, place: Place, now: datetime) -> bool | None:
        """Whether it rang. None: it rings again when others are done with it, or what it told is published."""
        if self.stopping():
            return False
        still_alive()
        reached("timer-before-claim")
        try:
            with acting(Acting(None, "timer", "/".join(place))):
                one(place[1], now)
        except (Busy, OutboxFull):
            return None
        except Exception as error:  # noqa: BLE001 - the worker's loop: one timer must not stop the others
            if not isinstance(error, NotFound) or one.repository.exists(place[1]):
                self._back_off(place, describe(error))
            return False
        reached("timer-after-claim")
        if self.pauses.pop(place, None):
            self.failing.forget(*place)
        return True

    def _back_off(self, place: Place, error: str) -> None:
        pause = min(max(2 * self.pauses.get(place, (0.0, 0.0))[1], 1.0), 300.0)
        self.pauses[place] = (time.monotonic() + pause, pause)
        log.error("timer_failed", timer=" ".join(place), seconds=pause, error=error)
        self.failing.note(*place, error)

    def _tidy(self, now: datetime) -> None:
        """Takes what another worker rang, or what was cancelled, off the list; once a minute."""
        if time.monotonic() < self._next_tidy:
            return
        self._next_tidy = time.monotonic() + _TIDY_SECONDS
        stores = {one.name: one.repository for one in self.ticking}
        for failed in self.failing.all():
            if failed.collection in stores and not stores[failed.collection].is_due(failed.document, now):
                self.failing.forget(failed.collection, failed.document)
