"""Who competes for which seats: the set that shows why somebody stays alone (Hall's theorem), found from the arrays.

Sets of mentors are rows of bits, eight to a byte: all that is kept is a few bits for each pair.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from services.matching.domain.matchmaking.arrays import Longs, Mask, Rows
from services.matching.domain.matchmaking.grid import Bytes, portions
from services.matching.domain.matchmaking.seating import Seating


@dataclass(frozen=True)
class Contest:
    """`mentees` people can only go to these `mentors`, who have fewer `seats`."""

    mentees: int
    mentors: int
    seats: int


@dataclass(frozen=True, eq=False)
class Demand:
    """Of one exact solution: no seat that a mentee without a mentor could reach is free, else it were not the best.

    `held` (pairs, 2): mentee and mentor, by mentor. `look` is called while all pairs are looked over, and may raise.
    """

    seating: Seating
    held: Longs
    look: Callable[[], object]

    def any_open(self, mentee: int) -> bool:
        """Whether a mentor who has any seat is allowed, for a mentee who wants any."""
        return bool(self._open[mentee].any())

    def contest(self, mentee: int) -> Contest:
        """The mentors this mentee could reach if others moved, and everybody who depends on them."""
        reached = self._reached(self._open[mentee])
        key = reached.tobytes()
        if key not in self._contests:
            self._contests[key] = self._count(reached)
        return self._contests[key]

    @cached_property
    def _open(self) -> Bytes:
        """[i]: allowed mentors who have any seat, for mentees who want any."""
        seats, wanted = np.array(self.seating.seats, dtype=np.int64), np.array(self.seating.wanted, dtype=np.int64)
        bits = np.zeros((len(wanted), -(-len(seats) // 8)), dtype=np.uint8)
        for rows in portions(np.arange(len(wanted)), len(seats)):
            self.look()
            mask = self.seating.grid.allowed_of(rows) & (seats > 0)[None, :] & (wanted[rows] > 0)[:, None]
            bits[rows] = np.packbits(mask, axis=1)
        return bits

    @cached_property
    def _first(self) -> Longs:
        """[j]: where in `held` those begin who sit with mentor j; one more for the end."""
        return np.searchsorted(self.held[:, 1], np.arange(len(self.seating.seats) + 1))

    @cached_property
    def _alone(self) -> Bytes:
        """The open mentors of each mentee who has nobody and could have somebody."""
        alone: Mask = np.array(self._open.any(axis=1))
        alone[self.held[:, 0]] = False
        return self._open[alone]

    @cached_property
    def _known(self) -> dict[int, Bytes]:
        """By mentee who sits somewhere: so there are no more of these sets than mentees."""
        return {}

    @cached_property
    def _contests(self) -> dict[bytes, Contest]:
        return {}

    def _reached(self, start: Bytes) -> Bytes:
        """From each of these mentors that was not reached from another."""
        reached = np.zeros_like(start)
        while (left := start & ~reached).any():
            byte = int((left > 0).argmax())
            reached |= self._beyond(8 * byte + 8 - int(left[byte]).bit_length())
        return reached

    def _beyond(self, mentor: int) -> Bytes:
        """The mentor, whoever those could have who sit there, and so on."""
        rows = self._holders(np.array([mentor]))
        holder = int(rows[0])
        if holder not in self._known:
            reached = np.zeros_like(self._open[holder])
            while len(rows):
                new = np.bitwise_or.reduce(self._open[rows], axis=0) & ~reached
                reached |= new
                rows = self._holders(self._numbers(new))
            self._known[holder] = reached
        return self._known[holder]

    def _numbers(self, mentors: Bytes) -> Rows:
        return np.flatnonzero(np.unpackbits(mentors, count=len(self.seating.seats)))

    def _holders(self, mentors: Rows) -> Longs:
        """Everybody who sits with one of these."""
        begin, size = self._first[mentors], self._first[mentors + 1] - self._first[mentors]
        places = np.repeat(begin - np.cumsum(size) + size, size) + np.arange(size.sum())
        return np.unique(self.held[places, 0])

    def _count(self, reached: Bytes) -> Contest:
        """Who sits with one of these cannot go elsewhere, else it were reached too."""
        mentors = self._numbers(reached)
        alone = int((~(self._alone & ~reached).any(axis=1)).sum())
        seats = sum(self.seating.seats[mentor] for mentor in mentors.tolist())
        return Contest(len(self._holders(mentors)) + alone, len(mentors), seats)


def demand_of(seating: Seating, held: Iterable[tuple[int, int]], look: Callable[[], object] = bool) -> Demand:
    """`held` are the (mentee, mentor) of the solution."""
    pairs = np.array(list(held), dtype=np.int64).reshape(-1, 2)
    return Demand(seating, pairs[np.argsort(pairs[:, 1], kind="stable")], look)
