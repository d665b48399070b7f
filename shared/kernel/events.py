"""Events as their producers record them, and the numbering that makes repeats harmless."""

from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Protocol


class Sequence(NamedTuple):
    """The place of an event among those of its source: generation of the store, then number.

    Compared as a pair. A store restored from a backup gets a higher generation, so numbers used again are newer.
    """

    generation: int
    number: int

    def __str__(self) -> str:
        return f"{self.generation:06d}.{self.number:012d}"

    @classmethod
    def parse(cls, text: str) -> "Sequence":
        """Reads what `str` writes. Raises ValueError."""
        generation, _, number = text.partition(".")
        return cls(int(generation), int(number))

    def next(self, generation: int) -> "Sequence":
        """The following number, in the generation the store is in now."""
        return Sequence(max(generation, self.generation), self.number + 1)


NOTHING_YET = Sequence(0, 0)


class Cause(Protocol):
    """What a change remembers of the event that caused it."""

    @property
    def id(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def topic(self) -> str: ...
    @property
    def sequence(self) -> Sequence: ...
    @property
    def correlation_id(self) -> str | None: ...


@dataclass(frozen=True, kw_only=True)
class Event:
    """A published fact: a frozen dataclass of ids and facts, never names, addresses, ratings or free text.

    `type` is the CloudEvents type (`mentoring.pair-created.v1`), `topic` where it goes, `key_field` names the field
    whose value is the Kafka key. `public` events are in the catalogue; the others stay inside their service.
    """

    type: ClassVar[str]
    topic: ClassVar[str]
    key_field: ClassVar[str]
    public: ClassVar[bool] = True

    @property
    def key(self) -> str:
        """The Kafka key: all events of one key arrive in order."""
        value: str = getattr(self, self.key_field)
        return value


@dataclass(frozen=True, kw_only=True)
class Tombstone(Event):
    """Takes a key off a compacted topic. Subclasses give type, topic and key; nothing but the key is published."""
