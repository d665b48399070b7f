"""The trace a request or an event belongs to, handed on to the events it causes (W3C Trace Context)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_traceparent: ContextVar[str | None] = ContextVar("traceparent", default=None)


def current_traceparent() -> str | None:
    """The `traceparent` of what is being served or handled; None when nobody sent one."""
    return _traceparent.get()


@contextmanager
def tracing(traceparent: str | None) -> Iterator[None]:
    """While inside, events carry this `traceparent`."""
    token = _traceparent.set(traceparent)
    try:
        yield
    finally:
        _traceparent.reset(token)
