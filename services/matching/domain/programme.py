"""One mentoring programme: its settings, its people in charge, and the way from draft to closed."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from services.matching.contracts.programmes import (
    Gate,
    ProgrammeChanged,
    ProgrammeClosed,
    ProgrammeEvent,
    ProgrammeOpened,
    ProgrammeState,
)
from services.matching.domain.templates import Template
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import Invalid, WrongState

_NEXT = {
    ProgrammeState.DRAFT: ProgrammeState.RECRUITING,
    ProgrammeState.RECRUITING: ProgrammeState.MATCHING,
    ProgrammeState.MATCHING: ProgrammeState.RUNNING,
    ProgrammeState.RUNNING: ProgrammeState.CLOSING,
    ProgrammeState.CLOSING: ProgrammeState.CLOSED,
}


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Everything a coordinator may set. Days are counted as the events say."""

    name: str
    starts_on: str
    ends_on: str
    language: str = "en"
    time_zone: str = "UTC"
    coordinator_ids: tuple[str, ...] = ()
    sponsor_id: str | None = None
    gates: tuple[Gate, ...] = ()
    check_in_days: tuple[int, ...] = (12, 30)
    check_in_every_days: int = 30
    check_in_answer_days: int = 7
    check_in_reminder_days: int = 3
    case_days: int = 3
    undo_minutes: int = 10
    rules: dict[str, Any] | None = None

    def __post_init__(self) -> None:
        try:
            in_order = date.fromisoformat(self.starts_on) < date.fromisoformat(self.ends_on)
        except ValueError:
            raise Invalid("dates are written as in 2026-03-02") from None
        if not in_order:
            raise Invalid("a programme ends after it starts")
        if not self.name.strip():
            raise Invalid("a programme has a name")
        if not 0 < self.check_in_reminder_days < self.check_in_answer_days or self.check_in_every_days < 14:
            raise Invalid("check-ins are at least 14 days apart, and the reminder comes before the deadline")


@dataclass(kw_only=True)
class Programme(Aggregate):
    """`kind` is the code of its template."""

    kind: str
    plan: Plan
    state: ProgrammeState = ProgrammeState.DRAFT

    def open(self, at: datetime) -> None:
        """People may take part from now on."""
        if self.state is not ProgrammeState.DRAFT:
            raise WrongState(f"programme {self.id} is {self.state} already")
        self.state = ProgrammeState.RECRUITING
        self._tell(ProgrammeOpened, at)

    def change(self, settings: dict[str, Any], at: datetime) -> None:
        """Sets what is given; a draft tells nobody yet. Raises Invalid."""
        if self.state is ProgrammeState.CLOSED:
            raise WrongState(f"programme {self.id} is closed")
        plan = replace(self.plan, **settings)
        if plan != self.plan:
            self.plan = plan
            if self.state is not ProgrammeState.DRAFT:
                self._tell(ProgrammeChanged, at)

    def reach(self, state: ProgrammeState, at: datetime) -> None:
        """Moves forward to the state, step by step; being there or further is no error."""
        order = list(ProgrammeState)
        while order.index(self.state) < order.index(state):
            self.state = _NEXT[self.state]
            self._tell(ProgrammeClosed if self.state is ProgrammeState.CLOSED else ProgrammeChanged, at)

    def require_open(self) -> None:
        """Raises WrongState while nobody can take part."""
        if self.state in (ProgrammeState.DRAFT, ProgrammeState.CLOSED):
            raise WrongState(f"programme {self.id} is {self.state}: open it first")

    def _tell(self, kind: type[ProgrammeEvent], at: datetime) -> None:
        plan = self.plan
        self.record(kind(
            programme_id=self.id, state=self.state, kind=self.kind, name=plan.name, language=plan.language,
            time_zone=plan.time_zone, starts_on=plan.starts_on, ends_on=plan.ends_on, sponsor_id=plan.sponsor_id,
            coordinator_ids=plan.coordinator_ids, gates=plan.gates, check_in_days=plan.check_in_days,
            check_in_every_days=plan.check_in_every_days, check_in_answer_days=plan.check_in_answer_days,
            check_in_reminder_days=plan.check_in_reminder_days, case_days=plan.case_days), at)


def months_later(day: str, months: int) -> str:
    """The same day of the month so many months later, or the last one of that month. Raises Invalid."""
    try:
        start = date.fromisoformat(day)
    except ValueError:
        raise Invalid("dates are written as in 2026-03-02") from None
    year, month = divmod(start.month - 1 + months, 12)
    for last in (start.day, 30, 29, 28):
        try:
            return date(start.year + year, month + 1, last).isoformat()
        except ValueError:
            continue
    raise Invalid("no such day")


def planned(template: Template, name: str, starts_on: str, by: str | None, language: str = "en") -> Plan:
    """The plan of a new programme made from a template."""
    return Plan(
        name=name, starts_on=starts_on, ends_on=months_later(starts_on, template.months), language=language,
        coordinator_ids=(by,) if by else (), gates=template.gates, check_in_days=template.check_in_days,
        check_in_every_days=template.check_in_every_days, undo_minutes=template.undo_minutes, rules=template.rules)
