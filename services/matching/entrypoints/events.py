"""Which events matching listens to, and what it does about each."""

from collections.abc import Callable

from services.matching.application import Matching
from services.matching.contracts.applications import ApplicationWithdrawn
from services.matching.contracts.circles import CircleFormed
from services.matching.contracts.hr_changes import HR_CHANGES
from services.matching.contracts.internal import ApplicationApproved, MatchingRunQueued, PersonRenamed
from services.matching.contracts.matching_runs import MatchingRunPublished
from services.matching.contracts.pairs import PairCreated, RematchRequested
from services.matching.contracts.participants import ParticipantLeft, ParticipantPaused, Role
from services.matching.contracts.people import PersonAdded, PersonChanged, PersonLeft
from services.matching.contracts.programmes import CoordinatorLeft, Gate, ProgrammeClosed
from services.matching.contracts.renewals import RenewalAnswered
from services.matching.contracts.requests import PairRequested, RequestDeclined, RequestExpired, RequestWithdrawn
from services.matching.domain.way import Step
from services.matching.entrypoints.circling import CIRCLED
from services.matching.entrypoints.concluding import CONCLUDED
from services.matching.entrypoints.counting import COUNTED, count_pair
from services.matching.entrypoints.hearing import HEARD
from services.matching.entrypoints.judging import JUDGED
from services.matching.entrypoints.renewing import RENEWED
from services.matching.entrypoints.seen import (
    ApplicationSeen,
    CoordinatorSeen,
    ErasureSeen,
    GoalSeen,
    PairSeen,
    ParticipantSeen,
    PersonSeen,
    ProgrammeSeen,
    RenamedSeen,
    RequestSeen,
    TrainingSeen,
)
from services.matching.entrypoints.solved import SOLVED
from shared.messaging.envelope import Received


def on_person_left(matching: Matching, event: Received) -> None:
    left = PersonSeen.of(event)
    matching.applications.end(left["person_id"], cause=event)
    matching.steps.end(left["person_id"], cause=event)
    matching.participants.end(left["person_id"], cause=event)
    matching.pairs.end_of_person(left["person_id"], cause=event)
    matching.circling.end_of_person(left["person_id"])
    matching.charges.end(left["person_id"], cause=event)


def on_person_added(matching: Matching, event: Received) -> None:
    person_id = PersonSeen.of(event)["person_id"]
    matching.hr.take_up(person_id)
    matching.moves.arrive(person_id, cause=event)


def on_person_renamed(matching: Matching, event: Received) -> None:
    renamed = RenamedSeen.of(event)
    matching.hr.take_up_name(renamed["person_id"], renamed["said"])


def on_person_changed(matching: Matching, event: Received) -> None:
    changed = PersonSeen.of(event)
    matching.moves.follow(changed["person_id"], changed["state"], cause=event)


def on_programme_closed(matching: Matching, event: Received) -> None:
    programme_id = ProgrammeSeen.of(event)["programme_id"]
    matching.pairs.end_of_programme(programme_id, cause=event)
    matching.circling.end_of_programme(programme_id, cause=event)
    matching.applications.end_of_programme(programme_id, cause=event)
    matching.confirming.end_of_programme(programme_id, cause=event)
    matching.settling.programme_changed(programme_id, cause=event)
    matching.runs.programme_changed(programme_id, cause=event)
    matching.campaigns.end_of_programme(programme_id)
    matching.sweeps.begin(programme_id)


def on_coordinator_left(matching: Matching, event: Received) -> None:
    left = CoordinatorSeen.of(event)
    if not left["replaced"]:
        matching.tasks.name_another(left["programme_id"], cause=event)


def on_pair_created(matching: Matching, event: Received) -> None:
    pair = PairSeen.of(event)
    programme = matching.programmes.get(pair["programme_id"])
    matching.settling.pair_made(pair, cause=event)
    if pair["run_id"] is None:
        matching.programmes.has_a_pair(programme, cause=event)
    matching.waiting.paired(programme.id, pair["mentee_id"], cause=event)
    matching.superseding.paired(programme.id, pair["mentee_id"], cause=event)
    matching.circling.give_way(pair["mentor_id"], pair["mentee_id"])
    matching.moves.look_after([pair["mentor_id"], pair["mentee_id"]])
    matching.sweeps.begin(programme.id)
    matching.closing.of_new_pair(pair["pair_id"], programme, cause=event)
    count_pair(matching, pair, Step.MATCHED, event)


def on_application_approved(matching: Matching, event: Received) -> None:
    application_id = ApplicationSeen.of(event)["application_id"]
    matching.applications.admit(application_id, cause=event)
    matching.confirming.ask(application_id, cause=event)


def on_application_withdrawn(matching: Matching, event: Received) -> None:
    matching.applications.withdrawn(ApplicationSeen.of(event)["application_id"])


def on_participant(matching: Matching, event: Received) -> None:
    one = ParticipantSeen.of(event)
    changed = {Role.MENTOR: matching.settling.mentor_changed, Role.MENTEE: matching.settling.mentee_changed}
    changed[one["role"]](one["programme_id"], one["person_id"], cause=event)
    if event.type == ParticipantLeft.type:
        matching.confirming.left(event.key, cause=event)
        matching.circling.end_of_participant(one["programme_id"], one["person_id"], one["role"])
        if one["role"] is Role.MENTEE:
            matching.tasks.helped(one["programme_id"], one["person_id"], cause=event)


def on_request(matching: Matching, event: Received) -> None:
    matching.settling.went_on(RequestSeen.of(event)["request_id"], cause=event)


def on_training_completed(matching: Matching, event: Received) -> None:
    done = TrainingSeen.of(event)
    if done["gap"]:
        return
    if done["pair_id"]:
        matching.pairs.meet(done["pair_id"], Gate.TRAINING, done["person_id"], cause=event)
    else:
        matching.pairs.meet_in_all(done["programme_id"], Gate.TRAINING, done["person_id"], cause=event)


def on_goal_drafted(matching: Matching, event: Received) -> None:
    goal = GoalSeen.of(event)
    matching.pairs.meet(goal["pair_id"], Gate.GOAL, goal["person_id"], cause=event)


def on_erasure_completed(matching: Matching, event: Received) -> None:
    done = ErasureSeen.of(event)
    matching.erasures.receive(done["person_id"], done["service"], done["counts"], cause=event)


HANDLERS: dict[str, Callable[[Matching, Received], object]] = {
    PersonAdded.type: on_person_added,
    PersonChanged.type: on_person_changed,
    PersonRenamed.type: on_person_renamed,
    PersonLeft.type: on_person_left,
    CoordinatorLeft.type: on_coordinator_left,
    ProgrammeClosed.type: on_programme_closed,
    **SOLVED,
    PairCreated.type: on_pair_created,
    **COUNTED,
    **RENEWED,
    **CIRCLED,
    **JUDGED,
    ApplicationApproved.type: on_application_approved,
    ApplicationWithdrawn.type: on_application_withdrawn,
    ParticipantPaused.type: on_participant,
    ParticipantLeft.type: on_participant,
    PairRequested.type: on_request,
    RequestDeclined.type: on_request,
    RequestExpired.type: on_request,
    RequestWithdrawn.type: on_request,
    **HEARD,
    "mentoring.erasure-completed.v1": on_erasure_completed,
    "mentoring.training-completed.v1": on_training_completed,
    "mentoring.goal-drafted.v1": on_goal_drafted,
    **CONCLUDED,
}

KEEP: dict[str, Callable[[Matching, Received], object]] = {}
"""What fills a projection when it is rebuilt, by topic: matching has none."""

TOPICS = (
    PersonLeft.topic, ProgrammeClosed.topic, MatchingRunQueued.topic, MatchingRunPublished.topic,
    RematchRequested.topic, ParticipantLeft.topic, RenewalAnswered.topic,
    PairRequested.topic,
    CircleFormed.topic,
    HR_CHANGES.name,
    "mentoring.erasures.v1",
    "mentoring.training.v1",
    "mentoring.journeys.v1",
    "mentoring.praises.v1",
    "mentoring.goals.v1",
)
