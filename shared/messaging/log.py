"""The port of an event log: topics with keys and order, groups with positions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from shared.messaging.envelope import Outgoing, Received, Unreadable

Record = Received | Unreadable


@dataclass(frozen=True)
class Topic:
    """A topic of the catalogue. `compacted`: the last event of a key stays for ever. `retention_days` for others."""

    name: str
    partitions: int = 3
    compacted: bool = False
    retention_days: int = 30
    tier: str = "operational"

    @property
    def restricted(self) -> bool:
        """Personal data: an old record of a key goes within a day, so that what was erased is soon gone."""
        return self.tier == "restricted"

    @property
    def kept_days(self) -> int:
        """How long a record stays at least: of a compacted topic, though a newer one of its key came."""
        return 0 if self.compacted and self.restricted else self.retention_days


@dataclass(frozen=True)
class Lag:
    """Where a group stands: `behind` records not yet handled, by topic."""

    group: str
    behind: dict[str, int] = field(default_factory=dict)


class Subscription(Protocol):
    """One member of a consumer group. Used by one thread."""

    def poll(self, timeout: float) -> Sequence[Record]:
        """Up to 500 records, in order of their partitions; empty after `timeout` seconds. Records of paused
        partitions do not come."""

    def rewind(self, record: Record) -> None:
        """This record, and those behind it in its partition, come again."""

    def pause(self, topic: str, partition: int) -> None:
        """Nothing of this partition until `resume`."""

    def resume(self, topic: str, partition: int) -> None: ...

    def commit(self) -> None:
        """All that was polled and not rewound is done. A no-op on partitions that are ours no more."""

    def positions(self) -> dict[str, int]:
        """`topic:partition` → next offset, for what is assigned now."""

    def seek(self, positions: dict[str, int]) -> None:
        """Where a stored position is lower than the log's own, go back to it."""

    def caught_up(self) -> bool:
        """Whether something is assigned and everything on it was polled."""

    def stuck(self) -> bool:
        """Nothing is assigned though the topics exist, or a position does not move while the end grows."""

    def close(self) -> None: ...


class Publishing(Protocol):
    """Where a relay brings what waits."""

    def publish(self, events: Sequence[Outgoing]) -> list[Outgoing]:
        """Sends and waits for the acknowledgements; answers what was acknowledged: of each source a prefix of what was
        given. Never raises for a log that is away: then nothing was acknowledged."""


class EventLog(Publishing, Protocol):
    """An event log. `publish` belongs to the relay alone."""

    def create_topics(self, topics: Sequence[Topic]) -> None:
        """Makes what is missing; what exists stays as it is."""

    def subscribe(self, group: str, topics: Sequence[str]) -> Subscription:
        """Joins the group, from the beginning where it has no position. Raises Unavailable."""

    def read(self, topics: Sequence[str], *, follow: bool = False) -> Iterator[Record]:
        """Everything on these topics from the beginning, without a group; for people and tools."""

    def lag(self, group: str, topics: Sequence[str]) -> Lag: ...

    def ping(self) -> None:
        """Raises Unavailable when the log does not answer."""

    def describe(self) -> dict[str, str]:
        """Engine, version and place, and what it can and holds to, for `doctor`. Raises Unavailable."""

    def close(self) -> None: ...
