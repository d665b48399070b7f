"""What notifications does about applications, from the invitation to going on or not; a part of `events`."""

from collections.abc import Callable

from services.notifications.application import Notifications
from services.notifications.entrypoints.seen import ApplicationSeen, EndorsementSeen, RenewalSeen
from shared.messaging.envelope import Received


def on_applicant_invited(notifications: Notifications, event: Received) -> None:
    notifications.application_notices.invited(ApplicationSeen.of(event), cause=event)


def on_mentor_invited(notifications: Notifications, event: Received) -> None:
    notifications.application_notices.asked_to_mentor(ApplicationSeen.of(event), cause=event)


def on_renewal_asked(notifications: Notifications, event: Received) -> None:
    notifications.application_notices.asked_to_go_on(RenewalSeen.of(event), cause=event)


def on_renewal_answered(notifications: Notifications, event: Received) -> None:
    """Whoever has decided need not be asked any more."""
    notifications.application_notices.withdrawn(RenewalSeen.of(event), cause=event)


def on_invitation_reminder_due(notifications: Notifications, event: Received) -> None:
    notifications.application_notices.remind(ApplicationSeen.of(event), cause=event)


def on_application_submitted(notifications: Notifications, event: Received) -> None:
    notifications.application_notices.submitted(ApplicationSeen.of(event), cause=event)


def on_participant_approved(notifications: Notifications, event: Received) -> None:
    notifications.application_notices.approved(ApplicationSeen.of(event), cause=event)


def on_participant_waitlisted(notifications: Notifications, event: Received) -> None:
    notifications.application_notices.waitlisted(ApplicationSeen.of(event), cause=event)


def on_application_declined(notifications: Notifications, event: Received) -> None:
    notifications.application_notices.declined(ApplicationSeen.of(event), cause=event)


def on_application_withdrawn(notifications: Notifications, event: Received) -> None:
    notifications.application_notices.withdrawn(ApplicationSeen.of(event), cause=event)


def on_endorsement_asked(notifications: Notifications, event: Received) -> None:
    notifications.application_notices.asked_to_endorse(EndorsementSeen.of(event), cause=event)


def on_endorsement_reminder_due(notifications: Notifications, event: Received) -> None:
    notifications.application_notices.reminded_to_endorse(EndorsementSeen.of(event), cause=event)


def on_endorsement_over(notifications: Notifications, event: Received) -> None:
    notifications.application_notices.endorsement_over(EndorsementSeen.of(event), cause=event)


def on_confirmation_reminder_due(notifications: Notifications, event: Received) -> None:
    notifications.application_notices.remind_to_confirm(ApplicationSeen.of(event), cause=event)


def on_participant_confirmed(notifications: Notifications, event: Received) -> None:
    notifications.application_notices.confirmed(ApplicationSeen.of(event), cause=event)


def on_participant_removed(notifications: Notifications, event: Received) -> None:
    notifications.application_notices.taken_out(ApplicationSeen.of(event), cause=event)


JOINING: dict[str, Callable[[Notifications, Received], object]] = {
    "mentoring.applicant-invited.v1": on_applicant_invited,
    "mentoring.mentor-invited.v1": on_mentor_invited,
    "mentoring.renewal-asked.v1": on_renewal_asked,
    "mentoring.renewal-answered.v1": on_renewal_answered,
    "mentoring.invitation-reminder-due.v1": on_invitation_reminder_due,
    "mentoring.application-submitted.v1": on_application_submitted,
    "mentoring.participant-approved.v1": on_participant_approved,
    "mentoring.participant-waitlisted.v1": on_participant_waitlisted,
    "mentoring.application-declined.v1": on_application_declined,
    "mentoring.application-withdrawn.v1": on_application_withdrawn,
    "mentoring.endorsement-asked.v1": on_endorsement_asked,
    "mentoring.endorsement-reminder-due.v1": on_endorsement_reminder_due,
    "mentoring.endorsement-answered.v1": on_endorsement_over,
    "mentoring.endorsement-revoked.v1": on_endorsement_over,
    "mentoring.confirmation-reminder-due.v1": on_confirmation_reminder_due,
    "mentoring.participant-confirmed.v1": on_participant_confirmed,
    "mentoring.participant-removed.v1": on_participant_removed,
}
