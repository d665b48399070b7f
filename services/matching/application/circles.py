"""Circles: formed by a coordinator; people join and leave one by one, each by a seat that nobody else can hold."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from services.matching.application.pairs import Pairs, require_allowed
from services.matching.contracts.circles import CircleCloseReason, CircleState, SeatLostBecause
from services.matching.contracts.pairs import Party
from services.matching.contracts.participants import Role
from services.matching.domain.circle import Circle, Shape
from services.matching.domain.circle_seat import (
    AlreadyInCircle,
    CircleFull,
    CircleSeat,
    Hold,
    SeatState,
    circle_seat_id,
    free_place,
)
from services.matching.domain.participant import Participant, application_id
from services.matching.domain.seats import NoFreeSeat
from shared.kernel.clock import Clock
from shared.kernel.errors import AlreadyExists
from shared.store.documents import Taken
from shared.store.repository import Found, Repository


@dataclass(frozen=True)
class Circles:
    """What may be done about a circle. Who sits in it is read from its seats."""

    store: Repository[Circle]
    seats: Repository[CircleSeat]
    pairs: Pairs
    clock: Clock

    def form(self, programme_id: str, shape: Shape) -> Circle:
        """With mentors who have a seat left; they take it when the event is heard. Raises NotTakingPart, NoFreeSeat."""
        circle_id, programme = self.store.id_for_new(), self.pairs.programmes.get(programme_id)
        programme.require_open()
        for one in shape.mentor_ids:
            self.pairs.seating.free_of(self._taking_part(programme_id, one, Role.MENTOR))
        return self.store.add(Circle.form(circle_id, programme_id, shape, self.clock.now()))

    def join(self, circle_id: str, person_id: str, role: Role) -> CircleSeat:
        """One person, whom no hard rule bars from anybody on the other side. The unique indexes decide: whoever loses a
        place or a seat to another looks for the next. Raises CircleFull, NoFreeSeat, AlreadyInCircle, BarredByRule,
        NotTakingPart, CircleOver."""
        seat_id, circle = self.seats.new(circle_seat_id(circle_id, person_id)), self.store.get(circle_id)
        circle.require_open()
        self.pairs.programmes.get(circle.programme_id).require_open()
        one = self._taking_part(circle.programme_id, person_id, role)
        self._require_new(circle, seat_id, one)
        self.require_allowed(circle, one)
        while True:
            try:
                return self.take(seat_id, circle, one)
            except (Taken, AlreadyExists):
                continue
            except (CircleFull, NoFreeSeat):
                self._require_new(circle, self.seats.new(seat_id), one)  # the same person may have been faster
                raise

    def take(self, seat_id: str, circle: Circle, one: Participant) -> CircleSeat:
        """Raises Taken or AlreadyExists when somebody was faster to a place or a seat."""
        hold, now = self.hold(circle, one), self.clock.now()
        if self.seats.exists(seat_id):
            return self.seats.change(seat_id, lambda seat: seat.take(hold, now))
        seat = CircleSeat(id=seat_id, circle_id=circle.id, programme_id=circle.programme_id, person_id=one.person_id)
        seat.take(hold, now)
        return self.seats.add(seat)

    def hold(self, circle: Circle, one: Participant) -> Hold:
        """A free place in the circle, and a free seat of this person. Raises CircleFull, NoFreeSeat."""
        places = {seat.place for seat in self.seats_in([circle.id])}
        return Hold(role=one.role, place=free_place(circle.id, one.role, circle.room(one.role), places),
                    name=self.pairs.seating.free_of(one), limit=self.pairs.seating.organisation.most)

    def require_allowed(self, circle: Circle, one: Participant) -> None:
        """With everybody on the other side, as for a pair. Raises BarredByRule, which names the rules."""
        plan = self.pairs.programmes.get(circle.programme_id).plan
        others = [application_id(circle.programme_id, party.person_id, party.role)
                  for party in self.get(circle.id).parties if party.role is not one.role]
        couples = [(one, other) if one.role is Role.MENTOR else (other, one)
                   for other in self.pairs.participants.known(others).values()]
        for bars in self.pairs.candidates.barred(couples, plan).values() if couples else ():
            require_allowed(bars)

    def leave(self, circle_id: str, person_id: str, because: SeatLostBecause | None = None) -> CircleSeat:
        """One person; the others stay. `because`: not of their own accord. Raises NotFound, NotInCircle."""
        return self.seats.change(circle_seat_id(circle_id, person_id),
                                 lambda seat: seat.leave(self.clock.now(), because))

    def close(self, circle_id: str, reason: CircleCloseReason, if_version: int | None = None) -> Circle:
        """Ends it; its seats are released when the event is heard. Raises CircleOver, CircleNotBegun, Stale."""
        return self.store.change(circle_id, lambda circle: circle.close(reason, self.parties(circle), self.clock.now()),
                                 if_version=if_version)

    def get(self, circle_id: str) -> Circle:
        """As its seats are now, though the circle may not have heard of the last ones. Raises NotFound."""
        return self._seated([self.store.get(circle_id)])[0]

    def find(self, programme_id: str, limit: int, after: tuple[Any, str] | None,
             state: CircleState | None = None) -> Found[Circle]:
        """A page of those of a programme."""
        where: dict[str, Any] = {"programme_id": programme_id} | ({"state": state} if state else {})
        found = self.store.find(where, limit=limit, after=after)
        return Found(self._seated(found.items), found.after)

    def of_person(self, *person_ids: str) -> list[Circle]:
        """Those that any of these people sits in, the newest last."""
        ids = sorted({seat.circle_id for seat in self.seats_of(*person_ids)})
        return sorted(self._seated(self.store.get_many(ids)), key=lambda one: (one.formed_at, one.id))

    def seats_of(self, *person_ids: str) -> list[CircleSeat]:
        """Those that any of these people holds."""
        return list(self.seats.each({"person_id": {"$in": person_ids}, "state": SeatState.TAKEN}))

    def seats_in(self, circle_ids: Iterable[str]) -> Iterator[CircleSeat]:
        """Those that are taken in these circles."""
        return self.seats.each({"circle_id": {"$in": sorted(circle_ids)}, "state": SeatState.TAKEN})

    def parties(self, circle: Circle) -> list[Party]:
        """Who holds its seats now."""
        return [seat.party for seat in self.seats_in([circle.id])]

    def _seated(self, circles: list[Circle]) -> list[Circle]:
        """A circle that has ended keeps who sat in it at the end."""
        parties: dict[str, set[Party]] = {one.id: {Party(who, Role.MENTOR) for who in one.founders} for one in circles}
        for seat in self.seats_in(parties) if parties else ():
            parties[seat.circle_id].add(seat.party)
        return [one if one.over else replace(one, parties=_sorted(parties[one.id])) for one in circles]

    def _require_new(self, circle: Circle, seat_id: str, one: Participant) -> None:
        if one.person_id in circle.founders or (self.seats.exists(seat_id) and self.seats.get(seat_id).taken):
            raise AlreadyInCircle("this person sits in this circle already")

    def _taking_part(self, programme_id: str, person_id: str, role: Role) -> Participant:
        return self.pairs.participants.taking_part(programme_id, person_id, role)


def _sorted(parties: Iterable[Party]) -> tuple[Party, ...]:
    return tuple(sorted(parties, key=lambda one: (one.role, one.person_id)))
