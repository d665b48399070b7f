"""Says how far a run is, and when it has to stop."""

import time
from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[str, float], None]
"""(phase, part done from 0 to 1), several times a second. What it raises ends the run and leaves no result."""


def unwatched(_phase: str, _part: float) -> None:
    """For whoever does not show progress."""


class TimeUp(Exception):
    """The deadline came before there was anything to solve."""


@dataclass(frozen=True)
class Watch:
    """`deadline`: a moment on the clock `seconds` (time.monotonic), or None for no limit."""

    progress: Progress = unwatched
    deadline: float | None = None
    seconds: Callable[[], float] = time.monotonic

    def goes_on(self, phase: str, part: float) -> bool:
        """Tells the progress; False when the time is up."""
        self.progress(phase, min(part, 1.0))
        return self.deadline is None or self.seconds() < self.deadline

    @property
    def looks(self) -> bool:
        """Somebody waits for progress, or there is a limit."""
        return self.deadline is not None or self.progress is not unwatched

    @property
    def patient(self) -> "Watch":
        """Without the limit: for work that has to be done before there is any answer."""
        return Watch(self.progress)


UNWATCHED = Watch()
"""No limit, and nobody looks."""
