"""The event log for people and tools: which records, and each as one line of JSON."""

import json
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.kernel.clock import parse
from shared.messaging.envelope import Received
from shared.messaging.log import EventLog, Record


@dataclass(frozen=True)
class Choice:
    """Which events: of these types (all, when none is named), and from this moment on."""

    types: frozenset[str] = frozenset()
    since: datetime | None = None

    def takes(self, record: Record) -> bool:
        if not isinstance(record, Received):
            return False
        return (not self.types or record.type in self.types) and (
            self.since is None or parse(record.time) >= self.since)


def newest(log: EventLog, topics: Sequence[str], choice: Choice, last: int, *, follow: bool,
           show: Callable[[Record], None]) -> None:
    """The last few of the chosen, and then those that come; without `follow` it ends."""
    ends: dict[tuple[str, int], int] = {}
    lately: deque[Record] = deque(maxlen=last)
    for record in log.read(topics):
        ends[record.topic, record.partition] = record.offset
        if choice.takes(record):
            lately.append(record)
    for record in lately:
        show(record)
    for record in _behind(log.read(topics, follow=True), ends) if follow else ():
        if choice.takes(record):
            show(record)


def _behind(records: Iterator[Record], ends: dict[tuple[str, int], int]) -> Iterator[Record]:
    return (one for one in records if one.offset > ends.get((one.topic, one.partition), -1))


def line(record: Record) -> str:
    """The event with its envelope."""
    assert isinstance(record, Received)
    shown: dict[str, Any] = {"time": record.time, "type": record.type, "topic": record.topic, "key": record.key,
                             "id": record.id, "source": record.source, "sequence": str(record.sequence),
                             "data": record.data}
    return json.dumps(shown, ensure_ascii=False)
