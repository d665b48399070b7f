"""A coordinator's reminder of a check-in that is overdue: one a working day for each person, whatever it is about."""

from dataclasses import dataclass
from datetime import date, datetime

from services.surveys.contracts.internal import ReminderAsked
from services.surveys.domain.check_in import CheckIn
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import WrongState


class RemindedToday(WrongState):
    """Nobody has two reminders on one working day."""

    code = "reminded-today"


class ToldToday(WrongState):
    """Nobody is reminded on the day on which they hear that it was missed."""

    code = "told-today"


@dataclass(kw_only=True)
class Reminder(Aggregate):
    """The check-in sends it or, when it was answered in between, another with which the person is overdue.
    `person_id` and `day` are unique together."""

    check_in_id: str
    programme_id: str
    person_id: str
    day: str
    asked_at: datetime

    @classmethod
    def ask(cls, id: str, check_in: CheckIn, day: date, at: datetime) -> "Reminder":
        reminder = cls(id=id, check_in_id=check_in.id, programme_id=check_in.programme_id,
                       person_id=check_in.person_id, day=day.isoformat(), asked_at=at)
        reminder.record(ReminderAsked(check_in_id=check_in.id, **check_in.who()), at)
        return reminder
