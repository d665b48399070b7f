"""Forgets somebody, step by step: they leave, their pairs end, their traces go, the other services answer."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import structlog

from services.matching.application.forgetting import Forgetting
from services.matching.domain.erasure import Erasure, ErasureState
from shared.kernel.clock import Clock
from shared.kernel.errors import AlreadyExists, Busy
from shared.kernel.events import Cause
from shared.kernel.points import reached
from shared.store.repository import Repository

log = structlog.get_logger("erasures")


@dataclass(frozen=True)
class Erasures:
    """A job of the worker; every step may be repeated."""

    store: Repository[Erasure]
    forgetting: Forgetting
    clock: Clock

    def ask(self, person_id: str, by: str) -> Erasure:
        """Asked for already: the one there is. Raises NotFound."""
        if not self.store.exists(person_id):
            self.forgetting.people.get(person_id)
            with suppress(AlreadyExists):
                return self.store.add(Erasure.ask(person_id, by, self.clock.now()))
        return self.store.change(person_id, lambda _: None)

    def get(self, person_id: str) -> Erasure:
        """Raises NotFound."""
        return self.store.get(person_id)

    def receive(self, person_id: str, service: str, counts: dict[str, int], cause: Cause) -> None:
        """A service answers for what it held."""
        self.store.change(person_id, lambda one: one.receive(service, counts, self.clock.now()), cause=cause)

    def ring(self, person_id: str, now: datetime) -> None:
        """What the worker does when a timer is due."""
        erasure = self.store.change(person_id, lambda one: one.tick(now))
        if erasure.overdue:
            log.error("erasure_overdue", person_id=person_id, owed=erasure.owed)
        if "work" in erasure.timers:
            self._step(erasure, now)

    def _step(self, erasure: Erasure, now: datetime) -> None:
        step: Callable[[Erasure], None] | None = self._next(erasure, now)
        self.store.change(erasure.id, step or (lambda one: one.wait(now)))

    def _next(self, erasure: Erasure, now: datetime) -> Callable[[Erasure], None] | None:
        """What to note; None: wait."""
        if erasure.state is ErasureState.LEAVING:
            return Erasure.begin if self.forgetting.has_left(erasure.id) else None
        if erasure.state is ErasureState.ERASING:
            counts = self.forgetting.forget(erasure.id)
            reached("erasure-after-forgetting")
            return lambda one: one.drain(counts)
        reached("erasure-while-draining")
        try:
            self.forgetting.remove(erasure.id)
        except Busy:
            return None
        reached("erasure-after-removal")
        return lambda one: one.finish_here(now)
