"""Solves without a table of scores: on the best pairs of each mentee, then looking over all for pairs that the prices
do not rule out, until none is left."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from services.matching.application.matchmaking import TooManyPeople
from services.matching.domain.matchmaking.arrays import Counts, Longs, Mask, Rows
from services.matching.domain.matchmaking.grid import AT_ONCE, LeanGrid
from services.matching.domain.matchmaking.seating import Seating
from services.matching.engine.arrays import Ints
from services.matching.engine.candidates import table_candidates
from services.matching.engine.checks import HIGHEST_SCORE
from services.matching.engine.crew import Crew
from services.matching.engine.goal import Goal, sum_of
from services.matching.engine.hunt import Hunt
from services.matching.engine.refused import Refused
from services.matching.engine.solution import Solution
from services.matching.engine.table import Table, preferred
from services.matching.engine.unbounded import NOBODY
from services.matching.engine.watch import Watch


@dataclass(frozen=True, eq=False)
class Lean:
    """`edges`: how many pairs to begin with; it changes how long it takes, never the worth of the answer."""

    seating: Seating
    grid: LeanGrid
    watch: Watch
    edges: int

    @cached_property
    def seats(self) -> Longs:
        """By mentor: at most one more than there are mentees, so that nobody is full for want of people."""
        return np.minimum(np.array(self.seating.seats, np.int64), len(self.seating.wanted) + 1)

    @cached_property
    def wants(self) -> Longs:
        """By mentee: at most as many as are allowed."""
        return np.minimum(np.array(self.seating.wanted, np.int64), self._allowed)

    @cached_property
    def _allowed(self) -> Longs:
        count = np.empty(len(self.seating.wanted), np.int64)

        def look(rows: Rows) -> None:
            count[rows] = self.grid.allowed_of(rows).sum(axis=1)

        self._each("reading", look)
        return count

    @cached_property
    def _crew(self) -> Crew:
        return Crew(1, self.watch.patient, AT_ONCE)

    def _each(self, phase: str, look: Callable[[Rows], None]) -> None:
        """For all mentees, in their order."""
        self._crew.each(phase, len(self.seating.wanted), self.columns, lambda first, last: look(np.arange(first, last)))

    @property
    def one_each(self) -> bool:
        """Everybody whom a mentor may have wants one."""
        most = int(self.wants.max(initial=0))
        return most <= 1 and bool((self.wants == np.minimum(1, self._allowed)).all())

    @property
    def columns(self) -> int:
        return len(self.seats)

    @cached_property
    def table(self) -> Table:
        return Table(len(self.wants), self.columns, self.open_scores)

    def open_scores(self, rows: Rows) -> Counts:
        """Below 0 also where the mentor has no seat at all, or the mentee wants nobody."""
        scores = self.grid.scores_of(rows)
        scores[:, self.seats == 0] = -1
        scores[self.wants[rows] == 0] = -1
        return scores

    @property
    def each(self) -> int:
        """As many pairs of a mentee as that one wants mentors, at least: then nobody is short for want of pairs."""
        return max(int(self.wants.max(initial=1)), self.edges // max(1, len(self.wants)))

    @cached_property
    def hunt(self) -> Hunt:
        found = table_candidates(self.table, self.each, self._crew)
        return Hunt(self.table, self.seats.astype(np.int32), found, self._crew, self.wants)

    def windows(self) -> Longs:
        """The best of each mentee's list, as keys."""
        most = min(self.each, self.columns)
        keys = np.empty((len(self.wants), most), np.int64)

        def look(rows: Rows) -> None:
            keys[rows] = preferred(self.open_scores(rows), most)

        self._each("scoring", look)
        return keys

    @cached_property
    def seat_worth(self) -> int:
        """More than all scores can add up to."""
        return int(min(self.wants.sum(), self.seats.sum())) * int(self.hunt.found.best.max(initial=0)) + 1

    @property
    def person(self) -> int:
        """What the first mentor of a mentee is worth."""
        return self.seat_worth * self.hunt.steps

    @cached_property
    def goal(self) -> Goal:
        return sum_of(self.hunt.found.best)

    def most_then_sum(self) -> Solution:
        """Raises TooManyPeople."""
        try:
            return self.hunt.best(self.goal, self.seat_worth)
        except Refused as error:
            raise TooManyPeople(f"no exact answer: {error}") from error

    def charges(self, solution: Solution) -> "Charges":
        """Before anybody looked."""
        taken = np.bincount(solution.seats_mentor, minlength=self.columns)
        free = int(((solution.prices > 0) & (taken < self.seats)).sum())
        return Charges(solution, self.wants, self.seats == 0, solution.prices.copy(), solution.utilities.copy(), free)

    def look(self, *lookers: "Looker") -> None:
        """Once over all pairs."""

        def look(rows: Rows) -> None:
            scores = self.grid.scores_of(rows)
            for one in lookers:
                one.look(rows, scores)

        self._each("proving", look)


class Looker(Protocol):
    """Counts something over all pairs."""

    def look(self, rows: Rows, scores: Counts) -> None:
        """A portion of mentees, in their order; `scores` with all mentors, below 0 where a pair is barred."""


@dataclass(eq=False)
class Charges:
    """What a solution charges everybody, also those who were left out of the solving: a mentor without a seat costs as
    much as anybody would give, a mentee who wants nobody has what the best mentor would leave.

    `broken`: pairs that would rather be together, and mentors with a price and a free seat; none where the solution is
    the best over all pairs.
    """

    solution: Solution
    wants: Longs
    closed: Mask
    prices: Longs
    utilities: Longs
    broken: int

    def look(self, rows: Rows, scores: Counts) -> None:
        closed, left = self.closed, np.where(scores < 0, NOBODY, scores - self.prices)
        left[:, closed] = NOBODY
        idle = self.wants[rows] == 0
        self.utilities[rows[idle]] = np.maximum(self.utilities[rows[idle]], left[idle].max(axis=1, initial=NOBODY))
        left[self._held(rows)] = NOBODY
        self.broken += int((left > self.utilities[rows][:, None]).sum())
        given = np.where(scores[:, closed] < 0, 0, scores[:, closed] - self.utilities[rows][:, None])
        self.prices[closed] = np.maximum(self.prices[closed], given.max(axis=0, initial=0))

    def _held(self, rows: Rows) -> tuple[Longs, Ints]:
        """Places of the pairs of the solution in a portion."""
        mentee = self.solution.seats_mentee
        first, end = np.searchsorted(mentee, [rows[0], rows[-1] + 1])
        return mentee[first:end] - rows[0], self.solution.seats_mentor[first:end]


@dataclass(eq=False)
class Blocking:
    """Pairs who would both rather be together. `score` (n,): of each mentee's pair, -1 for who has none."""

    lean: Lean
    mentor_of: Ints
    score: Longs
    pairs: int = 0

    def __post_init__(self) -> None:
        held = self.mentor_of >= 0
        taken = np.bincount(self.mentor_of[held], minlength=self.lean.columns)
        self._least = np.full(self.lean.columns, HIGHEST_SCORE, np.int32)
        np.minimum.at(self._least, self.mentor_of[held], self.score[held].astype(np.int32))
        self._least[taken < self.lean.seats] = -1
        self._own = self.score.astype(np.int32)

    def look(self, rows: Rows, scores: Counts) -> None:
        self.pairs += int(((scores > self._own[rows][:, None]) & (scores > self._least)).sum())
