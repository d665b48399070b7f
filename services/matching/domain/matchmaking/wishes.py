"""Ranked wishes: who one side would like best, second best, third best."""

from dataclasses import dataclass
from itertools import chain

from services.matching.domain.matchmaking.cells import items_of
from services.matching.domain.matchmaking.people import Person, Role
from services.matching.domain.matchmaking.reasons import Reason


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """In one column as a list, or in a column each. `points` go to the first, second, …; what follows is not read."""

    side: Role
    columns_of_wishes: tuple[str, ...]
    points: tuple[int, ...] = (3000, 2000, 1000)
    refers_to: str | None = None
    optional: bool = False

    @property
    def name(self) -> str:
        return "wish" if self.side is Role.MENTEE else "mentor-wish"

    def columns(self, side: Role) -> tuple[str, ...]:
        if side is self.side:
            return self.columns_of_wishes
        return (self.refers_to,) if self.refers_to else ()

    def of(self, person: Person) -> dict[str, int]:
        """Reference → rank from 1, in order."""
        found = chain.from_iterable(items_of(person.row, column) for column in self.columns_of_wishes)
        ranked = list(dict.fromkeys(found))[: len(self.points)]
        return {reference: rank for rank, reference in enumerate(ranked, start=1)}

    def rank(self, mentor: Person, mentee: Person) -> int | None:
        """The place of the one in the other's list."""
        wishing, wished = (mentee, mentor) if self.side is Role.MENTEE else (mentor, mentee)
        return self.of(wishing).get(wished.reference(self.refers_to))

    def reason(self, mentor: Person, mentee: Person) -> Reason | None:
        rank = self.rank(mentor, mentee)
        points = self.points[rank - 1] if rank else 0
        return Reason(self.name, points, {"kind": self.name, "rank": rank}) if rank and points else None
