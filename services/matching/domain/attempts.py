"""What the worker solves in attempts: one at a time holds it, and the next begins when that one is silent."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import WrongState

LEASE = timedelta(minutes=2)
"""An attempt that says nothing for so long is taken for dead; its progress renews the lease."""


class Cancelled(WrongState):
    """The attempt was stopped, or taken for dead."""

    code = "run-cancelled"


@dataclass(frozen=True)
class Progress:
    """What the solver does, and the part of the whole that is done (0 … 1)."""

    phase: str = "queued"
    part: float = 0.0


@dataclass(kw_only=True)
class InAttempts(Aggregate, ABC):
    """The part of a run, and of a trial, that says which attempt it is: `holder` names the one that may write."""

    attempts: int = 0
    holder: str = ""
    progress: Progress = field(default_factory=Progress)

    @property
    @abstractmethod
    def being_solved(self) -> bool:
        """Whether an answer is still wanted."""

    def take(self, holder: str, now: datetime) -> None:
        """Rings what is due; an attempt at solving belongs to `holder` from then on."""
        attempts = self.attempts
        self.tick(now)
        if self.attempts > attempts:
            self.holder = holder

    def advance(self, holder: str, progress: Progress, now: datetime) -> None:
        """Progress of this attempt. Raises Cancelled when it should stop."""
        self.require_held(holder)
        self.progress = progress
        self.set_timer("solve", now + LEASE)

    def require_held(self, holder: str) -> None:
        """Raises Cancelled for an attempt that was stopped or taken over."""
        if not self.being_solved or self.holder != holder:
            raise Cancelled(f"{self.id} is not wanted any more, or solved by another worker")
