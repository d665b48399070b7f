"""One example of every event, as documentation and for the tests of producers and consumers."""

from datetime import UTC, datetime
from typing import TypedDict

from services.surveys.contracts.cases import CaseEscalated, CaseRaised, CaseResolved
from services.surveys.contracts.check_ins import (
    CheckInAnswered,
    CheckInExcused,
    CheckInMissed,
    CheckInOpened,
    CheckInReminderDue,
)
from services.surveys.contracts.erasures import ErasureCompleted
from services.surveys.contracts.goals import GoalDrafted
from services.surveys.contracts.internal import CheckInDue, CheckInLapsed, MeetingTold, ReminderAsked
from services.surveys.contracts.journeys import (
    AgreementTermsSet,
    ConcludedBecause,
    JourneyConcluded,
    JourneyPraised,
    Milestone,
    MilestoneReached,
    Traveller,
)
from shared.kernel.events import Event

OPENS, CLOSES = datetime(2027, 3, 15, 8, 41, tzinfo=UTC), datetime(2027, 4, 2, 7, 0, tzinfo=UTC)
CHECK_IN = "0d0a7f8e-4a4e-5a61-9f0b-5d3d0c3f1c11"


class _Side(TypedDict):
    journey_id: str
    pair_id: str
    programme_id: str
    person_id: str
    role: str
    period: int


class _Case(TypedDict):
    case_id: str
    pair_id: str
    programme_id: str
    topic_code: str
    person_id: str
    due_at: datetime


SIDE: _Side = {
    "journey_id": "3a0f7a44-4c0d-5f0e-8c7e-0c8f8f6f8a10",
    "pair_id": "b1c0a7de-7d2f-4a0c-9a55-3f0a5d7d2e01",
    "programme_id": "5f3c2b1a-0e9d-4c8b-a7f6-e5d4c3b2a190",
    "person_id": "9e8d7c6b-5a49-4837-b625-141302f1e0df",
    "role": "mentee",
    "period": 1,
}

CASE: _Case = {
    "case_id": "7c6b5a49-3827-5645-9413-02f1e0dfceb1",
    "pair_id": SIDE["pair_id"],
    "programme_id": SIDE["programme_id"],
    "topic_code": "silence",
    "person_id": SIDE["person_id"],
    "due_at": datetime(2027, 5, 26, 8, 0, tzinfo=UTC),
}

EXAMPLES: dict[type[Event], Event] = {
    AgreementTermsSet: AgreementTermsSet(
        journey_id=SIDE["journey_id"], pair_id=SIDE["pair_id"], programme_id=SIDE["programme_id"],
        set_by=SIDE["person_id"], meetings_every_days=14, ends_on="2027-09-30"),
    JourneyConcluded: JourneyConcluded(
        journey_id=SIDE["journey_id"], pair_id=SIDE["pair_id"], programme_id=SIDE["programme_id"],
        because=ConcludedBecause.ANSWERED),
    JourneyPraised: JourneyPraised(
        journey_id=SIDE["journey_id"], pair_id=SIDE["pair_id"], programme_id=SIDE["programme_id"],
        person_id=SIDE["person_id"]),
    MilestoneReached: MilestoneReached(
        journey_id=SIDE["journey_id"], pair_id=SIDE["pair_id"], programme_id=SIDE["programme_id"],
        milestone=Milestone.FIRST_SESSION, parties=(Traveller(SIDE["person_id"], "mentee"),)),
    GoalDrafted: GoalDrafted(
        goal_id="2b1a0e9d-4c8b-4a7f-86e5-d4c3b2a1908f", journey_id=SIDE["journey_id"], pair_id=SIDE["pair_id"],
        programme_id=SIDE["programme_id"], person_id=SIDE["person_id"], role="mentee"),
    CheckInOpened: CheckInOpened(check_in_id=CHECK_IN, closes_at=CLOSES, **SIDE),
    CheckInReminderDue: CheckInReminderDue(check_in_id=CHECK_IN, closes_at=CLOSES, **SIDE),
    CheckInAnswered: CheckInAnswered(check_in_id=CHECK_IN, **SIDE),
    CheckInMissed: CheckInMissed(check_in_id=CHECK_IN, closes_at=CLOSES, in_a_row=1, **SIDE),
    CheckInExcused: CheckInExcused(check_in_id=CHECK_IN, reason="undeliverable", **SIDE),
    CaseRaised: CaseRaised(state="raised", **CASE),
    CaseEscalated: CaseEscalated(state="escalated", **CASE),
    CaseResolved: CaseResolved(state="resolved", reason="answered", **CASE),
    CheckInDue: CheckInDue(opens_at=OPENS, closes_at=CLOSES, **SIDE),
    CheckInLapsed: CheckInLapsed(check_in_id=CHECK_IN, closes_at=CLOSES, **SIDE),
    MeetingTold: MeetingTold(check_in_id=CHECK_IN, **SIDE),
    ReminderAsked: ReminderAsked(check_in_id=CHECK_IN, **SIDE),
    ErasureCompleted: ErasureCompleted(person_id=SIDE["person_id"], service="surveys", counts={"check_ins": 9}),
}
