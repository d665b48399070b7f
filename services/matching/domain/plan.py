"""What a coordinator sets of a programme, and how the settings of a new one begin."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from services.matching.contracts.participants import Role
from services.matching.contracts.programmes import Gate, RoleNames
from services.matching.domain import checklist, objective, role_names
from services.matching.domain.cadence import Cadence
from services.matching.domain.checklist import Item
from services.matching.domain.form import BadForm, Form, Option, flaws_of_options
from services.matching.domain.objective import Objective
from services.matching.domain.profile import Profile
from services.matching.domain.steps import ApplicationStep
from services.matching.domain.templates import Template
from shared.kernel.errors import Invalid

STICKINESS = 4
"""By the default rules four points, a twentieth of what two can fit: less than any of their terms, and a sixth of a
first wish."""


class BadDates(Invalid):
    """The end lies before the start, or applications are taken at no time."""

    code = "bad-dates"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a coordinator may set. Dates are ISO dates of the programme's zone.

    `rules` has the form of a rules file; None means the documented default. With `requests_allowed` mentees ask mentors
    of their choice, each of whom has `request_days` working days to answer: less the holidays of their own calendar, or
    of `holiday_calendar` where the directory names none.

    A cohort takes applications from `applications_from` to `applications_until`, both included; without them from its
    opening until its first pairs. One that is `always_on` takes them as long as it runs. `form` None is the template's,
    `skills` the words to choose from; none: everybody's own.

    `profile` is the Ideal Mentor Profile; without criteria nobody is scored.

    `stickiness`: by how many percent of the best score others must be better before a run takes somebody away from whom
    the last one proposed.

    `purpose` says which aim of the organisation the programme serves; nobody opens one without. Neither it nor
    the objectives leave in events.

    `role_names`: what people read in place of mentor and mentee; None: the template's. `checklist`: what is to be done
    in each phase; None: the template's.

    `interview_roles` and `endorsement_roles`: in which roles somebody is approved after that step alone.
    """

    name: str
    starts_on: str
    ends_on: str
    language: str = "en"
    time_zone: str = "Europe/Berlin"
    holiday_calendar: str = ""
    coordinator_ids: tuple[str, ...] = ()
    sponsor_id: str | None = None
    gates: tuple[Gate, ...] = ()
    cadence: Cadence = field(default_factory=Cadence)
    rules: dict[str, Any] | None = None
    undo_minutes: int = 10
    requests_allowed: bool = False
    request_days: int = 3
    stickiness: int = STICKINESS
    always_on: bool = False
    applications_from: str | None = None
    applications_until: str | None = None
    form: Form | None = None
    skills: tuple[Option, ...] = ()
    profile: Profile = field(default_factory=Profile)
    purpose: str = ""
    objectives: tuple[Objective, ...] = ()
    role_names: RoleNames | None = None
    checklist: tuple[Item, ...] | None = None
    interview_roles: tuple[Role, ...] = ()
    endorsement_roles: tuple[Role, ...] = ()

    def steps_of(self, role: Role) -> tuple[ApplicationStep, ...]:
        """What is asked for in this role before somebody is approved."""
        asked = {ApplicationStep.INTERVIEW: self.interview_roles, ApplicationStep.ENDORSEMENT: self.endorsement_roles}
        return tuple(step for step, roles in asked.items() if role in roles)

    def require_sound(self) -> None:
        """Raises Invalid."""
        if not self.name.strip():
            raise Invalid("a programme needs a name")
        if date.fromisoformat(self.ends_on) <= date.fromisoformat(self.starts_on):
            raise BadDates("a programme ends after it starts")
        self.cadence.require_sound()
        objective.require_sound(self.objectives)
        self.profile.require_sound()
        self._require_window()
        checklist.require_sound(self.checklist or ())
        if self.role_names:
            role_names.require_sound(self.role_names)
        if self.form:
            self.form.require_sound()
        for flaw in flaws_of_options(self.skills):
            raise BadForm(f"the list of skills {flaw}")

    def _require_window(self) -> None:
        if self.always_on and (self.applications_from or self.applications_until):
            raise BadDates("a programme that is always on takes applications at any time: give it no dates for them")
        if not (self.applications_from or "") <= (self.applications_until or self.ends_on) <= self.ends_on:
            raise BadDates("applications end after they begin, and before the programme does")


def plan_from(template: Template, name: str, starts_on: date, by: str | None, language: str = "en") -> Plan:
    """The template's settings with a name and dates; whoever makes it looks after it."""
    return Plan(
        language=language,
        name=name,
        starts_on=starts_on.isoformat(),
        ends_on=_months_later(starts_on, template.months).isoformat(),
        gates=template.gates,
        cadence=template.cadence,
        rules=template.rules,
        requests_allowed=template.requests_allowed,
        profile=template.profile,
        purpose=template.purposes[language],
        role_names=template.role_names,
        coordinator_ids=(by,) if by else (),
    )


def plan_after(last: Plan, name: str, starts_on: date) -> Plan:
    """The next cohort: all of the last one's settings, as long, with a name and a start of its own."""
    lasts = date.fromisoformat(last.ends_on) - date.fromisoformat(last.starts_on)
    return replace(last, name=name, starts_on=starts_on.isoformat(), ends_on=(starts_on + lasts).isoformat(),
                   applications_from=None, applications_until=None)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
