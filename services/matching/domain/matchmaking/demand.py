"""Who competes for which seats: the set that shows why somebody stays alone (Hall's theorem), found from the arrays."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from services.matching.domain.matchmaking.arrays import Mask
from services.matching.domain.matchmaking.seating import Seating


@dataclass(frozen=True)
class Contest:
    """`mentees` people can only go to these `mentors`, who have fewer `seats`."""

    mentees: int
    mentors: int
    seats: int


@dataclass(frozen=True, eq=False)
class Demand:
    """Of one exact solution: no seat that a mentee without a mentor could reach is free, else it were not the best."""

    seating: Seating
    held: tuple[tuple[int, int], ...]

    @cached_property
    def open(self) -> Mask:
        """Allowed pairs with mentors who have any seat, for mentees who want any."""
        seats, wanted = np.array(self.seating.seats, dtype=np.int64), np.array(self.seating.wanted, dtype=np.int64)
        mask: Mask = self.seating.grid.allowed & (seats > 0)[None, :] & (wanted > 0)[:, None]
        return mask

    @cached_property
    def _next(self) -> Mask:
        """[j, k]: somebody who sits with mentor j could sit with mentor k."""
        size = len(self.seating.seats)
        found = np.zeros((size, size), dtype=bool)
        for mentee, mentor in self.held:
            found[mentor] |= self.open[mentee]
        return found

    @cached_property
    def _contests(self) -> dict[bytes, Contest]:
        return {}

    def contest(self, mentee: int) -> Contest:
        """The mentors this mentee could reach if others moved, and everybody who depends on them."""
        start = self.open[mentee]
        key = start.tobytes()
        if key not in self._contests:
            self._contests[key] = self._count(self._reached(start))
        return self._contests[key]

    def _reached(self, start: Mask) -> Mask:
        reached, new = start.copy(), start
        while new.any():
            new = self._next[new].any(axis=0) & ~reached
            reached |= new
        return reached

    def _count(self, reached: Mask) -> Contest:
        bound = self.open.any(axis=1) & ~(self.open & ~reached[None, :]).any(axis=1)
        seats = sum(count for count, inside in zip(self.seating.seats, reached, strict=True) if inside)
        return Contest(int(bound.sum()), int(reached.sum()), seats)


def demand_of(seating: Seating, held: Iterable[tuple[int, int]]) -> Demand:
    """`held` are the (mentee, mentor) of the solution."""
    return Demand(seating, tuple(held))
