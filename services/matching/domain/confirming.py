"""The part of an application that waits for the person's own yes to what was approved."""

from dataclasses import dataclass
from datetime import datetime

from services.matching.contracts.taking_part import ConfirmationReminderDue, ParticipantConfirmed, TakingPartEvent
from services.matching.domain.asked import AlreadyDecided, MailedToday
from services.matching.domain.steps import Stepping

REMINDERS = (3, 10)
"""Working days after the approval on which whoever has not confirmed it is reminded."""


@dataclass(kw_only=True)
class ToConfirm(Stepping):
    """Asked to confirm since `unconfirmed_since`; None: need not, or not any more. Reminded last at
    `confirm_reminded_at`, and next at the first moment of `confirm_reminders`."""

    unconfirmed_since: datetime | None = None
    confirm_reminders: tuple[datetime, ...] = ()
    confirm_reminded_at: datetime | None = None

    def ask_to_confirm(self, reminders: tuple[datetime, ...], at: datetime) -> None:
        """The mail of the approval has asked; reminders follow at these moments."""
        self.unconfirmed_since, self.confirm_reminders, self.confirm_reminded_at = at, reminders, None
        self._plan_reminder()

    def ask_no_more(self) -> None:
        """It was answered, or is of no use any more."""
        self.unconfirmed_since, self.confirm_reminders = None, ()
        self._plan_reminder()

    def mailed_since(self, moment: datetime) -> bool:
        """Whether they have had a mail about it from then on."""
        asked_at = self.confirm_reminded_at or self.unconfirmed_since
        return asked_at is not None and asked_at >= moment

    def reminder_is_due(self, now: datetime) -> bool:
        return self.is_due("confirmation", now)

    def put_off_reminder(self, until: datetime) -> None:
        """One that is due waits for a better day."""
        self.set_timer("confirmation", until)

    def on_confirmation(self, now: datetime) -> None:
        """What is past by then is said once."""
        self.confirm_reminders = tuple(one for one in self.confirm_reminders if one > now)
        self._plan_reminder()
        self._remind(now)

    def remind_to_confirm(self, today: datetime, at: datetime) -> None:
        """At once, by mail; `today` began then for them. Raises AlreadyDecided, MailedToday."""
        if self.unconfirmed_since is None:
            raise AlreadyDecided(f"application {self.id} waits for no yes of the person")
        if self.mailed_since(today):
            raise MailedToday("the person has had a mail about this today")
        self._remind(at)

    def _remind(self, at: datetime) -> None:
        self.confirm_reminded_at = at
        self._tell_of_part(ConfirmationReminderDue, at)

    def _tell_confirmed(self, at: datetime) -> None:
        """Where reminders are told, so that they are taken back in order."""
        self._tell_of_part(ParticipantConfirmed, at)

    def _tell_of_part(self, event: type[TakingPartEvent], at: datetime) -> None:
        self.record(event(application_id=self.id, programme_id=self.programme_id, person_id=self.person_id,
                          role=self.role), at)

    def _plan_reminder(self) -> None:
        self.clear_timer("confirmation")
        if self.confirm_reminders:
            self.set_timer("confirmation", self.confirm_reminders[0])
