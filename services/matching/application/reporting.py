"""How far a solver is, told once a second to whoever waits for it."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from services.matching.domain.attempts import Progress
from shared.kernel.alive import still_alive

_EVERY = 1.0
"""Seconds of the machine between two stored figures of progress, and at most until a cancel is heard."""


@dataclass
class Reporter:
    """Tells the job how far the solver is, and the worker that it lives. What `tell` raises stops the solver."""

    tell: Callable[[Progress], object]
    seconds: Callable[[], float] = time.monotonic
    _told: float = -_EVERY

    def __call__(self, phase: str, part: float) -> None:
        """At most once a second."""
        if self.seconds() - self._told < _EVERY:
            return
        self._told = self.seconds()
        still_alive()
        self.tell(Progress(phase, round(float(part), 3)))  # solvers count in numpy, whose figures nothing stores
