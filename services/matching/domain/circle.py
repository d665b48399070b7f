"""One or two mentors and several mentees. Who sits in it is told by the seats (`domain/circle_seat.py`)."""

from collections.abc import Collection, Iterable, Set
from dataclasses import dataclass
from datetime import datetime

from services.matching.contracts.circles import (
    CircleChanged,
    CircleClosed,
    CircleCloseReason,
    CircleClosing,
    CircleEvent,
    CircleFormed,
    CircleState,
)
from services.matching.contracts.pairs import Party
from services.matching.contracts.participants import Role
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import Invalid, WrongState

MOST_MENTEES = 30
MOST_MENTORS = 2
MEETING = (CircleState.ACTIVE, CircleState.CLOSING)
"""In its last weeks a circle goes on as before."""
FEWEST, MOST = 3, 8
"""Mentees of a circle of which nothing else is said."""


class BadCircle(Invalid):
    """Not the size, or not the mentors, that a circle can have."""

    code = "bad-circle"


class CircleOver(WrongState):
    """Nobody joins what has ended, and it ends once."""

    code = "circle-closed"


class CircleNotBegun(WrongState):
    """What never met is not complete."""

    code = "circle-not-begun"


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What a coordinator says of a circle. Raises BadCircle."""

    name: str
    mentor_ids: tuple[str, ...]
    min_mentees: int = FEWEST
    max_mentees: int = MOST

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise BadCircle("a circle has a name")
        if not 1 <= self.min_mentees <= self.max_mentees <= MOST_MENTEES:
            raise BadCircle(f"a circle has from 1 to {MOST_MENTEES} mentees, and at least no more than at most")
        if not 1 <= len(set(self.mentor_ids)) == len(self.mentor_ids) <= MOST_MENTORS:
            raise BadCircle(f"a circle begins with one mentor, or with {MOST_MENTORS} who are not the same")


@dataclass(kw_only=True)
class Circle(Aggregate):
    """`founders` are mentors it is formed with, until they have their seats. `parties` follow the seats, by events.
    `last_weeks`: they have begun; one that is forming then is closing as soon as it would be active."""

    programme_id: str
    name: str
    min_mentees: int
    max_mentees: int
    founders: tuple[str, ...] = ()
    parties: tuple[Party, ...] = ()
    state: CircleState = CircleState.FORMING
    last_weeks: bool = False
    reason: CircleCloseReason | None = None
    formed_at: datetime | None = None

    @classmethod
    def form(cls, id: str, programme_id: str, shape: Shape, at: datetime) -> "Circle":
        circle = cls(id=id, programme_id=programme_id, name=shape.name.strip(), min_mentees=shape.min_mentees,
                     max_mentees=shape.max_mentees, founders=shape.mentor_ids, formed_at=at,
                     parties=tuple(Party(one, Role.MENTOR) for one in shape.mentor_ids))
        circle._tell(CircleFormed, at)
        return circle

    @property
    def over(self) -> bool:
        return self.state is CircleState.CLOSED

    @property
    def meets(self) -> bool:
        """Whether it has begun, and has not ended."""
        return self.state in MEETING

    @property
    def seated(self) -> tuple[Party, ...]:
        """Those of the parties who hold seats: founders wait for theirs."""
        return () if self.founders else self.parties

    @property
    def lacks(self) -> tuple[str, ...]:
        """What a coordinator has to see to: falling short ends no circle."""
        if self.over:
            return ()
        few = self.meets and self._count(Role.MENTEE) < self.min_mentees
        return (*["too-few-mentees"] * few, *["no-mentor"] * (not self._count(Role.MENTOR)))

    def room(self, role: Role) -> int:
        """How many may sit in it in this role."""
        return self.max_mentees if role is Role.MENTEE else MOST_MENTORS

    def require_open(self) -> None:
        """Raises CircleOver."""
        if self.over:
            raise CircleOver(f"circle {self.id} has ended")

    def follow(self, parties: Iterable[Party], at: datetime) -> None:
        """Who holds its seats now. It becomes active when it has a mentor and mentees enough, and not before."""
        if self.over:
            return
        before = self._sit(parties)
        if before != set(self.parties):
            is_enough = self._count(Role.MENTEE) >= self.min_mentees and self._count(Role.MENTOR)
            if is_enough and self.state is CircleState.FORMING:
                self.state = CircleState.ACTIVE
            self._tell(CircleChanged, at, before)
            self._close_in_time(at)

    def close_from(self, moment: datetime | None, at: datetime) -> None:
        """Its last weeks begin at this moment, or have begun; None: it has none. Where its end was moved on, it goes on
        as before."""
        if self.over:
            return
        self.last_weeks = moment is not None and moment <= at
        if self.state is CircleState.CLOSING and not self.last_weeks:
            self.state = CircleState.ACTIVE
            self._tell(CircleChanged, at, set(self.seated))
        self._close_in_time(at)

    def close(self, reason: CircleCloseReason, parties: Iterable[Party], at: datetime) -> None:
        """With those who hold its seats now. Raises CircleOver, CircleNotBegun."""
        self.require_open()
        if reason is CircleCloseReason.COMPLETED and not self.meets:
            raise CircleNotBegun(f"circle {self.id} never met")
        self.state, self.reason = CircleState.CLOSED, reason
        self._tell(CircleClosed, at, self._sit(parties))

    def come_late(self, parties: Iterable[Party], at: datetime) -> None:
        """Whoever took a seat in the moment in which it ended was in it, too."""
        everybody = {*self.parties, *parties}
        if self.over and everybody != set(self.parties):
            self._tell(CircleClosed, at, self._sit(everybody))

    def _close_in_time(self, at: datetime) -> None:
        if self.last_weeks and self.state is CircleState.ACTIVE:
            self.state = CircleState.CLOSING
            self._tell(CircleClosing, at, set(self.seated))

    def _sit(self, parties: Iterable[Party]) -> set[Party]:
        """Answers who held seats before."""
        before, self.founders = set(self.seated), ()
        self.parties = tuple(sorted(parties, key=lambda one: (one.role, one.person_id)))
        return before

    def _count(self, role: Role) -> int:
        return sum(one.role is role for one in self.parties)

    def _tell(self, event: type[CircleEvent], at: datetime, before: Set[Party] = frozenset()) -> None:
        self.record(event(
            circle_id=self.id, programme_id=self.programme_id, parties=self.seated, state=self.state,
            min_mentees=self.min_mentees, max_mentees=self.max_mentees, reason=self.reason,
            joined_ids=_beyond(self.seated, before), left_ids=_beyond(before, self.seated)), at)


def _beyond(some: Iterable[Party], others: Collection[Party]) -> tuple[str, ...]:
    return tuple(sorted(one.person_id for one in some if one not in others))
