"""All topics and events of surveys."""

from services.surveys.contracts.cases import CaseEscalated, CaseEvent, CaseRaised, CaseResolved
from services.surveys.contracts.check_ins import (
    CheckInAnswered,
    CheckInEvent,
    CheckInExcused,
    CheckInMissed,
    CheckInOpened,
    CheckInReminderDue,
)
from services.surveys.contracts.erasures import ERASURES, ErasureCompleted
from services.surveys.contracts.goals import GoalDrafted
from services.surveys.contracts.internal import CheckInDue, CheckInLapsed, InternalEvent, MeetingTold, ReminderAsked
from services.surveys.contracts.journeys import AgreementTermsSet, JourneyConcluded, JourneyPraised, MilestoneReached
from shared.kernel.events import Event
from shared.messaging.log import Topic

TOPICS: tuple[Topic, ...] = (
    Topic(AgreementTermsSet.topic, tier="coordinator"),
    Topic(GoalDrafted.topic, tier="coordinator"),
    Topic(CheckInEvent.topic, tier="coordinator"),
    Topic(CaseEvent.topic, tier="private"),
    Topic(JourneyPraised.topic, tier="private"),
    Topic(InternalEvent.topic, tier="private"),
    ERASURES,
)

EVENTS: tuple[type[Event], ...] = (
    AgreementTermsSet,
    JourneyConcluded,
    JourneyPraised,
    MilestoneReached,
    GoalDrafted,
    CheckInOpened,
    CheckInReminderDue,
    CheckInAnswered,
    CheckInMissed,
    CheckInExcused,
    CaseRaised,
    CaseEscalated,
    CaseResolved,
    CheckInDue,
    CheckInLapsed,
    MeetingTold,
    ReminderAsked,
    ErasureCompleted,
)
