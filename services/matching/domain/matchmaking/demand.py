"""Who competes for which seats: the set that shows why somebody stays alone (Hall's theorem), found from the arrays."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from services.matching.domain.matchmaking.arrays import Mask, Rows
from services.matching.domain.matchmaking.grid import portions
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

    def open_of(self, rows: Rows) -> Mask:
        """Allowed pairs with mentors who have any seat, for mentees who want any."""
        seats, wanted = np.array(self.seating.seats, dtype=np.int64), np.array(self.seating.wanted, dtype=np.int64)
        mask: Mask = self.seating.grid.allowed_of(rows) & (seats > 0)[None, :] & (wanted[rows] > 0)[:, None]
        return mask

    def _portions(self) -> Iterator[tuple[Rows, Mask]]:
        for rows in portions(np.arange(len(self.seating.wanted)), len(self.seating.seats)):
            yield rows, self.open_of(rows)

    @cached_property
    def _next(self) -> Mask:
        """[j, k]: somebody who sits with mentor j could sit with mentor k."""
        size = len(self.seating.seats)
        found, held = np.zeros((size, size), dtype=bool), defaultdict[int, list[int]](list)
        for mentee, mentor in self.held:
            held[mentee].append(mentor)
        for rows, open_ in self._portions():
            for place, mentee in enumerate(rows.tolist()):
                for mentor in held.get(mentee, ()):
                    found[mentor] |= open_[place]
        return found

    @cached_property
    def _reached_from(self) -> dict[int, Mask]:
        return {}

    @cached_property
    def _contests(self) -> dict[bytes, Contest]:
        return {}

    def contest(self, mentee: int) -> Contest:
        """The mentors this mentee could reach if others moved, and everybody who depends on them."""
        reached = self._reached(self.open_of(np.array([mentee]))[0])
        key = reached.tobytes()
        if key not in self._contests:
            self._contests[key] = self._count(reached)
        return self._contests[key]

    def _reached(self, start: Mask) -> Mask:
        """From each of these mentors that was not reached from another."""
        reached = np.zeros_like(start)
        while (left := start & ~reached).any():
            reached |= self._beyond(int(left.argmax()))
        return reached

    def _beyond(self, mentor: int) -> Mask:
        if mentor not in self._reached_from:
            new = np.arange(len(self.seating.seats)) == mentor
            reached = new.copy()
            while new.any():
                new = self._next[new].any(axis=0) & ~reached
                reached |= new
            self._reached_from[mentor] = reached
        return self._reached_from[mentor]

    def _count(self, reached: Mask) -> Contest:
        bound = sum(int((open_.any(axis=1) & ~(open_ & ~reached).any(axis=1)).sum()) for _, open_ in self._portions())
        seats = sum(count for count, inside in zip(self.seating.seats, reached, strict=True) if inside)
        return Contest(bound, int(reached.sum()), seats)


def demand_of(seating: Seating, held: Iterable[tuple[int, int]]) -> Demand:
    """`held` are the (mentee, mentor) of the solution."""
    return Demand(seating, tuple(held))
