"""What follows in circles when something is heard: seats taken or left, pairs, leavers, the programme's end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from services.matching.application.circles import Circles
from services.matching.application.lines import Lines
from services.matching.application.pairs import BarredByRule
from services.matching.application.seating import free_seat
from services.matching.application.tasks import Tasks
from services.matching.contracts.circles import CircleCloseReason, CircleState, SeatLostBecause
from services.matching.contracts.participants import ParticipantState, Role
from services.matching.domain.circle import Circle
from services.matching.domain.circle_seat import CircleFull, CircleSeat, Hold, circle_seat_id
from services.matching.domain.participant import NotTakingPart, application_id
from services.matching.domain.programme import Programme
from services.matching.domain.seats import NoFreeSeat
from shared.kernel.errors import AlreadyExists
from shared.kernel.events import Cause
from shared.store.documents import Taken

LIVE = (CircleState.FORMING, CircleState.ACTIVE, CircleState.CLOSING)
log = structlog.get_logger("circles")


@dataclass(frozen=True)
class Circling:
    """All of it may be asked for twice: what is found is looked at anew each time."""

    circles: Circles
    tasks: Tasks

    def follow(self, circle_id: str, cause: Cause | None = None) -> None:
        """The circle takes note of who sits in it, after the mentors it was formed with have their seats, and of its
        last weeks; it does not end them, since a faster clock may have begun them."""
        circle = self.circles.store.get(circle_id)
        if circle.over:
            self._empty(circle)
            return
        for one in circle.founders:
            self._seat(circle, one)
        self.circles.store.change(circle_id, self._note, cause=cause)

    def last_weeks(self, programme_id: str, told_at: datetime, cause: Cause) -> None:
        """Those of its programme begin, or were moved: as of the event at least, since another worker's clock may have
        rung."""
        programme, at = self.circles.pairs.programmes.get(programme_id), max(self._now(), told_at)
        for one in list(self.circles.store.each({"programme_id": programme_id, "state": {"$in": [*LIVE]}})):
            if self.is_behind(one, programme, at):
                self._time(one.id, at, cause)

    def keep_time(self, circle_id: str) -> None:
        """The last weeks begin, or are to come again, whatever was heard of them."""
        self._time(circle_id, self._now(), None)

    def is_behind(self, circle: Circle, programme: Programme, at: datetime) -> bool:
        """Whether a live circle should be in its last weeks and is not, or is and should not be."""
        return not circle.over and circle.last_weeks is not programme.in_last_weeks(at)

    def look_at(self, circle_id: str, cause: Cause) -> None:
        """Whether it lacks somebody is the coordinator's to see to; one that has ended lacks nobody. Who is gone is in
        nobody's reporting line any more."""
        circle = self.circles.store.get(circle_id)
        self.tasks.look_at_circle(circle, cause)
        self.look_at_lines([circle], cause)
        if circle.over:
            self._empty(circle)

    @property
    def lines(self) -> Lines:
        """Reporting lines, as the directory has them now."""
        return Lines(self.circles.pairs.candidates.people, self.tasks)

    def look_at_lines(self, circles: Sequence[Circle], cause: Cause) -> None:
        """A mentor and a mentee of one may have come into one reporting line, or out of it."""
        for task, rules in self.lines.in_circles(circles):
            self.tasks.note(task, rules, cause)

    def is_member(self, seat: CircleSeat) -> bool:
        """Whether whoever took it is of the circle, or was at its end: not who had to give way."""
        return seat.party in self.circles.store.get(seat.circle_id).parties

    def give_way(self, *person_ids: str) -> None:
        """A pair may have been faster to the seat of a person that a circle took in the same moment: indexes reach over
        pairs or over circles, not over both. The circle takes another, and without one the person does not join: of
        two circles, not the one where they sit for longer. Who came when more were allowed stays."""
        organisation, seats = self.circles.pairs.seating.organisation, self.circles.seats_of(*person_ids)
        for seat in seats:
            self._mend(seat)
        bound = [seat for seat in seats if seat.came_under(organisation.most)]
        for seat in sorted(bound, key=lambda one: (str(one.since), one.id), reverse=True):
            if organisation.exceeding([seat.person_id]):
                log.warning("circle_seat_gave_way", circle_id=seat.circle_id, seat_id=seat.id)
                self._release([seat], SeatLostBecause.NO_FREE_SEAT)

    def keep_apart(self, seat_id: str) -> None:
        """Two whom a hard rule keeps apart may have come at once: whoever is heard of first does not stay."""
        seat = self.circles.seats.get(seat_id)
        known = self.circles.pairs.participants.known([application_id(seat.programme_id, seat.person_id, seat.role)])
        for one in known.values() if seat.taken else ():
            try:
                self.circles.require_allowed(self.circles.store.get(seat.circle_id), one)
            except BarredByRule as barred:
                log.warning("circle_seat_barred", circle_id=seat.circle_id, seat_id=seat.id, rules=str(barred))
                self._release([seat], SeatLostBecause.BARRED_BY_RULE)

    def end_of_person(self, person_id: str) -> None:
        """Somebody left the organisation, and with it their circles, which go on. Whoever is back by now stays."""
        if all(one.has_left for one in self.circles.pairs.candidates.people.known([person_id]).values()):
            self._release(self.circles.seats_of(person_id), SeatLostBecause.TAKES_PART_NO_MORE)

    def end_of_participant(self, programme_id: str, person_id: str, role: Role) -> None:
        """Somebody takes part no more in this role. Whoever does again by now stays."""
        known = self.circles.pairs.participants.known([application_id(programme_id, person_id, role)])
        if any(one.state is not ParticipantState.LEFT for one in known.values()):
            return
        self._release([seat for seat in self.circles.seats_of(person_id)
                       if (seat.programme_id, seat.role) == (programme_id, role)],
                      SeatLostBecause.TAKES_PART_NO_MORE)

    def end_of_programme(self, programme_id: str, cause: Cause | None = None) -> None:
        """The programme is over, and its circles are complete."""
        live = {"programme_id": programme_id, "state": {"$in": [*LIVE]}}
        for one in list(self.circles.store.each(live)):
            self.circles.store.change(one.id, self._complete, cause=cause)

    def _complete(self, circle: Circle) -> None:
        """One that never had mentees enough has not been what it was meant to be."""
        if not circle.over:
            reason = CircleCloseReason.COMPLETED if circle.meets else CircleCloseReason.TOO_FEW
            circle.close(reason, self.circles.parties(circle), self._now())

    def _note(self, circle: Circle) -> None:
        if not circle.last_weeks:
            circle.close_from(self._moment(circle), self._now())
        circle.follow(self.circles.parties(circle), self._now())

    def _time(self, circle_id: str, at: datetime, cause: Cause | None) -> None:
        self.circles.store.change(circle_id, lambda one: one.close_from(self._moment(one), at), cause=cause)

    def _moment(self, circle: Circle) -> datetime | None:
        return self.circles.pairs.programmes.get(circle.programme_id).last_weeks_from()

    def _now(self) -> datetime:
        return self.circles.clock.now()

    def _empty(self, circle: Circle) -> None:
        """One that has ended: nobody sits in it any more."""
        seats = list(self.circles.seats_in([circle.id]))
        late = [seat.party for seat in seats if seat.party not in circle.parties]
        if late:
            self.circles.store.change(circle.id, lambda one: one.come_late(late, self.circles.clock.now()))
        self._release(seats)

    def _seat(self, circle: Circle, mentor_id: str) -> None:
        """Whoever has no room by now does not sit in it; that it lacks a mentor is a task."""
        seat_id = circle_seat_id(circle.id, mentor_id)
        while not self.circles.seats.exists(seat_id):
            try:
                one = self.circles.pairs.participants.taking_part(circle.programme_id, mentor_id, Role.MENTOR)
                self.circles.take(seat_id, circle, one)
            except (Taken, AlreadyExists):
                continue
            except (NotTakingPart, NoFreeSeat, CircleFull) as refused:
                log.warning("founder_not_seated", circle_id=circle.id, code=refused.code)
                return

    def _release(self, seats: list[CircleSeat], because: SeatLostBecause | None = None) -> None:
        for seat in seats:
            self.circles.seats.change(seat.id, lambda one: one.release(self.circles.clock.now(), because))

    def _mend(self, seat: CircleSeat) -> None:
        seating = self.circles.pairs.seating
        known = seating.participants.known([application_id(seat.programme_id, seat.person_id, seat.role)])
        for one in known.values():
            while seat.taken and seat.name in seating.taken_by_pairs([one])[one.id]:
                try:
                    self._move(seat, free_seat(one, seating.taken([one])))
                except Taken:
                    pass
                except NoFreeSeat:
                    log.warning("circle_seat_gave_way", circle_id=seat.circle_id, seat_id=seat.id)
                    self._release([seat], SeatLostBecause.NO_FREE_SEAT)
                seat = self.circles.seats.get(seat.id)

    def _move(self, seat: CircleSeat, name: str) -> None:
        """Raises Taken."""
        hold = Hold(role=seat.role, place=seat.place, name=name)
        self.circles.seats.change(seat.id, lambda held: held.move(hold))
