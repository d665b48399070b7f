"""One example of every event: published with the schemas, and what consumers test their readers with."""

from datetime import UTC, datetime
from typing import Any

from services.matching.contracts.applications import (
    ApplicantInvited,
    ApplicantNominated,
    ApplicationDeclined,
    ApplicationState,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    InvitationReminderDue,
    MentorInvited,
    ParticipantWaitlisted,
)
from services.matching.contracts.campaigns import CampaignLaunched
from services.matching.contracts.catalogue import EVENTS, INBOUND
from services.matching.contracts.circles import (
    CircleChanged,
    CircleClosed,
    CircleCloseReason,
    CircleClosing,
    CircleFormed,
    CircleSeatLost,
    CircleState,
    SeatLostBecause,
)
from services.matching.contracts.closings import ClosingReasonGiven, PartingReason
from services.matching.contracts.digests import Figure, SponsorDigestDue
from services.matching.contracts.endorsement_examples import ENDORSEMENT_EXAMPLES
from services.matching.contracts.erasures import ErasureCompleted, ErasureReceiptCompleted
from services.matching.contracts.hr_examples import HR_EXAMPLES
from services.matching.contracts.internal import (
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
from services.matching.contracts.matching_runs import MatchingRunProposed, MatchingRunPublished, RunState
from services.matching.contracts.pairs import (
    CloseReason,
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
    PairState,
    Party,
    RematchRequested,
    WaiverReason,
)
from services.matching.contracts.participants import (
    GapTraining,
    ParticipantApproved,
    ParticipantLeft,
    ParticipantPaused,
    ParticipantResumed,
    ParticipantState,
    Role,
)
from services.matching.contracts.people import PersonAdded, PersonChanged, PersonErased, PersonLeft, PersonState
from services.matching.contracts.programmes import (
    CoordinatorLeft,
    Gate,
    ProgrammeChanged,
    ProgrammeClosed,
    ProgrammeOpened,
    ProgrammeState,
    Queue,
    RoleNames,
    Route,
)
from services.matching.contracts.renewals import RenewalAnswer, RenewalAnswered, RenewalAsked
from services.matching.contracts.requests import (
    PairRequested,
    RequestAccepted,
    RequestDeclined,
    RequestExpired,
    RequestQuestionAnswered,
    RequestQuestionAsked,
    RequestReminderDue,
    RequestState,
    RequestWithdrawn,
    WithdrawnBecause,
)
from services.matching.contracts.taking_part_examples import TAKING_PART_EXAMPLES
from shared.kernel.events import Event

_PROGRAMME = "5a0a4c1e-6f0e-5d1f-9b57-0d7c6a1f3e01"
_MENTOR = "5a0a4c1e-6f0e-5d1f-9b57-0d7c6a1f3e02"
_MENTEE = "5a0a4c1e-6f0e-5d1f-9b57-0d7c6a1f3e03"
_COORDINATOR = "5a0a4c1e-6f0e-5d1f-9b57-0d7c6a1f3e04"
_APPLICATION = "5a0a4c1e-6f0e-5d1f-9b57-0d7c6a1f3e05"
_RUN = "5a0a4c1e-6f0e-5d1f-9b57-0d7c6a1f3e06"
_PAIR = "5a0a4c1e-6f0e-5d1f-9b57-0d7c6a1f3e07"
_CIRCLE = "5a0a4c1e-6f0e-5d1f-9b57-0d7c6a1f3e09"
_REQUEST = "5a0a4c1e-6f0e-5d1f-9b57-0d7c6a1f3e08"
_SPONSOR = "5a0a4c1e-6f0e-5d1f-9b57-0d7c6a1f3e10"

_person: dict[str, Any] = {
    "person_id": _MENTOR,
    "name": "Mia Torres",
    "email": "mia.torres@example.org",
    "language": "en",
    "time_zone": "Europe/Berlin",
    "department": "Engineering",
    "location": "Berlin",
    "languages": ("en", "de"),
    "working_days": ("mon", "tue", "wed", "thu"),
    "holiday_calendar": "DE-BE",
}
_programme: dict[str, Any] = {
    "programme_id": _PROGRAMME,
    "kind": "career-development",
    "name": "Career development 2027",
    "language": "en",
    "time_zone": "Europe/Berlin",
    "starts_on": "2027-01-11", "ends_on": "2027-07-11",
    "coordinator_ids": (_COORDINATOR,),
    "sponsor_id": None,
    "gates": (Gate.TRAINING, Gate.AGREEMENT, Gate.GOAL),
    "role_names": RoleNames(mentor={"en": "mentor", "de": "Mentor/in"}, mentee={"en": "mentee", "de": "Mentee"}),
    "routes": (Route(Queue.CASES, (_COORDINATOR,)),),
}
_participant: dict[str, Any] = {
    "application_id": _APPLICATION,
    "programme_id": _PROGRAMME,
    "person_id": _MENTOR,
    "role": Role.MENTOR,
    "capacity": 2,
    "gaps": ("listening",),
    "training": (GapTraining("listening", "active-listening"),),
}
_renewal: dict[str, Any] = {name: _participant[name] for name in ("application_id", "programme_id", "person_id")}
_application: dict[str, Any] = {name: _participant[name] for name in (
    "application_id", "programme_id", "person_id", "role")}
_run: dict[str, Any] = {"run_id": _RUN, "programme_id": _PROGRAMME, "pairs": 42, "unmatched": 3}
_two: dict[str, Any] = {"programme_id": _PROGRAMME, "mentor_id": _MENTOR, "mentee_id": _MENTEE}
_pair: dict[str, Any] = {
    "pair_id": _PAIR,
    **_two,
    "parties": (Party(_MENTOR, Role.MENTOR), Party(_MENTEE, Role.MENTEE)),
    "run_id": _RUN,
}
_request: dict[str, Any] = {"request_id": _REQUEST, "programme_id": _PROGRAMME, "mentee_id": _MENTEE,
                            "mentor_id": _MENTOR, "rank": 1}
_open: dict[str, Any] = {**_request, "state": RequestState.OPEN}
_ANSWER_BY = datetime(2027, 1, 14, 9, tzinfo=UTC)
_circle: dict[str, Any] = {
    "circle_id": _CIRCLE, "programme_id": _PROGRAMME, "min_mentees": 1, "max_mentees": 8,
    "parties": (Party(_MENTEE, Role.MENTEE), Party(_MENTOR, Role.MENTOR)),
}
_ended: dict[str, Any] = {**_pair, "state": PairState.CLOSED, "reason": CloseReason.MENTOR_LEFT, "left_id": _MENTOR}

_ALL: tuple[Event, ...] = (
    PersonAdded(**_person, state=PersonState.ACTIVE),
    PersonChanged(**_person, state=PersonState.ON_LEAVE),
    PersonLeft(**_person, state=PersonState.LEFT),
    PersonErased(person_id=_MENTOR),
    ProgrammeOpened(**_programme, state=ProgrammeState.RECRUITING),
    ProgrammeChanged(**_programme, state=ProgrammeState.RUNNING),
    CoordinatorLeft(**_programme, state=ProgrammeState.RUNNING, replaced=True),
    SponsorDigestDue(programme_id=_PROGRAMME, sponsor_id=_SPONSOR, month="2027-03", figures=(
        Figure(code="mentor-applied", count=35), Figure(code="pairs-under-way", count=None))),
    RenewalAsked(**_renewal),
    RenewalAnswered(**_renewal, decided=RenewalAnswer.STAY, capacity=2),
    ProgrammeClosed(**_programme, state=ProgrammeState.CLOSED),
    ApplicantNominated(**_application, state=ApplicationState.NOMINATED),
    CampaignLaunched(campaign_id="2f1f6a53-7b7e-4a55-9a10-6f6b1b7f0c11", programme_id=_PROGRAMME, role=Role.MENTOR,
                     code="K7Q2MXB"),
    ApplicantInvited(**_application, state=ApplicationState.INVITED, campaign_code="K7Q2MXB-m"),
    MentorInvited(**_application, state=ApplicationState.INVITED),
    InvitationReminderDue(**_application, state=ApplicationState.INVITED, campaign_code="K7Q2MXB-r"),
    ApplicationSubmitted(**_application, state=ApplicationState.SUBMITTED, campaign_code="K7Q2MXB-p"),
    ParticipantWaitlisted(**_application, state=ApplicationState.WAITING),
    ApplicationDeclined(**_application, state=ApplicationState.DECLINED),
    ApplicationWithdrawn(**_application, state=ApplicationState.WITHDRAWN),
    ParticipantApproved(**_participant, state=ParticipantState.ACTIVE),
    ParticipantPaused(**_participant, state=ParticipantState.PAUSED),
    ParticipantResumed(**_participant, state=ParticipantState.ACTIVE),
    ParticipantLeft(**_participant, state=ParticipantState.LEFT),
    MatchingRunProposed(**_run, state=RunState.PROPOSED),
    MatchingRunPublished(**_run, state=RunState.PUBLISHED),
    PairProposed(**{**_pair, "run_id": None}, state=PairState.PROPOSED),
    PairAccepted(**{**_pair, "run_id": None}, state=PairState.PROPOSED, accepted_by=_MENTEE),
    PairReminderDue(**{**_pair, "run_id": None}, state=PairState.ACCEPTED, silent_ids=(_MENTOR,)),
    PairCreated(**_pair, state=PairState.AWAITING_TRAINING),
    PairActivated(**_pair, state=PairState.ACTIVE),
    PairGateWaived(**_pair, state=PairState.AWAITING_TRAINING, gate=Gate.TRAINING, because=WaiverReason.DONE_BEFORE),
    PairPaused(**_pair, state=PairState.PAUSED),
    PairResumed(**_pair, state=PairState.ACTIVE),
    PairClosing(**_pair, state=PairState.CLOSING),
    ClosingReasonGiven(pair_id=_pair["pair_id"], programme_id=_pair["programme_id"], reason=PartingReason.NO_TIME),
    PairClosed(**_ended),
    RematchRequested(**_ended),
    CircleFormed(**{**_circle, "parties": ()}, state=CircleState.FORMING),
    CircleChanged(**_circle, state=CircleState.ACTIVE, joined_ids=(_MENTEE,)),
    CircleClosing(**_circle, state=CircleState.CLOSING),
    CircleClosed(**_circle, state=CircleState.CLOSED, reason=CircleCloseReason.COMPLETED),
    CircleSeatLost(seat_id=_APPLICATION, circle_id=_CIRCLE, programme_id=_PROGRAMME, person_id=_MENTEE,
                   role=Role.MENTEE, because=SeatLostBecause.BY_COORDINATOR),
    PairRequested(**_open, answer_by=_ANSWER_BY),
    RequestReminderDue(**_open, answer_by=_ANSWER_BY),
    RequestQuestionAsked(**_open, answer_by=_ANSWER_BY),
    RequestQuestionAnswered(**_open, answer_by=_ANSWER_BY),
    RequestAccepted(**_request, state=RequestState.ACCEPTED, pair_id=_PAIR),
    RequestDeclined(**_open),
    RequestExpired(**_request, state=RequestState.EXHAUSTED),
    RequestWithdrawn(**_request, state=RequestState.WITHDRAWN, because=WithdrawnBecause.PAIRED),
    ErasureCompleted(person_id=_MENTEE, service="matching", counts={"participants": 1, "mentions": 2}),
    ErasureReceiptCompleted(person_id=_MENTEE, services=("matching", "surveys", "community", "notifications")),
    MatchingRunQueued(run_id=_RUN, programme_id=_PROGRAMME),
    CoupleExcluded(ruling_id=_APPLICATION, **_two),
    ProposalSwapped(run_id=_RUN, **_two, instead_of=_COORDINATOR, swapped_by=_COORDINATOR),
    ApplicationApproved(application_id=_APPLICATION, programme_id=_PROGRAMME),
    PersonRenamed(person_id=_MENTEE, said=("department",)),
    ProfileChanged(programme_id=_PROGRAMME, number=2),
    GapsChanged(application_id=_APPLICATION),
    CircleSeatTaken(seat_id=_APPLICATION, circle_id=_CIRCLE),
    CircleSeatReleased(seat_id=_APPLICATION, circle_id=_CIRCLE),
    *ENDORSEMENT_EXAMPLES,
    *TAKING_PART_EXAMPLES,
    *HR_EXAMPLES,
)

EXAMPLES: dict[type[Event], Event] = {type(one): one for one in _ALL}

assert EXAMPLES.keys() == {*EVENTS, *INBOUND}, "every event has an example"
