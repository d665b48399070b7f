"""Who acts, and why: what the audit log says of a change beside what changed.

Set where work comes in (a request, an event, a timer) and read by the repository; rules and use cases never see it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple


class Acting(NamedTuple):
    """`who`: a person's id or a client's, None for the system itself. `how`: the route, the type of the event, `timer`.
    `cause`: the trace of the request, the id of the event, the document whose timer rang."""

    who: str | None
    how: str
    cause: str | None = None
    correlation: str | None = None


SYSTEM = Acting(None, "system")
_current: ContextVar[Acting] = ContextVar("acting", default=SYSTEM)


def current_acting() -> Acting:
    """Who acts in this thread."""
    return _current.get()


@contextmanager
def acting(one: Acting) -> Iterator[None]:
    """While inside, changes are this one's."""
    token = _current.set(one)
    try:
        yield
    finally:
        _current.reset(token)
