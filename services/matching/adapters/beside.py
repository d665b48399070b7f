"""Long work in a thread of its own, while whoever waits for it looks around."""

from collections.abc import Callable
from multiprocessing.pool import ThreadPool  # its threads are daemons: a process that shall end waits for none of them
from typing import TypeVar

T = TypeVar("T")

_EVERY = 0.2
"""Seconds between two looks."""


def beside(work: Callable[[], T], look: Callable[[], None]) -> T:
    """What the work answers or raises. What `look` raises is raised at once, and the work is on its own."""
    with ThreadPool(1) as pool:
        answer = pool.apply_async(work)
        answer.wait(_EVERY)
        while not answer.ready():
            look()
            answer.wait(_EVERY)
        return answer.get()
