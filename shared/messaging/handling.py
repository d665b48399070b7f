"""While an event is handled: its trace goes on, and the audit log names it as the cause."""

from collections.abc import Iterator
from contextlib import contextmanager

from shared.kernel.acting import Acting, acting
from shared.kernel.trace import tracing
from shared.messaging.envelope import Received


@contextmanager
def handling(event: Received) -> Iterator[None]:
    """What is done inside is done because of this event."""
    because = Acting(None, event.type, event.id, event.correlation_id or event.id)
    with tracing(event.traceparent), acting(because):
        yield
