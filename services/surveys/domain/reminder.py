"""A coordinator's reminder of a check-in that is overdue: one a working day for each person, whatever it is about."""

from dataclasses import dataclass
from datetime import date, datetime

from services.surveys.contracts.internal import ReminderAsked
from services.surveys.domain.check_in import CheckIn
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import WrongState
from shared.kernel.ids import derived_id


class RemindedToday(WrongState):
    """Nobody has two reminders on one working day."""

    code = "reminded-today"


def reminder_id(person_id: str, day: date) -> str:
    """Of this person and day, so that there is no second one."""
    return derived_id("reminder", person_id, day.isoformat())


@dataclass(kw_only=True)
class Reminder(Aggregate):
    """The check-in sends it, if it is still overdue when it hears of it."""

    check_in_id: str
    programme_id: str
    person_id: str
    asked_at: datetime

    @classmethod
    def ask(cls, id: str, check_in: CheckIn, at: datetime) -> "Reminder":
        reminder = cls(id=id, check_in_id=check_in.id, programme_id=check_in.programme_id,
                       person_id=check_in.person_id, asked_at=at)
        reminder.record(ReminderAsked(check_in_id=check_in.id, **check_in.who()), at)
        return reminder
