"""What notifications does about pairs that wait for a yes, or for what comes before their start."""

from collections.abc import Callable

from services.notifications.application import Notifications
from services.notifications.entrypoints.seen import AnswerSeen, PairSeen
from shared.messaging.envelope import Received


def on_pair_proposed(notifications: Notifications, event: Received) -> None:
    pair = PairSeen.of(event)
    notifications.directory.keep_pair(pair, cause=event)
    notifications.proposal_notices.asked(pair, cause=event)


def on_pair_accepted(notifications: Notifications, event: Received) -> None:
    pair = PairSeen.of(event)
    notifications.directory.keep_pair(pair, cause=event)
    notifications.proposal_notices.answered(pair, [AnswerSeen.of(event)["accepted_by"]], cause=event)


def on_pair_reminder_due(notifications: Notifications, event: Received) -> None:
    pair = PairSeen.of(event)
    notifications.directory.keep_pair(pair, cause=event)
    notifications.proposal_notices.remind(pair, AnswerSeen.of(event)["silent_ids"], cause=event)


def on_pair_activated(notifications: Notifications, event: Received) -> None:
    pair = PairSeen.of(event)
    notifications.directory.keep_pair(pair, cause=event)
    notifications.proposal_notices.answered(pair, pair.person_ids, cause=event)


PROPOSALS: dict[str, Callable[[Notifications, Received], object]] = {
    "mentoring.pair-proposed.v1": on_pair_proposed,
    "mentoring.pair-accepted.v1": on_pair_accepted,
    "mentoring.pair-reminder-due.v1": on_pair_reminder_due,
    "mentoring.pair-activated.v1": on_pair_activated,
}
