"""The composition root: the only place that knows all parts of surveys below the ways in."""

from services.surveys.application import Surveys
from services.surveys.application.cases import Cases
from services.surveys.application.check_ins import CheckIns
from services.surveys.application.erasing import Erasing
from services.surveys.application.goals import Goals
from services.surveys.application.journeys import Journeys
from services.surveys.application.ladder import Ladder
from services.surveys.application.programmes import Programmes
from services.surveys.application.reminding import Reminding
from services.surveys.application.timeline import Timeline
from services.surveys.domain.case import Case
from services.surveys.domain.check_in import CheckIn
from services.surveys.domain.goal import Goal
from services.surveys.domain.journey import Journey
from services.surveys.domain.reminder import Reminder
from services.surveys.settings import Settings
from shared.kernel.aggregate import Aggregate
from shared.messaging.clock_loop import Ticking
from shared.runtime.backbone import Backbone
from shared.store.documents import Index
from shared.store.receipts import Receipt

CHECK_IN_INDEXES = (
    Index(("journey_id", "person_id", "role", "period"), unique=True),
    Index(("programme_id", "state")),
    Index(("person_id", "state")),
)
REMINDER_INDEXES = (Index(("person_id", "day"), unique=True),)
TOLD: dict[type[Aggregate], tuple[str, ...]] = {
    Journey: ("state", "programme_id", "pair_id", "period"),
    CheckIn: ("state", "journey_id", "person_id", "role", "period", "delivery"),
    Reminder: ("check_in_id", "programme_id", "person_id"),
    Goal: ("state", "journey_id", "person_id", "role"),
    Case: ("state", "journey_id", "person_id", "role", "topic_code"),
}
"""Whose changes are in the audit log, with the ids and codes that are told before and after. Never name here what
somebody may do without being known: an entry says who."""


def build(settings: Settings, backbone: Backbone) -> Surveys:  # noqa: ARG001 - every service is built alike
    backbone.audit(TOLD)
    journeys = backbone.repository(Journey, "journeys")
    check_ins = backbone.repository(CheckIn, "check_ins", indexes=CHECK_IN_INDEXES)
    goals = backbone.repository(Goal, "goals", indexes=[Index(("journey_id",))])
    cases = backbone.repository(Case, "cases", indexes=[Index(("programme_id", "state")), Index(("journey_id",))])
    clock = backbone.clock
    reminders = backbone.repository(Reminder, "reminders", indexes=REMINDER_INDEXES)
    programmes = Programmes(backbone.projection("programmes", topic="mentoring.programmes.v1"), backbone.caught_up_at)
    asked = CheckIns(check_ins, journeys, programmes, clock)
    raised = Cases(cases, journeys, programmes, clock)
    return Surveys(
        programmes=programmes, journeys=Journeys(journeys, asked, raised, programmes, clock), check_ins=asked,
        reminding=Reminding(reminders, asked, clock),
        goals=Goals(goals, journeys, clock), cases=raised, ladder=Ladder(journeys, raised, clock),
        timeline=Timeline(journeys, check_ins, goals, cases),
        erasing=Erasing(journeys, check_ins, goals, cases, backbone.repository(Receipt, "receipts"), clock))


def ticking(surveys: Surveys) -> list[Ticking]:
    """What has timers."""
    return [Ticking(one) for one in (surveys.journeys.store, surveys.check_ins.store, surveys.cases.store)]
