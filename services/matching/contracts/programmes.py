"""What a programme is and who looks after it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from shared.kernel.events import Event
from shared.messaging.log import Topic

PROGRAMMES = Topic("mentoring.programmes.v1", compacted=True)


class ProgrammeState(StrEnum):
    """Where a programme stands."""

    DRAFT = "draft"
    RECRUITING = "recruiting"
    MATCHING = "matching"
    RUNNING = "running"
    CLOSING = "closing"
    CLOSED = "closed"


class Gate(StrEnum):
    """What both of a pair must have done before they start."""

    TRAINING = "training"
    AGREEMENT = "agreement"
    GOAL = "goal"


class Queue(StrEnum):
    """A kind of work that is put before coordinators."""

    APPLICATIONS = "applications"
    REQUESTS = "requests"
    REPORTING_LINES = "reporting-lines"
    CIRCLES = "circles"
    CHECK_INS = "check-ins"
    CASES = "cases"


@dataclass(frozen=True)
class Route:
    """Before whom this work is put."""

    queue: Queue
    person_ids: tuple[str, ...]


class Format(StrEnum):
    """How the two of a pair work together: for months, or a flash: one question, one session, no gates, no ladder."""

    PAIRS = "pairs"
    FLASH = "flash"


@dataclass(frozen=True, kw_only=True)
class RoleNames:
    """What a programme calls its two roles, by language and as within a sentence: a buddy and a newcomer. In code and
    events roles go by their codes, whatever they are called."""

    mentor: dict[str, str]
    mentee: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class ProgrammeEvent(Event):
    """The whole public state of a programme after the event.

    `kind` is the code of its template, `starts_on` and `ends_on` are ISO dates. Check-ins open on the days
    `check_in_days` after a pair started and then every `check_in_every_days`; they are answered within
    `check_in_answer_days` of delivery, the silent are reminded after `check_in_reminder_days`; a case about silence
    has `case_days`. `role_names` are what people read in place of mentor and mentee; without them those words.
    A `flash` pair has one check-in, and closes when both answered it or `close_days` after it opened; every other is in
    its last weeks from `closing_days` before its end.

    `coordinator_ids` are all who look after it now, `substitute_ids` those of them who only stand in for another.
    `routes` say before whom of them a queue of work is put; one that is not named is put before all.
    """

    topic: ClassVar[str] = PROGRAMMES.name
    key_field: ClassVar[str] = "programme_id"

    programme_id: str
    state: ProgrammeState
    kind: str
    name: str
    language: str
    time_zone: str
    starts_on: str
    ends_on: str
    coordinator_ids: tuple[str, ...]
    sponsor_id: str | None = None
    gates: tuple[Gate, ...] = ()
    check_in_days: tuple[int, ...] = (12, 30)
    check_in_every_days: int = 30
    check_in_answer_days: int = 7
    check_in_reminder_days: int = 3
    case_days: int = 3
    role_names: RoleNames | None = None
    substitute_ids: tuple[str, ...] = ()
    routes: tuple[Route, ...] = ()
    format: Format = Format.PAIRS
    close_days: int = 14
    closing_days: int = 28


@dataclass(frozen=True, kw_only=True)
class ProgrammeOpened(ProgrammeEvent):
    """People may take part from now on."""

    type: ClassVar[str] = "mentoring.programme-opened.v1"


@dataclass(frozen=True, kw_only=True)
class ProgrammeChanged(ProgrammeEvent):
    """A setting or the state changed."""

    type: ClassVar[str] = "mentoring.programme-changed.v1"


@dataclass(frozen=True, kw_only=True)
class CoordinatorLeft(ProgrammeEvent):
    """A coordinator left the organisation. `replaced`: whoever was named to stand in has taken over; else the programme
    office has to name somebody."""

    type: ClassVar[str] = "mentoring.coordinator-left.v1"

    replaced: bool = False


@dataclass(frozen=True, kw_only=True)
class ProgrammeClosed(ProgrammeEvent):
    """It is over."""

    type: ClassVar[str] = "mentoring.programme-closed.v1"
