"""A sign of life of whoever works long: the worker's loop hears it, rules and solvers need not know who does."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar


def _nobody() -> None:
    """Nobody looks whether this goes on."""


_current: ContextVar[Callable[[], None]] = ContextVar("alive", default=_nobody)


def still_alive() -> None:
    """What takes more than a few seconds says so now and then, in the thread that it was asked in."""
    _current.get()()


@contextmanager
def heard_by(beat: Callable[[], None]) -> Iterator[None]:
    """While inside, signs of life are this one's."""
    token = _current.set(beat)
    try:
        yield
    finally:
        _current.reset(token)
