"""From the outbox to the log: leases what waits, publishes it, clears what was acknowledged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog

from shared.kernel.clock import Clock
from shared.kernel.points import reached
from shared.messaging.log import Publishing
from shared.store.documents import Outbox

log = structlog.get_logger("relay")

LEASE = timedelta(seconds=30)
RESERVE = timedelta(seconds=15)
"""No send begins with less of the lease left than this: longer than the log's own delivery timeout."""
SMALLEST, LARGEST = 500, 2_000
"""Events of one batch, at most: each waits for the log and the disk once, so a long queue leaves in larger ones."""


@dataclass
class Relay:
    """`clock` is the machine's, whatever time the domain lives in: a lease protects real seconds."""

    outbox: Outbox
    log: Publishing
    clock: Clock
    owner: str
    batch: int = SMALLEST
    refused: int = 0
    """How many times in a row nothing was acknowledged: then the log is away, and need not be asked in a hurry."""

    def step(self) -> int:
        """Publishes one batch; answers how many events were acknowledged."""
        now = self.clock.now()
        events = self.outbox.lease(now, now + LEASE, self.owner, self.batch)
        if not events:
            return 0
        reached("relay-after-lease")
        if self.clock.now() > now + LEASE - RESERVE:
            log.warning("lease_too_short", events=len(events))
            self.outbox.release(events)
            return 0
        published = self.log.publish(events)
        reached("relay-after-ack")
        self.outbox.clear(published)
        reached("relay-after-removal")
        self._give_back(events, published)
        self.batch = min(2 * self.batch, LARGEST) if len(published) == self.batch else SMALLEST
        self.refused = 0 if published else self.refused + 1
        return len(published)

    def _give_back(self, events: Sequence[Any], published: Sequence[Any]) -> None:
        if len(published) == len(events):
            return
        done = {id(event) for event in published}
        self.outbox.release([event for event in events if id(event) not in done])
        log.warning("events_not_acknowledged", events=len(events) - len(published))
