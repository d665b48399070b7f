"""A seat in a circle: a document a member, which holds a place of the circle and one of the person's own seats."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from services.matching.contracts.circles import CircleSeatLost, SeatLostBecause
from services.matching.contracts.internal import CircleSeatReleased, CircleSeatTaken
from services.matching.contracts.pairs import Party
from services.matching.contracts.participants import Role
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import WrongState
from shared.kernel.ids import derived_id


class AlreadyInCircle(WrongState):
    """Nobody sits in a circle twice."""

    code = "already-in-circle"


class CircleFull(WrongState):
    """As many as may be sit in it."""

    code = "circle-full"


class NotInCircle(WrongState):
    """Nobody leaves where they do not sit."""

    code = "not-in-circle"


class SeatState(StrEnum):
    """Whether it counts."""

    TAKEN = "taken"
    RELEASED = "released"


def circle_seat_id(circle_id: str, person_id: str) -> str:
    """One a person and circle: whoever comes back takes the same."""
    return derived_id("circle-seat", circle_id, person_id)


def in_circles(programme_id: str, role: Role) -> dict[str, Any]:
    """Where to find the seats of a programme that people hold in this role."""
    return {"programme_id": programme_id, "role": role, "state": SeatState.TAKEN}


@dataclass(frozen=True, kw_only=True)
class Hold:
    """What a seat holds that nobody else may: a `place` in the circle, and the `name` of the person's own seat, which
    counts among those of their pairs (`domain/seats.py`). `limit` of a mentor's seats in the organisation; 0: none."""

    role: Role
    place: str
    name: str
    limit: int = 0


@dataclass(kw_only=True)
class CircleSeat(Aggregate):
    """`place` and `seat` are unique over all seats of circles. `limit`: as it was when the seat was taken."""

    circle_id: str
    programme_id: str
    person_id: str
    role: Role = Role.MENTEE
    place: str = ""
    seat: str = ""
    state: SeatState = SeatState.RELEASED
    since: datetime | None = None
    limit: int = 0

    @property
    def party(self) -> Party:
        return Party(self.person_id, self.role)

    @property
    def taken(self) -> bool:
        return self.state is SeatState.TAKEN

    def came_under(self, limit: int) -> bool:
        """Whether a mentor took it when no more seats than this were allowed in the organisation, as they are now."""
        return self.role is Role.MENTOR and 0 < self.limit <= limit

    @property
    def name(self) -> str:
        """As the seats of pairs are named: those of a mentor and those of a mentee may be named alike."""
        return self.seat.partition(" ")[2]

    def take(self, hold: Hold, at: datetime) -> None:
        """Raises AlreadyInCircle."""
        if self.taken:
            raise AlreadyInCircle("this person sits in this circle already")
        self.role, self.state, self.since, self.limit = hold.role, SeatState.TAKEN, at, hold.limit
        self._hold(hold)
        self.record(CircleSeatTaken(seat_id=self.id, circle_id=self.circle_id), at)

    def move(self, hold: Hold) -> None:
        """To another of the person's seats: a pair was faster to this one."""
        if self.taken:
            self._hold(hold)

    def leave(self, at: datetime, because: SeatLostBecause | None = None) -> None:
        """Raises NotInCircle. `because`: not of their own accord."""
        if not self.taken:
            raise NotInCircle("this person does not sit in this circle")
        self.release(at, because)

    def release(self, at: datetime, because: SeatLostBecause | None = None) -> None:
        """Released already is no error. Whoever loses it otherwise than by leaving, or with the circle, is told why."""
        if not self.taken:
            return
        self.state = SeatState.RELEASED
        self.place = self.seat = f"released/{self.id}"
        self.record(CircleSeatReleased(seat_id=self.id, circle_id=self.circle_id), at)
        if because:
            self.record(CircleSeatLost(seat_id=self.id, circle_id=self.circle_id, programme_id=self.programme_id,
                                       person_id=self.person_id, role=self.role, because=because), at)

    def _hold(self, hold: Hold) -> None:
        self.place, self.seat = hold.place, f"{hold.role} {hold.name}"


def free_place(circle_id: str, role: Role, room: int, taken: set[str]) -> str:
    """The first place in a circle that is not among those `taken`. Raises CircleFull."""
    places = (f"{circle_id}/{role}#{number}" for number in range(room))
    if (place := next((one for one in places if one not in taken), None)) is None:
        raise CircleFull(f"no more than {room} {role}s sit in this circle")
    return place
