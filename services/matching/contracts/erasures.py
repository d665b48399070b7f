"""That matching has forgotten somebody, and that everybody has."""

from dataclasses import dataclass
from typing import ClassVar

from shared.kernel.events import Event
from shared.messaging.log import Topic

ERASURES = Topic("mentoring.erasures.v1", tier="private")


@dataclass(frozen=True, kw_only=True)
class ErasureCompleted(Event):
    """A service has erased what it held of a person, or made it nobody's; `counts` says of which kind how much."""

    type: ClassVar[str] = "mentoring.erasure-completed.v1"
    topic: ClassVar[str] = ERASURES.name
    key_field: ClassVar[str] = "person_id"

    person_id: str
    service: str
    counts: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class ErasureReceiptCompleted(Event):
    """Every service has answered for what it held: the receipt is whole. `services` are those that owed one."""

    type: ClassVar[str] = "mentoring.erasure-receipt-completed.v1"
    topic: ClassVar[str] = ERASURES.name
    key_field: ClassVar[str] = "person_id"

    person_id: str
    services: tuple[str, ...]
