"""All topics and events of matching."""

from services.matching.contracts.internal import INTERNAL, MatchingRunQueued
from services.matching.contracts.matching_runs import MATCHING_RUNS, MatchingRunProposed, MatchingRunPublished
from services.matching.contracts.pairs import (
    PAIRS,
    PairAccepted,
    PairActivated,
    PairClosed,
    PairCreated,
    PairPaused,
    PairProposed,
    PairResumed,
    RematchRequested,
)
from services.matching.contracts.participants import (
    PARTICIPANTS,
    ParticipantApproved,
    ParticipantLeft,
    ParticipantPaused,
    ParticipantResumed,
)
from services.matching.contracts.people import PEOPLE, PersonAdded, PersonChanged, PersonLeft
from services.matching.contracts.programmes import PROGRAMMES, ProgrammeChanged, ProgrammeClosed, ProgrammeOpened
from shared.kernel.events import Event
from shared.messaging.log import Topic

TOPICS: tuple[Topic, ...] = (PEOPLE, PROGRAMMES, PARTICIPANTS, MATCHING_RUNS, PAIRS, INTERNAL)

EVENTS: tuple[type[Event], ...] = (
    PersonAdded,
    PersonChanged,
    PersonLeft,
    ProgrammeOpened,
    ProgrammeChanged,
    ProgrammeClosed,
    ParticipantApproved,
    ParticipantPaused,
    ParticipantResumed,
    ParticipantLeft,
    MatchingRunProposed,
    MatchingRunPublished,
    PairProposed,
    PairAccepted,
    PairCreated,
    PairActivated,
    PairPaused,
    PairResumed,
    PairClosed,
    RematchRequested,
    MatchingRunQueued,
)
