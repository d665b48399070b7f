"""What a company's HR system tells Ithaca: the topic that Ithaca only reads.

Whoever writes it gives each event the directory's id of the person as the key, and, where it can, a `ce_sequence` that
rises within its `ce_source` (docs/events.md says how). A fact that is not said (null) stays as it is known.
"""

from dataclasses import dataclass
from typing import ClassVar

from shared.kernel.events import Event
from shared.messaging.log import Topic

HR_CHANGES = Topic("mentoring.hr-changes.v1", tier="restricted")


@dataclass(frozen=True, kw_only=True)
class HrChange(Event):
    """News of one person. `directory_id` is the company's own id of the person, the one that files and SCIM's
    `userName` carry."""

    topic: ClassVar[str] = HR_CHANGES.name
    key_field: ClassVar[str] = "directory_id"

    directory_id: str


@dataclass(frozen=True, kw_only=True)
class HrPersonJoined(HrChange):
    """Somebody joined, or is back after having left.

    `manager_id` is the directory's id of the line manager, `working_days` are mon to sun.
    """

    type: ClassVar[str] = "mentoring.hr-person-joined.v1"

    name: str
    email: str
    language: str | None = None
    time_zone: str | None = None
    department: str | None = None
    location: str | None = None
    grade: str | None = None
    manager_id: str | None = None
    languages: tuple[str, ...] | None = None
    working_days: tuple[str, ...] | None = None
    holiday_calendar: str | None = None


@dataclass(frozen=True, kw_only=True)
class HrPersonMoved(HrChange):
    """Another manager, place or grade. `manager_id` is the directory's id of the line manager, empty for none."""

    type: ClassVar[str] = "mentoring.hr-person-moved.v1"

    name: str | None = None
    email: str | None = None
    language: str | None = None
    time_zone: str | None = None
    department: str | None = None
    location: str | None = None
    grade: str | None = None
    manager_id: str | None = None
    languages: tuple[str, ...] | None = None
    working_days: tuple[str, ...] | None = None
    holiday_calendar: str | None = None


@dataclass(frozen=True, kw_only=True)
class HrLeaveBegun(HrChange):
    """A leave is agreed: `starts_on` and `ends_on` its first and last day; no last: until further notice."""

    type: ClassVar[str] = "mentoring.hr-leave-begun.v1"

    starts_on: str
    ends_on: str | None = None


@dataclass(frozen=True, kw_only=True)
class HrLeaveEnded(HrChange):
    """Somebody is back: `back_on` is the first day."""

    type: ClassVar[str] = "mentoring.hr-leave-ended.v1"

    back_on: str


@dataclass(frozen=True, kw_only=True)
class HrPersonLeft(HrChange):
    """Somebody has left the organisation."""

    type: ClassVar[str] = "mentoring.hr-person-left.v1"
