"""One run on a problem in which a mentee has one mentor at most: auction, then the exact finish, in small portions."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from services.matching.engine.arrays import Ints, Longs, Scratch, State, scratch_of, state_of
from services.matching.engine.auction import BIDS_A_MENTEE, STEP, Auction, auction_of, bid
from services.matching.engine.finish import fill_all, seat_all, tighten
from services.matching.engine.problem import Problem
from services.matching.engine.watch import Watch

PORTION = 20_000_000
"""Entries of rows looked at between two looks at the clock: about a tenth of a second."""


@dataclass(frozen=True)
class Run:
    """Holds the arrays of a run. `whole` after `finish` unless the deadline came first."""

    problem: Problem
    state: State
    watch: Watch

    @cached_property
    def scratch(self) -> Scratch:
        return scratch_of(self.problem.n_mentors)

    @classmethod
    def of(cls, problem: Problem, watch: Watch, prices: Longs | None, mentor_of: Ints | None) -> "Run":
        """From nothing, or warm from prices and seats; a mentor without seats begins at a price that nobody pays."""
        state = state_of(problem.n_mentees, problem.capacity)
        if prices is not None:
            state.price[:] = np.minimum(prices, problem.ceiling)
        state.price[problem.capacity == 0] = problem.ceiling
        if mentor_of is not None:
            seat_as_before(state, mentor_of)
        return cls(problem, state, watch)

    def auction(self, step: int = STEP) -> int:
        """Answers how many bids were made."""
        graph, auction = self.problem.graph, auction_of(self.state)
        most = BIDS_A_MENTEE * self.problem.n_mentees
        portion = max(1, PORTION * self.problem.n_mentees // max(1, len(self.problem.score)))
        while self.watch.goes_on("auction", _made(auction) / max(1, most)) and _made(auction) < most:
            if not bid(graph, self.state, auction, self.problem.worth, step, min(most, _made(auction) + portion)):
                break
        return _made(auction)

    def finish(self) -> bool:
        """To the optimum; False when the deadline came first."""
        graph, state, worth = self.problem.graph, self.state, self.problem.worth
        free = np.empty(self.problem.n_mentees, np.int32)
        free = free[:tighten(graph, state, worth, free)]
        done = 0
        while done < len(free):
            if not self.watch.goes_on("seating", done / len(free)):
                return False
            done = seat_all(graph, state, self.scratch, worth, free, done, PORTION)
        done = 0
        while done < self.problem.n_mentors:
            if not self.watch.goes_on("filling", done / self.problem.n_mentors):
                return False
            done = fill_all(graph, state, self.scratch, done, PORTION)
        return True


def _made(auction: Auction) -> int:
    return int(auction.counts[2])


def seat_as_before(state: State, mentor_of: Ints) -> None:
    """Those first who come first, where there is room: what does not fit is not kept."""
    for mentee in np.flatnonzero(mentor_of >= 0).tolist():
        mentor = int(mentor_of[mentee])
        if state.taken[mentor] < state.capacity[mentor]:
            place = state.seat_start[mentor] + state.taken[mentor]
            state.holder[place], state.place_of[mentee], state.mentor_of[mentee] = mentee, place, mentor
            state.taken[mentor] += 1
