"""One mentoring programme, from the draft to the end."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from services.matching.contracts.internal import ProfileChanged
from services.matching.contracts.programmes import (
    CoordinatorLeft,
    Format,
    ProgrammeChanged,
    ProgrammeClosed,
    ProgrammeEvent,
    ProgrammeOpened,
    ProgrammeState,
    RoleNames,
)
from services.matching.domain import flash
from services.matching.domain.checklist import Item
from services.matching.domain.form import Form
from services.matching.domain.lasting import Lasting
from services.matching.domain.plan import Plan
from services.matching.domain.profile import Profile
from services.matching.domain.templates import template
from services.matching.domain.ticking import Ticking
from shared.kernel.errors import WrongState

OPEN = (ProgrammeState.RECRUITING, ProgrammeState.MATCHING, ProgrammeState.RUNNING)
CLOSING_DAYS = 28
"""Closing surveys and farewells take this long after the last day."""

FIXED: dict[ProgrammeState, tuple[str, ...]] = {
    ProgrammeState.RUNNING: ("starts_on",),
    ProgrammeState.CLOSING: ("starts_on", "ends_on", "time_zone", "requests_allowed"),
}
"""Settings that others have gone by already, by the states in which they stay. Whoever is closed changes nothing."""


class NotOpen(WrongState):
    """The programme takes nobody in and matches nobody now."""

    code = "programme-not-open"


class NoRequests(WrongState):
    """Mentees of this programme ask nobody themselves."""

    code = "no-requests"


class NoApplications(WrongState):
    """The programme takes no applications now."""

    code = "no-applications"


class NoPurpose(WrongState):
    """Nobody has said what the programme is for."""

    code = "no-purpose"


class Fixed(WrongState):
    """Others have gone by this setting already."""

    code = "setting-fixed"


@dataclass(kw_only=True)
class Programme(Ticking, Lasting):
    """Its settings, and where it stands. Nobody outside hears of a draft. `succeeds`: the cohort it was copied from.
    `profile_number` counts the changes of what mentors are judged by."""

    kind: str
    succeeds: str | None = None
    profile_number: int = 1

    @classmethod
    def draft(cls, id: str, kind: str, plan: Plan, succeeds: str | None = None) -> "Programme":
        plan.require_sound()
        return cls(id=id, kind=kind, plan=plan, succeeds=succeeds)

    def change(self, plan: Plan, at: datetime, by: str | None = None) -> None:
        """Raises Invalid, NotOpen, Fixed, OnlyStandsIn."""
        plan.require_sound()
        self.require_not_closed()
        if plan == self.plan:
            return
        flash.require_fitting(self.format, plan)
        if plan.coordinator_ids != self.plan.coordinator_ids:
            self.charge.require_own(by)
        self._require_free(plan)
        if plan.profile != self.plan.profile:
            plan.profile.require_asked(plan.form or template(self.kind).form)
        before, self.plan = self.profile, plan
        self.drop_ticks()
        self._count_on(self._counted(at), at, tell=False)
        if self.profile != before:
            self.profile_number += 1
        if self.state is not ProgrammeState.DRAFT:
            self._plan_the_end(at)
            self._judge_anew(before, at)
            self._tell(ProgrammeChanged, at)

    def _judge_anew(self, before: Profile, at: datetime) -> None:
        if self.profile != before:
            self.record(ProfileChanged(programme_id=self.id, number=self.profile_number), at)

    def _require_free(self, plan: Plan) -> None:
        if changed := [name for name in self.fixed if getattr(plan, name) != getattr(self.plan, name)]:
            raise Fixed(f"{', '.join(changed)}: not changed any more, since the programme is {self.state}")

    @property
    def fixed(self) -> tuple[str, ...]:
        """Settings that do not change any more."""
        return FIXED.get(self.state, ())

    def open(self, at: datetime) -> None:
        """Raises WrongState, NoPurpose. Of a draft whose coordinators left, the programme office hears now."""
        if self.state is not ProgrammeState.DRAFT:
            raise WrongState(f"programme {self.id} is {self.state} already")
        if not self.plan.purpose.strip():
            raise NoPurpose("say first what the programme is for: its purpose is empty")
        self.state = ProgrammeState.RECRUITING
        self._plan_the_end(at)
        self._tell(ProgrammeOpened, at)
        if self.left_alone and not self.plan.coordinator_ids:
            self.tell_left(replaced=False, at=at)

    def require_not_closed(self) -> None:
        """Raises NotOpen: what is over stays as it is."""
        if self.state is ProgrammeState.CLOSED:
            raise NotOpen(f"programme {self.id} is closed")

    @property
    def is_open(self) -> bool:
        """Whether people may join and be matched."""
        return self.state in OPEN

    def require_open(self) -> None:
        """Raises NotOpen."""
        if not self.is_open:
            way = "open it first" if self.state is ProgrammeState.DRAFT else "its next cohort takes people in"
            raise NotOpen(f"programme {self.id} is {self.state}: {way}")

    def require_answering(self) -> None:
        """Raises NotOpen unless people may still be told that there is no place."""
        if self.state is not ProgrammeState.CLOSING:
            self.require_open()

    @property
    def form(self) -> Form:
        """What people are asked who apply."""
        return self.plan.form or template(self.kind).form

    @property
    def profile(self) -> Profile:
        """What mentors are judged by: criteria over what the form asks of them."""
        return self.plan.profile.of(self.form)

    @property
    def format(self) -> Format:
        """How the two of a pair work together; it stays."""
        return template(self.kind).format

    @property
    def role_names(self) -> RoleNames:
        """What people read in place of mentor and mentee."""
        return self.plan.role_names or template(self.kind).role_names

    @property
    def checklist(self) -> tuple[Item, ...]:
        """What is to be done in each phase."""
        return template(self.kind).checklist if self.plan.checklist is None else self.plan.checklist

    def takes_applications(self, now: datetime) -> bool:
        """Whether people may apply at this moment."""
        if not self.is_open:
            return False
        today, until = self.today(now), self.plan.applications_until
        in_time = today <= until if until else self.state is not ProgrammeState.RUNNING
        return self.plan.always_on or ((self.plan.applications_from or "") <= today and in_time)

    def require_applications(self, now: datetime) -> None:
        """Raises NoApplications."""
        if not self.takes_applications(now):
            raise NoApplications(f"programme {self.id} takes no applications now")

    def require_requests(self) -> None:
        """Raises NotOpen, NoRequests."""
        self.require_open()
        if not self.plan.requests_allowed:
            raise NoRequests(f"programme {self.id} does not take requests")

    @property
    def takes_requests(self) -> bool:
        """Whether mentees may ask mentors now."""
        return self.plan.requests_allowed and self.is_open

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
        self.clear_timer("charge")
        self._tell(ProgrammeClosed, now)

    def tell_changed(self, at: datetime) -> None:
        if self.state is not ProgrammeState.DRAFT:
            self._tell(ProgrammeChanged, at)

    def tell_left(self, replaced: bool, at: datetime) -> None:
        if self.state is not ProgrammeState.DRAFT:
            self._tell(CoordinatorLeft, at, replaced=replaced)

    def _move(self, state: ProgrammeState, at: datetime) -> None:
        self.state = state
        self._tell(ProgrammeChanged, at)

    def _tell(self, event: type[ProgrammeEvent], at: datetime, **more: Any) -> None:
        plan, charge = self.plan, self.charge
        names = ("name", "language", "time_zone", "starts_on", "ends_on", "sponsor_id", "gates")
        facts: dict[str, Any] = {name: getattr(plan, name) for name in names} | asdict(plan.cadence) | more
        self.record(event(programme_id=self.id, state=self.state, kind=self.kind, coordinator_ids=charge.ids,
                          substitute_ids=charge.stand_ins, routes=charge.routed, role_names=self.role_names,
                          format=self.format, **facts), at)
