"""Which events notifications listens to, and what it does about each."""

from collections.abc import Callable

from services.notifications.application import Notifications
from services.notifications.application.circle_notices import CircleNews
from services.notifications.contracts.contacts import ContactReachable
from services.notifications.contracts.messages import MessageFailed
from services.notifications.entrypoints.joining import JOINING
from services.notifications.entrypoints.proposals import PROPOSALS
from services.notifications.entrypoints.seen import (
    AnswerSeen,
    AssignmentSeen,
    CardSeen,
    CaseSeen,
    CheckInSeen,
    CircleNewsSeen,
    CircleSeen,
    CoordinatorSeen,
    DigestSeen,
    EndSeen,
    FailureSeen,
    PairSeen,
    ProgrammeSeen,
    ReachableSeen,
    RequestSeen,
    SeatLostSeen,
)
from shared.messaging.envelope import Received


def on_person(notifications: Notifications, event: Received) -> None:
    notifications.contacts.learn(CardSeen.of(event), cause=event)


def on_programme(notifications: Notifications, event: Received) -> None:
    notifications.directory.keep_programme(ProgrammeSeen.of(event), cause=event)


def on_coordinator_left(notifications: Notifications, event: Received) -> None:
    on_programme(notifications, event)
    left = CoordinatorSeen.of(event)
    if not left["replaced"]:
        notifications.notices.coordinator_left(left["programme_id"], cause=event)


def on_sponsor_digest_due(notifications: Notifications, event: Received) -> None:
    notifications.notices.sponsor_digest(DigestSeen.of(event), cause=event)


def on_pair(notifications: Notifications, event: Received) -> None:
    notifications.directory.keep_pair(PairSeen.of(event), cause=event)


def on_pair_created(notifications: Notifications, event: Received) -> None:
    on_pair(notifications, event)
    pair = PairSeen.of(event)
    notifications.proposal_notices.answered(pair, pair.person_ids, cause=event)
    notifications.notices.introduce(pair, cause=event)


def on_pair_closing(notifications: Notifications, event: Received) -> None:
    on_pair(notifications, event)
    notifications.notices.last_weeks(PairSeen.of(event), cause=event)


def on_pair_closed(notifications: Notifications, event: Received) -> None:
    on_pair(notifications, event)
    pair = PairSeen.of(event)
    notifications.notices.farewell(pair, EndSeen.of(event), cause=event)
    notifications.proposal_notices.ended(pair, AnswerSeen.of(event)["waiting_ids"], cause=event)


def on_circle(notifications: Notifications, event: Received) -> None:
    notifications.directory.keep_circle(CircleSeen.of(event), cause=event)


def on_circle_changed(notifications: Notifications, event: Received) -> None:
    on_circle(notifications, event)
    news = {name: tuple(ids) for name, ids in CircleNewsSeen.of(event).items()}
    notifications.circle_notices.changed(CircleNews(circle=CircleSeen.of(event), **news), cause=event)


def on_circle_closing(notifications: Notifications, event: Received) -> None:
    on_circle(notifications, event)
    notifications.circle_notices.last_weeks(CircleSeen.of(event), cause=event)


def on_circle_closed(notifications: Notifications, event: Received) -> None:
    on_circle(notifications, event)
    notifications.circle_notices.farewell(CircleSeen.of(event), cause=event)


def on_circle_seat_lost(notifications: Notifications, event: Received) -> None:
    notifications.circle_notices.lost(SeatLostSeen.of(event), cause=event)


def on_training_assigned(notifications: Notifications, event: Received) -> None:
    notifications.notices.training_assigned(AssignmentSeen.of(event), cause=event)


def on_check_in_opened(notifications: Notifications, event: Received) -> None:
    notifications.notices.open_check_in(CheckInSeen.of(event), cause=event)


def on_check_in_reminder_due(notifications: Notifications, event: Received) -> None:
    notifications.notices.remind(CheckInSeen.of(event), cause=event)


def on_check_in_missed(notifications: Notifications, event: Received) -> None:
    notifications.notices.missed(CheckInSeen.of(event), cause=event)


def on_check_in_answered(notifications: Notifications, event: Received) -> None:
    notifications.notices.answered(CheckInSeen.of(event).check_in_id, cause=event)


def on_case_raised(notifications: Notifications, event: Received) -> None:
    notifications.notices.raise_case(CaseSeen.of(event), cause=event)


def on_case_escalated(notifications: Notifications, event: Received) -> None:
    notifications.notices.escalate_case(CaseSeen.of(event), cause=event)


def on_case_resolved(notifications: Notifications, event: Received) -> None:
    notifications.notices.case_over(CaseSeen.of(event).case_id, cause=event)


def on_pair_requested(notifications: Notifications, event: Received) -> None:
    notifications.request_notices.asked(RequestSeen.of(event), cause=event)


def on_request_reminder_due(notifications: Notifications, event: Received) -> None:
    notifications.request_notices.remind(RequestSeen.of(event), cause=event)


def on_request_question_asked(notifications: Notifications, event: Received) -> None:
    notifications.request_notices.question(RequestSeen.of(event), cause=event)


def on_request_question_answered(notifications: Notifications, event: Received) -> None:
    notifications.request_notices.reply(RequestSeen.of(event), cause=event)


def on_request_accepted(notifications: Notifications, event: Received) -> None:
    notifications.request_notices.accepted(RequestSeen.of(event), cause=event)


def on_request_withdrawn(notifications: Notifications, event: Received) -> None:
    notifications.request_notices.withdrawn(RequestSeen.of(event), cause=event)


def on_request_over(notifications: Notifications, event: Received) -> None:
    notifications.request_notices.over(RequestSeen.of(event), cause=event)


def on_message_failed(notifications: Notifications, event: Received) -> None:
    failure = FailureSeen.of(event)
    if failure["reason"] == "recipient-refused" and failure["person_id"]:
        notifications.contacts.refused(failure["person_id"], cause=event)


def on_contact_reachable(notifications: Notifications, event: Received) -> None:
    notifications.retrying.again(ReachableSeen.of(event)["person_id"], cause=event)


def on_person_erased(notifications: Notifications, event: Received) -> None:
    """A tombstone: all it says is the key."""
    notifications.erasing.erase(event.key, cause=event)


HANDLERS: dict[str, Callable[[Notifications, Received], object]] = {
    "mentoring.person-added.v1": on_person,
    "mentoring.person-changed.v1": on_person,
    "mentoring.person-left.v1": on_person,
    "mentoring.person-erased.v1": on_person_erased,
    "mentoring.programme-opened.v1": on_programme,
    "mentoring.programme-changed.v1": on_programme,
    "mentoring.coordinator-left.v1": on_coordinator_left,
    "mentoring.programme-closed.v1": on_programme,
    "mentoring.sponsor-digest-due.v1": on_sponsor_digest_due,
    "mentoring.pair-created.v1": on_pair_created,
    "mentoring.pair-paused.v1": on_pair,
    "mentoring.pair-resumed.v1": on_pair,
    "mentoring.pair-closing.v1": on_pair_closing,
    "mentoring.pair-closed.v1": on_pair_closed,
    "mentoring.rematch-requested.v1": on_pair,
    "mentoring.circle-formed.v1": on_circle_changed,
    "mentoring.circle-changed.v1": on_circle_changed,
    "mentoring.circle-closing.v1": on_circle_closing,
    "mentoring.circle-closed.v1": on_circle_closed,
    "mentoring.circle-seat-lost.v1": on_circle_seat_lost,
    "mentoring.training-assigned.v1": on_training_assigned,
    "mentoring.check-in-opened.v1": on_check_in_opened,
    "mentoring.check-in-reminder-due.v1": on_check_in_reminder_due,
    "mentoring.check-in-missed.v1": on_check_in_missed,
    "mentoring.check-in-answered.v1": on_check_in_answered,
    "mentoring.case-raised.v1": on_case_raised,
    "mentoring.case-escalated.v1": on_case_escalated,
    "mentoring.case-resolved.v1": on_case_resolved,
    "mentoring.pair-requested.v1": on_pair_requested,
    "mentoring.request-reminder-due.v1": on_request_reminder_due,
    "mentoring.request-question-asked.v1": on_request_question_asked,
    "mentoring.request-question-answered.v1": on_request_question_answered,
    "mentoring.request-accepted.v1": on_request_accepted,
    "mentoring.request-declined.v1": on_request_over,
    "mentoring.request-expired.v1": on_request_over,
    "mentoring.request-withdrawn.v1": on_request_withdrawn,
    **JOINING,
    **PROPOSALS,
    MessageFailed.type: on_message_failed,
    ContactReachable.type: on_contact_reachable,
}

KEEP: dict[str, Callable[[Notifications, Received], object]] = {
    "mentoring.programmes.v1": on_programme,
    "mentoring.pairs.v1": on_pair,
    "mentoring.circles.v1": on_circle,
}
"""What fills a projection when it is rebuilt, by topic."""

TOPICS = (
    "mentoring.people.v1",
    "mentoring.programmes.v1",
    "mentoring.pairs.v1",
    "mentoring.circles.v1",
    "mentoring.circle-seats.v1",
    "mentoring.requests.v1",
    "mentoring.participants.v1",
    "mentoring.endorsements.v1",
    "mentoring.taking-part.v1",
    "mentoring.offers.v1",
    "mentoring.renewals.v1",
    "mentoring.digests.v1",
    "mentoring.training.v1",
    "mentoring.check-ins.v1",
    "mentoring.cases.v1",
    MessageFailed.topic,
)
