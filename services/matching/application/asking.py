"""Who may be asked for their mentoring now, and until when they may answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from services.matching.application.candidates import Candidates
from services.matching.application.pairs import BarredByRule, require_allowed
from services.matching.application.participants import Participants
from services.matching.application.people import People
from services.matching.application.programmes import Programmes
from services.matching.application.seating import Seating
from services.matching.contracts.participants import Role
from services.matching.contracts.requests import WithdrawnBecause
from services.matching.domain.choice import Prospects
from services.matching.domain.participant import NotTakingPart, Participant
from services.matching.domain.programme import NoRequests, NotOpen, Programme
from services.matching.domain.seats import AlreadyTogether, NoFreeSeat, Seats
from services.matching.domain.working_days import Workday, Workdays
from shared.kernel.errors import DomainError

REMINDERS = (1, 2)
"""Working days after which the silent are reminded."""
PATIENCE = 3
"""Working days after which coordinators look at whom nobody has said yes to."""
_OVER: dict[type[DomainError], WithdrawnBecause] = {
    NotOpen: WithdrawnBecause.PROGRAMME_ENDED, NoRequests: WithdrawnBecause.REQUESTS_ENDED,
    NotTakingPart: WithdrawnBecause.MENTEE_AWAY, NoFreeSeat: WithdrawnBecause.PAIRED,
}
CANNOT = (NotOpen, NoRequests, NotTakingPart, NoFreeSeat, AlreadyTogether, BarredByRule)


@dataclass(frozen=True)
class Asking:
    """Reads programmes, people and seats. `is_holiday` says it of calendars by name, of which the first that is
    known counts, and a day."""

    people: People
    programmes: Programmes
    participants: Participants
    candidates: Candidates
    seating: Seating
    is_holiday: Callable[[Sequence[str], date], bool]

    def require_allowed(self, programme: Programme, mentor_id: str, mentee_id: str) -> None:
        """Two who may be a pair, if there is room. Raises NotTakingPart, BarredByRule, AlreadyTogether."""
        mentor, mentee = self._both(programme, mentor_id, mentee_id)
        self.seating.require_apart(programme.id, mentor_id, mentee_id)
        require_allowed(self.candidates.bars(mentor, mentee, programme.plan))

    def seats(self, programme: Programme, mentor_id: str, mentee_id: str) -> Seats:
        """Free ones of the two. Raises one of CANNOT."""
        programme.require_requests()
        mentor, mentee = self._both(programme, mentor_id, mentee_id)
        seats = self.seating.free(mentor, mentee)
        require_allowed(self.candidates.bars(mentor, mentee, programme.plan))
        return seats

    def _both(self, programme: Programme, mentor_id: str, mentee_id: str) -> tuple[Participant, Participant]:
        return (self.participants.taking_part(programme.id, mentor_id, Role.MENTOR),
                self.participants.taking_part(programme.id, mentee_id, Role.MENTEE))

    def prospects(self, programme_id: str, mentee_id: str, at: datetime) -> Prospects:
        """Who can be asked now for this mentee."""
        programme = self.programmes.get(programme_id)

        def moments(mentor_id: str) -> tuple[datetime, ...]:
            try:
                self.seats(programme, mentor_id, mentee_id)
            except CANNOT:
                return ()
            return self.moments(programme, mentor_id, at)
        return Prospects(moments, self._over(programme, mentee_id))

    def _over(self, programme: Programme, mentee_id: str) -> WithdrawnBecause | None:
        try:
            programme.require_requests()
            self.seating.free_of(self.participants.taking_part(programme.id, mentee_id, Role.MENTEE))
        except tuple(_OVER) as error:
            return _OVER[type(error)]
        return None

    def patience_ended(self, programme: Programme, at: datetime) -> datetime:
        """Whoever asked by then has waited so many working days of the programme."""
        calendar = programme.plan.holiday_calendar
        days = Workdays(programme.plan.time_zone, is_holiday=partial(self.is_holiday, calendar))
        return days.before(at, PATIENCE)

    def moments(self, programme: Programme, person_id: str, at: datetime) -> tuple[datetime, ...]:
        """Reminders, and last until when to answer: the end of a working day of whoever must, in their own zone. Whose
        holidays the directory does not say, or in words of its own, has those of the programme."""
        theirs, last = self.workdays(programme, person_id), programme.plan.request_days
        reminders = (theirs.after(at, days) for days in REMINDERS if days < last)
        return *reminders, theirs.end_of(at, last)

    def workday(self, programme: Programme, person_id: str, at: datetime) -> Workday:
        """The present one of somebody."""
        return self.workdays(programme, person_id).around(at)

    def workdays(self, programme: Programme, person_id: str) -> Workdays:
        """Those of somebody; whose holidays the directory does not say has the programme's."""
        details = self.people.get(person_id).details
        calendars = details.holiday_calendar, programme.plan.holiday_calendar
        return Workdays(details.time_zone, details.working_days, partial(self.is_holiday, calendars))
