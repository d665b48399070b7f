"""Who may be asked for their mentoring now, and until when they may answer."""

from dataclasses import dataclass
from datetime import datetime

from services.matching.application.candidates import Candidates
from services.matching.application.pairs import BarredByRule, require_allowed
from services.matching.application.participants import Participants
from services.matching.application.people import People
from services.matching.application.programmes import Programmes
from services.matching.application.seating import Seating
from services.matching.contracts.participants import Role
from services.matching.contracts.requests import WithdrawnBecause
from services.matching.domain.choice import Prospects
from services.matching.domain.participant import NotTakingPart
from services.matching.domain.programme import NotOpen, Programme
from services.matching.domain.seats import AlreadyTogether, NoFreeSeat, Seats
from services.matching.domain.working_days import after
from shared.kernel.errors import DomainError

REMINDERS = (1, 2)
"""Working days after which the silent are reminded."""
_OVER: dict[type[DomainError], WithdrawnBecause] = {
    NotOpen: WithdrawnBecause.PROGRAMME_ENDED, NotTakingPart: WithdrawnBecause.MENTEE_AWAY,
    NoFreeSeat: WithdrawnBecause.PAIRED,
}
CANNOT = (NotOpen, NotTakingPart, NoFreeSeat, AlreadyTogether, BarredByRule)


@dataclass(frozen=True)
class Asking:
    """Reads programmes, people and seats."""

    people: People
    programmes: Programmes
    participants: Participants
    candidates: Candidates
    seating: Seating

    def require_allowed(self, programme: Programme, mentor_id: str, mentee_id: str) -> None:
        """Two who may be a pair, if there is room. Raises NotTakingPart, BarredByRule, AlreadyTogether."""
        mentor = self.participants.taking_part(programme.id, mentor_id, Role.MENTOR)
        mentee = self.participants.taking_part(programme.id, mentee_id, Role.MENTEE)
        self.seating.require_apart(programme.id, mentor_id, mentee_id)
        require_allowed(self.candidates.bars(mentor, mentee, programme.plan))

    def seats(self, programme: Programme, mentor_id: str, mentee_id: str) -> Seats:
        """Free ones of the two. Raises one of CANNOT."""
        programme.require_open()
        self.require_allowed(programme, mentor_id, mentee_id)
        return self.seating.free(self.participants.taking_part(programme.id, mentor_id, Role.MENTOR),
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
            programme.require_open()
            self.seating.require_room(self.participants.taking_part(programme.id, mentee_id, Role.MENTEE),
                                      "mentee_seat")
        except (NotOpen, NotTakingPart, NoFreeSeat) as error:
            return _OVER[type(error)]
        return None

    def moments(self, programme: Programme, person_id: str, at: datetime) -> tuple[datetime, ...]:
        """Reminders, and last until when to answer: in the working days of whoever must; where the directory names
        none, in the programme's zone."""
        details = self.people.get(person_id).details
        zone = details.time_zone if details.working_days else programme.plan.time_zone
        last = programme.plan.request_days
        return tuple(after(at, days, zone, details.working_days)
                     for days in (*(one for one in REMINDERS if one < last), last))
