"""One run on a problem in which a mentee has one mentor at most: a start, then the exact finish, in small portions."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from services.matching.engine.arrays import Ints, Longs, Scratch, State, scratch_of, state_of
from services.matching.engine.auction import (
    BIDS_A_MENTEE,
    Auction,
    alone_at,
    auction_of,
    begin_again,
    bid,
    settle,
    steps_of,
)
from services.matching.engine.cardinality import Largest, largest
from services.matching.engine.finish import Discontent, seat_and_fill, tighten
from services.matching.engine.offers import Offers, offer, offers_of, price_offers
from services.matching.engine.problem import Problem
from services.matching.engine.seats import seat_as_before
from services.matching.engine.watch import Watch

SMALL, BIDS_AT_ONCE = 100_000, 12
"""With fewer edges than that each mentee bids so often, at most, before it is counted who is short of seats."""

PORTION = 20_000_000
"""Entries of rows looked at between two looks at the clock: about a tenth of a second."""


@dataclass(frozen=True)
class Run:
    """Holds the arrays of a run. At the optimum after `finish`, unless the deadline came first."""

    problem: Problem
    state: State
    watch: Watch

    @classmethod
    def of(cls, problem: Problem, watch: Watch, prices: Longs | None = None, mentor_of: Ints | None = None) -> "Run":
        """From nothing, or warm from prices and seats; a mentor without seats begins at a price that nobody pays."""
        state = state_of(problem.n_mentees, problem.capacity)
        if prices is not None:
            state.price[:] = np.minimum(prices, problem.ceiling)
        state.price[problem.capacity == 0] = problem.ceiling
        if mentor_of is not None:
            seat_as_before(state, mentor_of)
        return cls(problem, state, watch)

    @cached_property
    def scratch(self) -> Scratch:
        return scratch_of(self.problem.n_mentors)

    def start(self, steps: Sequence[int] = ()) -> int:
        """Nearly the right prices. Where seats are enough mentees bid for them, where they are short mentors bid for
        mentees: who is the fewer finds a place, and nobody drives prices up to no end. In each phase a bid goes
        so far beyond indifference as `steps` say, falling. Answers how many bids it took.
        """
        steps = steps or steps_of(self.problem)
        if (bids := self._bid_at_once(steps)) is not None:
            return bids
        largest = self._short_of_seats()
        price, open_ = self.state.price, self.problem.capacity > 0
        price[largest.mentors] = self.problem.ceiling
        bids = self._bid(np.flatnonzero(~largest.mentees), steps)
        short = np.flatnonzero(largest.mentors & open_)
        return bids + (self._offer(short, steps[-1]) if len(short) else 0)

    def _bid_at_once(self, steps: Sequence[int]) -> int | None:
        """In a small programme bids come to an end before it is counted who can be seated, unless many are short of
        seats: then there is no answer, and the state is as it was."""
        size = self.problem.n_mentees
        if len(self.problem.score) >= SMALL or int(self.problem.capacity.sum()) < size:
            return None
        everybody = np.arange(size)
        auction = auction_of(self.problem, self.state, everybody)
        if self._bid_in_phases(auction, everybody, steps, BIDS_AT_ONCE * size):
            settle(self.state, auction)
            return _made(auction)
        self.state.taken[:] = 0
        return None

    def _short_of_seats(self) -> Largest:
        problem = self.problem
        if problem.worth > problem.highest:
            return largest(problem, self.watch)
        short = int(problem.capacity.sum()) < problem.n_mentees
        return Largest(0, np.full(problem.n_mentees, short), np.full(problem.n_mentors, short))

    def _bid(self, mentees: Longs, steps: Sequence[int]) -> int:
        auction = auction_of(self.problem, self.state, mentees)
        self._bid_in_phases(auction, mentees, steps, BIDS_A_MENTEE * len(mentees))
        settle(self.state, auction)
        return _made(auction)

    def _bid_in_phases(self, auction: Auction, mentees: Longs, steps: Sequence[int], most: int) -> bool:
        """Whether bids came to an end, before the deadline and with `most` of them."""
        for before, step in pairwise([0, *steps]):
            if before:
                begin_again(self.state, auction, mentees, before)
            if not self._bids_end(auction, step, most):
                return False
        return True

    def _bids_end(self, auction: Auction, step: int, most: int) -> bool:
        graph, worth = self.problem.graph, alone_at(self.problem)
        while self.watch.goes_on("bidding", _made(auction) / max(1, most)) and _made(auction) < most:
            if not bid(graph, self.state, auction, worth, step, min(most, _made(auction) + self._portion)):
                return True
        return False

    def _offer(self, mentors: Longs, step: int) -> int:
        graph, state = self.problem.graph, self.state
        state.utility[:] = -self.problem.worth
        offers = offers_of(state, mentors)
        most = BIDS_A_MENTEE * len(offers.waiting)
        while self.watch.goes_on("offering", _made(offers) / max(1, most)) and _made(offers) < most:
            if not offer(graph, state, offers, step, min(most, _made(offers) + self._portion)):
                break
        price_offers(graph, state, mentors)
        return _made(offers)

    @property
    def _portion(self) -> int:
        """Bids between two looks at the clock."""
        return max(1, PORTION * min(self.problem.n_mentees, self.problem.n_mentors) // max(1, len(self.problem.score)))

    def finish(self) -> bool:
        """To the optimum; False when the deadline came first."""
        graph, state, worth = self.problem.graph, self.state, self.problem.worth
        room = Discontent(np.empty_like(state.utility), np.zeros(len(state.price), np.int64),
                          np.empty_like(state.mentor_of), np.empty_like(state.price))
        free = room.free[:tighten(graph, state, worth, room)]
        done, end = 0, len(free) + self.problem.n_mentors
        while done < end:
            if not self.watch.goes_on("seating", done / end):
                return False
            done = seat_and_fill(graph, state, self.scratch, worth, free, done, PORTION)
        return True


def _made(bids: Auction | Offers) -> int:
    return int(bids.counts[2])
