"""A projection is rebuilt beside the one that is read, while events go on arriving, and then switched to."""

import time
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass

import structlog
from marshmallow import ValidationError

from shared.kernel.errors import DomainError
from shared.messaging.dead_letters import TRANSIENT, Handler, describe
from shared.messaging.envelope import Received
from shared.messaging.log import EventLog, Record
from shared.store.builds import LOOK
from shared.store.projection import Projection

log = structlog.get_logger("rebuild")


@dataclass(frozen=True)
class Rebuild:
    """`projections` and `keep`, what puts the row of an event, by topic; events of other `types` are passed over.

    A worker that goes on keeps both builds once it has noticed the new one: that is waited for, and everything that was
    published before is read from the log. So the new build lacks nothing, however the two overlap.
    """

    projections: Mapping[str, Projection]
    keep: Mapping[str, Handler]
    types: Container[str]
    log: EventLog
    wait: Callable[[float], object] = time.sleep

    def run(self) -> int:
        """Answers how many events were read. Raises Unavailable, and Busy when another rebuild has begun."""
        numbers = {topic: one.begin() for topic, one in self.projections.items()}
        self.wait(2 * LOOK)
        done = sum(self._kept(record) for record in self.log.read(list(self.projections)))
        for topic, number in numbers.items():
            self.projections[topic].builds.switch(number)
        return done

    def _kept(self, record: Record) -> int:
        if not isinstance(record, Received) or record.type not in self.types:
            return 0
        try:
            self.keep[record.topic](record)
        except TRANSIENT:
            raise
        except (DomainError, ValidationError) as error:  # parked in its time; the others go on
            log.error("event_not_kept", topic=record.topic, event_id=record.id, error=describe(error))
            return 0
        return 1
