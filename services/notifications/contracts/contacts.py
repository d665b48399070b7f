"""Whether somebody can be written to."""

from dataclasses import dataclass
from typing import ClassVar

from shared.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class _ContactEvent(Event):
    topic: ClassVar[str] = "mentoring.messages.v1"
    key_field: ClassVar[str] = "person_id"

    person_id: str


@dataclass(frozen=True, kw_only=True)
class ContactUnreachable(_ContactEvent):
    """The person's address refused a message for good: nothing more is sent to it."""

    type: ClassVar[str] = "mentoring.contact-unreachable.v1"


@dataclass(frozen=True, kw_only=True)
class ContactReachable(_ContactEvent):
    """The person has a new address, or a coordinator wants theirs tried again: messages are sent again."""

    type: ClassVar[str] = "mentoring.contact-reachable.v1"
