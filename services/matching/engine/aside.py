"""Work that cannot look at the clock itself, done aside while its caller watches."""

from collections.abc import Callable
from multiprocessing.pool import ThreadPool  # its threads are daemons: a process that shall end waits for none of them
from typing import TypeVar

from services.matching.engine.watch import TimeUp, Watch

T = TypeVar("T")

EVERY = 0.2
"""Seconds between two looks."""
LARGE = 1_000_000
"""Entries: what has fewer is done before anybody looks."""


def aside(work: Callable[[], T], watch: Watch, phase: str, part: float, size: int) -> T:
    """What the work answers or raises. Raises TimeUp at the deadline and what the progress raises, at once: the work
    then ends on its own, and nobody hears what came of it."""
    if size < LARGE or not watch.looks:
        return work()
    with ThreadPool(1) as pool:
        answer = pool.apply_async(work)
        while not answer.ready():
            if not watch.goes_on(phase, part):
                raise TimeUp
            answer.wait(EVERY)
        return answer.get()
