"""Who a person is: the restricted, compacted topic that Ithaca's own services read."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from shared.kernel.events import Event, Tombstone
from shared.messaging.log import Topic

PEOPLE = Topic("mentoring.people.v1", compacted=True, tier="restricted")


class PersonState(StrEnum):
    """Whether somebody works here at present."""

    ACTIVE = "active"
    ON_LEAVE = "on-leave"
    LEFT = "left"


@dataclass(frozen=True, kw_only=True)
class PersonEvent(Event):
    """The whole public state of a person after the event.

    `language` is a BCP 47 tag, `time_zone` an IANA name; `languages` are spoken ones, `working_days` mon to sun (none:
    not said), `external` is true for alumni and guests. The only events of Ithaca that carry a name or an address.
    """

    topic: ClassVar[str] = PEOPLE.name
    key_field: ClassVar[str] = "person_id"

    person_id: str
    state: PersonState
    name: str
    email: str
    language: str
    time_zone: str
    department: str
    location: str
    languages: tuple[str, ...] = ()
    working_days: tuple[str, ...] = ()
    holiday_calendar: str = ""
    external: bool = False


@dataclass(frozen=True, kw_only=True)
class PersonAdded(PersonEvent):
    """Somebody became known to Ithaca."""

    type: ClassVar[str] = "mentoring.person-added.v1"


@dataclass(frozen=True, kw_only=True)
class PersonChanged(PersonEvent):
    """Something of what is known of a person changed."""

    type: ClassVar[str] = "mentoring.person-changed.v1"


@dataclass(frozen=True, kw_only=True)
class PersonLeft(PersonEvent):
    """Somebody left the organisation: their pairs end."""

    type: ClassVar[str] = "mentoring.person-left.v1"


@dataclass(frozen=True, kw_only=True)
class PersonErased(Tombstone):
    """Somebody asked to be forgotten: a tombstone takes the name off the topic, and every service erases its own."""

    type: ClassVar[str] = "mentoring.person-erased.v1"
    topic: ClassVar[str] = PEOPLE.name
    key_field: ClassVar[str] = "person_id"

    person_id: str
