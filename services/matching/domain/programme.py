"""One mentoring programme, from the draft to the end."""

from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from services.matching.contracts.programmes import (
    Gate,
    ProgrammeChanged,
    ProgrammeClosed,
    ProgrammeEvent,
    ProgrammeOpened,
    ProgrammeState,
)
from services.matching.domain.cadence import Cadence
from services.matching.domain.templates import Template
from shared.kernel.aggregate import Aggregate
from shared.kernel.clock import whole_milliseconds
from shared.kernel.errors import Invalid, WrongState

CLOSING_DAYS = 28
"""Closing surveys and farewells take this long after the last day."""


class NotOpen(WrongState):
    """The programme takes nobody in and matches nobody now."""

    code = "programme-not-open"


class NoRequests(WrongState):
    """Mentees of this programme ask nobody themselves."""

    code = "no-requests"


class BadDates(Invalid):
    """The end lies before the start."""

    code = "bad-dates"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a coordinator may set. Dates are ISO dates of the programme's zone.

    `rules` has the form of a rules file; None means the documented default. With `requests_allowed` mentees ask mentors
    of their choice, each of whom has `request_days` working days to answer.
    """

    name: str
    starts_on: str
    ends_on: str
    language: str = "en"
    time_zone: str = "Europe/Berlin"
    coordinator_ids: tuple[str, ...] = ()
    sponsor_id: str | None = None
    gates: tuple[Gate, ...] = ()
    cadence: Cadence = field(default_factory=Cadence)
    rules: dict[str, Any] | None = None
    undo_minutes: int = 10
    requests_allowed: bool = False
    request_days: int = 3

    def require_sound(self) -> None:
        """Raises Invalid."""
        if not self.name.strip():
            raise Invalid("a programme needs a name")
        if date.fromisoformat(self.ends_on) <= date.fromisoformat(self.starts_on):
            raise BadDates("a programme ends after it starts")
        self.cadence.require_sound()


def plan_from(template: Template, name: str, starts_on: date, by: str | None) -> Plan:
    """The template's settings with a name and dates; whoever makes it looks after it."""
    return Plan(
        name=name,
        starts_on=starts_on.isoformat(),
        ends_on=_months_later(starts_on, template.months).isoformat(),
        gates=template.gates,
        cadence=template.cadence,
        rules=template.rules,
        undo_minutes=template.undo_minutes, coordinator_ids=(by,) if by else (),
    )


def plan_after(last: Plan, name: str, starts_on: date) -> Plan:
    """The next cohort: all of the last one's settings, as long, with a name and a start of its own."""
    lasts = date.fromisoformat(last.ends_on) - date.fromisoformat(last.starts_on)
    return replace(last, name=name, starts_on=starts_on.isoformat(), ends_on=(starts_on + lasts).isoformat())


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


@dataclass(kw_only=True)
class Programme(Aggregate):
    """Its settings, and where it stands. Nobody outside hears of a draft."""

    kind: str
    plan: Plan
    state: ProgrammeState = ProgrammeState.DRAFT

    @classmethod
    def draft(cls, id: str, kind: str, plan: Plan) -> "Programme":
        plan.require_sound()
        return cls(id=id, kind=kind, plan=plan)

    def change(self, plan: Plan, at: datetime) -> None:
        plan.require_sound()
        if self.state is ProgrammeState.CLOSED:
            raise NotOpen(f"programme {self.id} is closed")
        if plan == self.plan:
            return
        self.plan = plan
        if self.state is not ProgrammeState.DRAFT:
            self._plan_the_end()
            self._tell(ProgrammeChanged, at)

    def open(self, at: datetime) -> None:
        if self.state is not ProgrammeState.DRAFT:
            raise WrongState(f"programme {self.id} is {self.state} already")
        self.state = ProgrammeState.RECRUITING
        self._plan_the_end()
        self._tell(ProgrammeOpened, at)

    def require_open(self) -> None:
        """Raises NotOpen unless people may join and be matched."""
        if self.state not in (ProgrammeState.RECRUITING, ProgrammeState.MATCHING, ProgrammeState.RUNNING):
            raise NotOpen(f"programme {self.id} is {self.state}")

    def require_requests(self) -> None:
        """Raises NotOpen, NoRequests."""
        self.require_open()
        if not self.plan.requests_allowed:
            raise NoRequests(f"programme {self.id} does not take requests")

    def begin_matching(self, at: datetime) -> None:
        """A run was queued. Programmes that are running go on running."""
        if self.state is ProgrammeState.RECRUITING:
            self._move(ProgrammeState.MATCHING, at)

    def begin_running(self, at: datetime) -> None:
        """A run was published."""
        if self.state in (ProgrammeState.RECRUITING, ProgrammeState.MATCHING):
            self._move(ProgrammeState.RUNNING, at)

    def on_end(self, now: datetime) -> None:
        self.set_timer("close", now + timedelta(days=CLOSING_DAYS))
        self._move(ProgrammeState.CLOSING, now)

    def on_close(self, now: datetime) -> None:
        self.state = ProgrammeState.CLOSED
        self._tell(ProgrammeClosed, now)

    def _plan_the_end(self) -> None:
        if self.state is ProgrammeState.CLOSING:
            return
        day_after = date.fromisoformat(self.plan.ends_on) + timedelta(days=1)
        moment = datetime.combine(day_after, time(), ZoneInfo(self.plan.time_zone))
        self.set_timer("end", whole_milliseconds(moment.astimezone(UTC)))

    def _move(self, state: ProgrammeState, at: datetime) -> None:
        self.state = state
        self._tell(ProgrammeChanged, at)

    def _tell(self, event: type[ProgrammeEvent], at: datetime) -> None:
        plan = self.plan
        facts: dict[str, Any] = {
            name: getattr(plan, name)
            for name in (
                "name",
                "language",
                "time_zone",
                "starts_on",
                "ends_on",
                "coordinator_ids",
                "sponsor_id",
                "gates",
            )
        }
        self.record(event(programme_id=self.id, state=self.state, kind=self.kind, **facts, **asdict(plan.cadence)), at)
