"""Letters to the audit log are handed over before the rest is published."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from shared.audit.entries import TRAIL
from shared.audit.trail import Trail
from shared.kernel.errors import DomainError
from shared.messaging.envelope import Outgoing

log = structlog.get_logger("audit")


@dataclass(frozen=True)
class AuditedLog:
    """The event log as a relay sees it: letters to the audit log go there, everything else is published."""

    publish_others: Callable[[Sequence[Outgoing]], list[Outgoing]]
    trail: Callable[[], Trail]

    def publish(self, events: Sequence[Outgoing]) -> list[Outgoing]:
        """What is kept or acknowledged: of each source a prefix. While letters cannot be kept, what is not behind one
        is published all the same."""
        letters = [one for one in events if one.topic == TRAIL]
        if not letters:
            return self.publish_others(events)
        kept = self._kept(letters)
        waiting = {id(one) for one in letters} - {id(one) for one in kept}
        others = [one for one in _prefixes(events, {id(one) for one in events} - waiting) if one.topic != TRAIL]
        published = self.publish_others(others) if others else []
        return _prefixes(events, {id(one) for one in (*kept, *published)})

    def _kept(self, letters: Sequence[Outgoing]) -> Sequence[Outgoing]:
        try:
            self.trail().append(letters)
        except DomainError as refused:
            log.warning("audit_not_appended", letters=len(letters), code=refused.code)
            return ()
        return letters


def _prefixes(events: Sequence[Outgoing], done: set[int]) -> list[Outgoing]:
    found, stopped = list[Outgoing](), set[str]()
    for one in events:
        if id(one) in done and one.source not in stopped:
            found.append(one)
        else:
            stopped.add(one.source)
    return found
