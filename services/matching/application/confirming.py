"""Approvals that the person has not confirmed: reminded on days that they work, and listed for coordinators."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.matching.application.applications import Applications
from services.matching.application.asking import Asking
from services.matching.contracts.applications import ApplicationState
from services.matching.contracts.participants import ParticipantState, Role
from services.matching.domain.application import Application
from services.matching.domain.confirming import REMINDERS
from services.matching.domain.working_days import Workdays
from shared.kernel.events import Cause
from shared.store.documents import EVER
from shared.store.repository import Found


@dataclass(frozen=True)
class Confirming:
    """Whoever is approved takes part from then on; that they have not said yes once more keeps nobody from being
    matched."""

    applications: Applications
    asking: Asking

    def ask(self, application_id: str, cause: Cause) -> None:
        """It was approved just now. Whoever has confirmed it already, or is gone, is asked nothing."""
        def decide(one: Application) -> None:
            if one.state is ApplicationState.APPROVED and self._takes_part(one):
                days, now = self._days(one), self.applications.clock.now()
                one.ask_to_confirm(tuple(days.morning_after(now, many) for many in REMINDERS), now)
        self.applications.store.change(application_id, decide, cause=cause)

    def ring(self, application_id: str, now: datetime) -> None:
        """A reminder that is due comes on a day that the person works and on which they had no mail about it, and not
        during a leave."""
        def decide(one: Application) -> None:
            if one.reminder_is_due(now) and not self._takes_part(one):
                one.ask_no_more()
            elif one.reminder_is_due(now) and self._is_no_day(one, now):
                one.put_off_reminder(self._days(one).morning_after(now, 1))
            one.tick(now)
        self.applications.store.change(application_id, decide)

    def remind(self, application_id: str) -> Application:
        """At once, and on the same working day of theirs never a second time. Raises AlreadyDecided, MailedToday,
        NotOpen."""
        now = self.applications.clock.now()

        def decide(one: Application) -> None:
            self.applications.programmes.get(one.programme_id).require_not_closed()
            one.remind_to_confirm(self._days(one).around(now).began, now)
        return self.applications.store.change(application_id, decide)

    def find(self, programme_id: str, limit: int, after: tuple[Any, str] | None, role: Role | None = None
             ) -> Found[Application]:
        """A page of those of a programme, the first that was asked first."""
        chosen = {"role": role} if role else {}
        return self.applications.store.find({**unconfirmed(programme_id), **chosen}, "unconfirmed_since",
                                            limit=limit, after=after)

    def left(self, application_id: str, cause: Cause) -> None:
        """They take part no more: there is nothing to confirm, unless they were approved anew meanwhile."""
        def decide(one: Application) -> None:
            if not self._takes_part(one):
                one.ask_no_more()
        if self.applications.store.exists(application_id):
            self.applications.store.change(application_id, decide, cause=cause)

    def end_of_programme(self, programme_id: str, cause: Cause) -> None:
        for one in list(self.applications.store.each(unconfirmed(programme_id))):
            self.applications.store.change(one.id, Application.ask_no_more, cause=cause)

    def _takes_part(self, one: Application) -> bool:
        """Nobody is asked to confirm a part that has ended, or of a programme that is over."""
        part = self.applications.participants.known([one.id]).get(one.id)
        return (part is not None and part.state is not ParticipantState.LEFT
                and self.applications.is_here(one.person_id)
                and self.applications.programmes.get(one.programme_id).is_open)

    def _is_no_day(self, one: Application, now: datetime) -> bool:
        days = self._days(one)
        return (not days.is_worked(now) or one.mailed_since(days.around(now).began)
                or bool(self.applications.people.away(one.person_id)))

    def _days(self, one: Application) -> Workdays:
        return self.asking.workdays(self.applications.programmes.get(one.programme_id), one.person_id)


def unconfirmed(programme_id: str) -> dict[str, Any]:
    """Those who were asked and have not confirmed."""
    return {"programme_id": programme_id, "state": ApplicationState.APPROVED, "unconfirmed_since": EVER}
