"""What leaves with a save: the recorded events as envelopes, and the last entry about what is deleted."""

from collections.abc import Callable
from datetime import datetime

import orjson

from shared.audit.entries import Auditing
from shared.kernel.aggregate import Aggregate, Recorded
from shared.kernel.clock import iso
from shared.kernel.errors import EventTooLarge
from shared.kernel.events import Cause, Tombstone
from shared.kernel.events import Sequence as Number
from shared.kernel.ids import derived_id
from shared.kernel.trace import current_traceparent
from shared.messaging.envelope import MAX_EVENT_BYTES, Outgoing
from shared.store.conversion import event_data
from shared.store.documents import Document, Write


def envelopes(aggregate: Aggregate, source: str, cause: Cause | None, generation: Callable[[], int]) -> list[Outgoing]:
    """Takes what is recorded, in order; each is given the next number of the aggregate. Raises EventTooLarge."""
    found = [_envelope(aggregate, one, source, cause, generation()) for one in aggregate.recorded]
    aggregate.recorded.clear()
    return found


def _envelope(aggregate: Aggregate, recorded: Recorded, source: str, cause: Cause | None, generation: int) -> Outgoing:
    event = recorded.event
    data = None if isinstance(event, Tombstone) else event_data(event)
    if len(orjson.dumps(data)) > MAX_EVENT_BYTES:
        raise EventTooLarge(f"{event.type} of {aggregate.id} is larger than {MAX_EVENT_BYTES} bytes: shorten it")
    aggregate.sequence = aggregate.sequence.next(generation)
    return Outgoing(
        id=derived_id(source, str(aggregate.sequence)), source=source, sequence=aggregate.sequence, type=event.type,
        topic=event.topic, key=event.key, time=iso(recorded.at), data=data, traceparent=current_traceparent(),
        causation_id=cause.id if cause else None,
        correlation_id=(cause.correlation_id or cause.id) if cause else None)


def farewell(document: Document, source: str, generation: int, auditing: Auditing, at: datetime) -> Write:
    """The last entry about a document leaves while it is still there: one write cannot do both on every engine."""
    version, number = document["version"] + 1, Number.parse(document["sequence"]).next(generation)
    after = {**document, "version": version, "leaving": version, "sequence": str(number)}
    return Write(after, [auditing.farewell(source, after, at)])
