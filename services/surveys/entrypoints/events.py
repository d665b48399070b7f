"""Which events surveys listens to, and what it does about each."""

from collections.abc import Callable

from services.surveys.application import Surveys
from services.surveys.contracts.cases import CaseResolved
from services.surveys.contracts.check_ins import CheckInAnswered, CheckInExcused, CheckInMissed
from services.surveys.contracts.internal import CheckInDue, CheckInLapsed, MeetingTold, ReminderAsked
from services.surveys.entrypoints.seen import (
    CircleSeen,
    DueSeen,
    LapsedSeen,
    MessageSeen,
    MissedSeen,
    PairSeen,
    ProgrammeSeen,
    ReminderSeen,
    ResolvedSeen,
    SideSeen,
)
from shared.messaging.envelope import Received


def on_programme(surveys: Surveys, event: Received) -> None:
    surveys.programmes.follow(ProgrammeSeen.of(event), cause=event)


def on_pair(surveys: Surveys, event: Received) -> None:
    surveys.journeys.follow(PairSeen.of(event), cause=event)


def on_circle(surveys: Surveys, event: Received) -> None:
    surveys.journeys.follow(CircleSeen.of(event), cause=event)


def on_message_sent(surveys: Surveys, event: Received) -> None:
    if is_about_a_check_in(event):
        surveys.check_ins.sent(MessageSeen.of(event), cause=event)


def on_message_given_up(surveys: Surveys, event: Received) -> None:
    if is_about_a_check_in(event):
        surveys.check_ins.failed(MessageSeen.of(event), cause=event)


def on_check_in_due(surveys: Surveys, event: Received) -> None:
    surveys.check_ins.plan(DueSeen.of(event), cause=event)


def on_check_in_lapsed(surveys: Surveys, event: Received) -> None:
    surveys.ladder.count(LapsedSeen.of(event), cause=event)


def on_check_in_missed(surveys: Surveys, event: Received) -> None:
    surveys.ladder.climb(MissedSeen.of(event), cause=event)


def on_check_in_answered(surveys: Surveys, event: Received) -> None:
    surveys.ladder.answered(SideSeen.of(event), cause=event)


def on_meeting_told(surveys: Surveys, event: Received) -> None:
    surveys.journeys.met(SideSeen.of(event).journey_id, cause=event)


def on_reminder_asked(surveys: Surveys, event: Received) -> None:
    surveys.reminding.send(ReminderSeen.of(event)["check_in_id"], cause=event)


def on_check_in_excused(surveys: Surveys, event: Received) -> None:
    surveys.ladder.excused(SideSeen.of(event), cause=event)


def on_case_resolved(surveys: Surveys, event: Received) -> None:
    resolved = ResolvedSeen.of(event)
    if resolved["reason"] == "handled":
        surveys.ladder.looked_after(resolved["case_id"], cause=event)


def is_about_a_check_in(event: Received) -> bool:
    return (event.data or {}).get("about_kind") == "check-in"


def on_person_erased(surveys: Surveys, event: Received) -> None:
    """A tombstone: all it says is the key."""
    surveys.erasing.erase(event.key, cause=event)


HANDLERS: dict[str, Callable[[Surveys, Received], object]] = {
    "mentoring.person-erased.v1": on_person_erased,
    "mentoring.programme-opened.v1": on_programme,
    "mentoring.programme-changed.v1": on_programme,
    "mentoring.coordinator-left.v1": on_programme,
    "mentoring.programme-closed.v1": on_programme,
    "mentoring.pair-created.v1": on_pair,
    "mentoring.pair-activated.v1": on_pair,
    "mentoring.pair-paused.v1": on_pair,
    "mentoring.pair-resumed.v1": on_pair,
    "mentoring.pair-closing.v1": on_pair,
    "mentoring.pair-closed.v1": on_pair,
    "mentoring.circle-formed.v1": on_circle,
    "mentoring.circle-changed.v1": on_circle,
    "mentoring.circle-closing.v1": on_circle,
    "mentoring.circle-closed.v1": on_circle,
    "mentoring.message-sent.v1": on_message_sent,
    "mentoring.message-failed.v1": on_message_given_up,
    "mentoring.message-suppressed.v1": on_message_given_up,
    CheckInDue.type: on_check_in_due,
    CheckInLapsed.type: on_check_in_lapsed,
    MeetingTold.type: on_meeting_told,
    ReminderAsked.type: on_reminder_asked,
    CheckInMissed.type: on_check_in_missed,
    CheckInAnswered.type: on_check_in_answered,
    CheckInExcused.type: on_check_in_excused,
    CaseResolved.type: on_case_resolved,
}

KEEP: dict[str, Callable[[Surveys, Received], object]] = {"mentoring.programmes.v1": on_programme}
"""What fills a projection when it is rebuilt, by topic."""

TOPICS = (
    "mentoring.people.v1",
    "mentoring.programmes.v1",
    "mentoring.pairs.v1",
    "mentoring.circles.v1",
    "mentoring.messages.v1",
    CheckInDue.topic,
    CheckInAnswered.topic,
    CaseResolved.topic,
)
