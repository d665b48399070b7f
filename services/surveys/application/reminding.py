"""Coordinators remind those whose check-in is overdue."""

from dataclasses import dataclass

from services.surveys.application.check_ins import CheckIns
from services.surveys.domain.check_in import NotOverdue
from services.surveys.domain.reminder import RemindedToday, Reminder, ToldToday
from shared.kernel.clock import Clock
from shared.kernel.errors import AlreadyExists
from shared.messaging.envelope import Received
from shared.store.repository import Repository


@dataclass(frozen=True)
class Reminding:
    """The reminders that come by themselves are the check-in's own work."""

    store: Repository[Reminder]
    check_ins: CheckIns
    clock: Clock

    def ask(self, check_in_id: str) -> Reminder:
        """Whoever is to be reminded has heard of none of their check-ins by a coordinator today, and not today that
        this one was missed. Raises NotOverdue, RemindedToday, ToldToday."""
        check_in, now = self.check_ins.get(check_in_id), self.clock.now()
        cadence = self.check_ins.programmes.cadence(check_in.programme_id)
        new_id, today = self.store.id_for_new(), cadence.workday(now)
        check_in.require_overdue(now)
        if self.check_ins.stopped(check_in):
            raise NotOverdue(f"check-in {check_in.id} is of what rests or has ended")
        if check_in.answer_by and cadence.workday(check_in.answer_by) == today:
            raise ToldToday("this person has heard today that it was missed")
        return self._add(Reminder.ask(new_id, check_in, today, now))

    def send(self, check_in_id: str, cause: Received) -> None:
        """Of this one or, when it was answered in between, of another that the person is overdue with."""
        theirs, now = self.check_ins.beside(self.check_ins.get(check_in_id)), self.clock.now()
        if any(one.has_applied(cause) for one in theirs):
            return
        overdue = (one for one in theirs if one.is_overdue(now) and not self.check_ins.stopped(one))
        if found := next(overdue, None):
            self.check_ins.store.change(found.id, lambda one: one.remind_again(now), cause=cause)

    def _add(self, reminder: Reminder) -> Reminder:
        try:
            return self.store.add(reminder)
        except AlreadyExists:
            raise RemindedToday("this person was reminded today") from None
