"""One run on a problem in which a mentee may have several mentors: a start, then the exact finish."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from services.matching.engine.arrays import Graph, Scratch, scratch_of
from services.matching.engine.compiling import kernel
from services.matching.engine.problem import Problem
from services.matching.engine.several import Several, most_outside, several_of
from services.matching.engine.several_forward import forward_several
from services.matching.engine.several_reverse import reverse_several
from services.matching.engine.several_start import (
    Slots,
    level_of,
    offer_several,
    opened,
    settle_several,
    slots_of,
    tighten_several,
)
from services.matching.engine.watch import Watch

PORTION = 10_000_000
"""Entries looked at between two looks at the clock."""

PARTS = (4, 32)
"""By how much bids of the phases go beyond indifference: these parts of the highest score. Wider than with one mentor a
mentee, since levels are further apart."""

BIDS_A_SEAT = 30
"""In a phase, at most."""


@dataclass(frozen=True)
class SeveralRun:
    """Holds the arrays of a run. At the optimum after `finish`, unless the deadline came first."""

    problem: Problem
    watch: Watch

    @cached_property
    def state(self) -> Several:
        return several_of(self.problem)

    @cached_property
    def scratch(self) -> Scratch:
        return scratch_of(self.problem.n_mentors + self.problem.n_mentees)

    def start(self) -> int:
        """Mentors bid where seats are short, as they are with several mentors a mentee: in phases with smaller and
        smaller steps (Bertsekas 1979), each from a little under what the last one came to. Answers how many bids.
        """
        level = level_of(self.state)
        if level < 0:
            return 0
        slots, worth = slots_of(self.problem, level), int(self.state.worths[level])
        least, less = slots.asked, 0
        floor = min(max(0, -worth), (level + 2) * self.problem.highest)
        for part in PARTS:
            step = max(1, self.problem.highest // part)
            slots = opened(self.problem, slots, least, less)
            self._offer(slots, floor, step)
            less = 2 * step
        settle_several(self.problem.graph, self.state, slots, worth)
        return int(slots.counts[2])

    def _offer(self, slots: Slots, floor: int, step: int) -> None:
        graph, made = self.problem.graph, int(slots.counts[2])
        most, until = BIDS_A_SEAT * len(slots.waiting), made + BIDS_A_SEAT * len(slots.waiting)
        portion = max(1, PORTION * self.problem.n_mentors // max(1, len(self.problem.score)))
        while made < until and self.watch.goes_on("offering", 1 - (until - made) / most):
            if not offer_several(graph, self.state, slots, floor, step, min(until, made + portion)):
                break
            made = int(slots.counts[2])

    def finish(self) -> bool:
        """To the optimum; False when the deadline came first."""
        graph, state = self.problem.graph, self.state
        tighten_several(graph, state)
        whole = self._all("seating", self.problem.n_mentees, seat_several)
        whole = whole and self._all("filling", self.problem.n_mentors, fill_several)
        look_outside(graph, state)
        return whole

    def _all(self, phase: str, size: int, portion: Callable[..., int]) -> bool:
        done = 0
        while done < size:
            if not self.watch.goes_on(phase, done / size):
                return False
            done = portion(self.problem.graph, self.state, self.scratch, done, PORTION)
        return True


@kernel
def seat_several(graph: Graph, state: Several, scratch: Scratch, done: int, look: int) -> int:
    """Forward searches for the mentees from `done` on until about `look` entries were looked at."""
    until = scratch.counts[3] + look
    while done < len(state.wants) and scratch.counts[3] < until:
        had = state.had[done]
        if had < state.wants[done] and state.utility[done] > -state.worths[had]:
            forward_several(graph, state, scratch, done)
        else:
            done += 1
    return done


@kernel
def fill_several(graph: Graph, state: Several, scratch: Scratch, done: int, look: int) -> int:
    """Reverse searches for the mentors from `done` on, likewise: no seat with a price stays vacant."""
    until = scratch.counts[3] + look
    while done < len(state.price) and scratch.counts[3] < until:
        if state.price[done] > 0 and state.taken[done] < state.capacity[done]:
            reverse_several(graph, state, scratch, done)
        else:
            done += 1
    return done


@kernel
def look_outside(graph: Graph, state: Several) -> None:
    """Who may have no mentor envies nobody at these prices."""
    for mentee in range(len(state.wants)):
        if state.wants[mentee] == 0:
            state.utility[mentee] = most_outside(graph, state, mentee)
