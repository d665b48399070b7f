"""All topics and events of matching."""

from services.matching.contracts.applications import (
    OFFERS,
    ApplicantInvited,
    ApplicantNominated,
    ApplicationDeclined,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    InvitationReminderDue,
    MentorInvited,
    ParticipantWaitlisted,
)
from services.matching.contracts.campaigns import CAMPAIGNS, CampaignLaunched
from services.matching.contracts.circles import (
    CIRCLE_SEATS,
    CIRCLES,
    CircleChanged,
    CircleClosed,
    CircleClosing,
    CircleFormed,
    CircleSeatLost,
)
from services.matching.contracts.closings import CLOSINGS, ClosingReasonGiven
from services.matching.contracts.digests import DIGESTS, SponsorDigestDue
from services.matching.contracts.endorsements import (
    ENDORSEMENTS,
    EndorsementAnswered,
    EndorsementAsked,
    EndorsementReminderDue,
    EndorsementRevoked,
)
from services.matching.contracts.erasures import ERASURES, ErasureCompleted, ErasureReceiptCompleted
from services.matching.contracts.hr_changes import (
    HR_CHANGES,
    HrLeaveBegun,
    HrLeaveEnded,
    HrPersonJoined,
    HrPersonLeft,
    HrPersonMoved,
)
from services.matching.contracts.internal import (
    INTERNAL,
    ApplicationApproved,
    CircleSeatReleased,
    CircleSeatTaken,
    CoupleExcluded,
    GapsChanged,
    MatchingRunQueued,
    PersonRenamed,
    ProfileChanged,
    ProposalSwapped,
)
from services.matching.contracts.matching_runs import MATCHING_RUNS, MatchingRunProposed, MatchingRunPublished
from services.matching.contracts.pairs import (
    PAIRS,
    PairAccepted,
    PairActivated,
    PairClosed,
    PairClosing,
    PairCreated,
    PairGateWaived,
    PairPaused,
    PairProposed,
    PairReminderDue,
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
from services.matching.contracts.people import PEOPLE, PersonAdded, PersonChanged, PersonErased, PersonLeft
from services.matching.contracts.programmes import (
    PROGRAMMES,
    CoordinatorLeft,
    ProgrammeChanged,
    ProgrammeClosed,
    ProgrammeOpened,
)
from services.matching.contracts.renewals import RENEWALS, RenewalAnswered, RenewalAsked
from services.matching.contracts.requests import (
    REQUESTS,
    PairRequested,
    RequestAccepted,
    RequestDeclined,
    RequestExpired,
    RequestQuestionAnswered,
    RequestQuestionAsked,
    RequestReminderDue,
    RequestWithdrawn,
)
from services.matching.contracts.taking_part import (
    TAKING_PART,
    ConfirmationReminderDue,
    ParticipantConfirmed,
    ParticipantRemoved,
)
from shared.kernel.events import Event
from shared.messaging.log import Topic

TOPICS: tuple[Topic, ...] = (
    PEOPLE, PROGRAMMES, CAMPAIGNS, PARTICIPANTS, TAKING_PART, ENDORSEMENTS, MATCHING_RUNS, PAIRS, CLOSINGS, OFFERS,
    RENEWALS, CIRCLES, CIRCLE_SEATS, REQUESTS, DIGESTS, ERASURES, INTERNAL, HR_CHANGES)

EVENTS: tuple[type[Event], ...] = (
    PersonAdded,
    PersonChanged,
    PersonLeft,
    PersonErased,
    ProgrammeOpened,
    ProgrammeChanged,
    CoordinatorLeft,
    ProgrammeClosed,
    SponsorDigestDue,
    CampaignLaunched,
    ApplicantNominated,
    ApplicantInvited,
    MentorInvited,
    RenewalAsked,
    RenewalAnswered,
    InvitationReminderDue,
    ApplicationSubmitted,
    ParticipantWaitlisted,
    ApplicationDeclined,
    ApplicationWithdrawn,
    EndorsementAsked,
    EndorsementReminderDue,
    EndorsementAnswered,
    EndorsementRevoked,
    ParticipantApproved,
    ParticipantPaused,
    ParticipantResumed,
    ParticipantLeft,
    ParticipantRemoved,
    ConfirmationReminderDue,
    ParticipantConfirmed,
    MatchingRunProposed,
    MatchingRunPublished,
    PairProposed,
    PairAccepted,
    PairReminderDue,
    PairCreated,
    PairActivated,
    PairGateWaived,
    PairPaused,
    PairResumed,
    PairClosing,
    PairClosed,
    ClosingReasonGiven,
    RematchRequested,
    CircleFormed,
    CircleChanged,
    CircleClosing,
    CircleClosed,
    CircleSeatLost,
    PairRequested,
    RequestReminderDue,
    RequestQuestionAsked,
    RequestQuestionAnswered,
    RequestAccepted,
    RequestDeclined,
    RequestExpired,
    RequestWithdrawn,
    ErasureCompleted,
    ErasureReceiptCompleted,
    MatchingRunQueued,
    ProposalSwapped,
    CoupleExcluded,
    ApplicationApproved,
    PersonRenamed,
    ProfileChanged,
    GapsChanged,
    CircleSeatTaken,
    CircleSeatReleased,
)

INBOUND: tuple[type[Event], ...] = (HrPersonJoined, HrPersonMoved, HrLeaveBegun, HrLeaveEnded, HrPersonLeft)
"""What others write and Ithaca only reads."""
