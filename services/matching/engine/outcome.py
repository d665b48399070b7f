"""From the arrays of a run to a solution."""

from dataclasses import dataclass

import numpy as np

from services.matching.engine.arrays import Ints, Longs, State
from services.matching.engine.checks import HIGHEST_SCORE
from services.matching.engine.compiling import kernel, maker
from services.matching.engine.greedy import seat_greedily
from services.matching.engine.problem import Problem, Worth
from services.matching.engine.several import Several
from services.matching.engine.solution import Solution


@dataclass(frozen=True)
class Outcome:
    """Chosen entries of the posed problem, sorted, the first mentor of each mentee, and the duals; `bound`, of a run
    that was cut: no matching is worth more.
    """

    posed: Problem
    entries: Ints
    mentor_of: Ints
    prices: Longs
    utilities: Longs
    bound: int
    whole: bool
    stats: dict[str, int]

    def solution(self, problem: Problem, objective: str, threshold: int | None, *, proven: bool) -> Solution:
        """In terms of the problem that was asked: its scores, not those of the objective."""
        mentee, mentor = self.posed.mentee[self.entries], self.posed.mentor[self.entries]
        entries = self.entries if problem.mentor is self.posed.mentor else entries_of(problem, mentee, mentor)
        total = int(problem.score[entries].sum(dtype=np.int64))
        gap = 0 if self.whole else max(0, self.bound - self._value(mentee))
        return Solution(objective, self.mentor_of, mentee, mentor, self.prices, self.utilities, len(mentee), total, gap,
                        threshold, self.stats, proven)

    def _value(self, mentee: Ints) -> int:
        had = np.bincount(mentee, minlength=self.posed.n_mentees)
        worths = np.concatenate([[0], np.cumsum(self.posed.worths)])
        return int(self.posed.score[self.entries].sum(dtype=np.int64) + worths[had].sum())


def entries_of(problem: Problem, mentee: Ints, mentor: Ints) -> Ints:
    """Where these edges of the problem stand."""
    return _places(problem.starts, problem.mentor, mentee, mentor)


@maker
def _places(starts: Longs, mentors: Ints, mentee: Ints, mentor: Ints) -> Ints:
    places = np.empty(len(mentee), np.int32)
    for at in range(len(mentee)):
        row = mentors[starts[mentee[at]]:starts[mentee[at] + 1]]
        places[at] = starts[mentee[at]] + np.searchsorted(row, mentor[at])
    return places


@kernel
def _seated(starts: Longs, mentors: Ints, mentor_of: Ints, places: Ints) -> int:
    """Fills `places` (n,) with the entry of each mentee who has a mentor; answers how many have one."""
    count = 0
    for mentee in range(len(mentor_of)):
        if mentor_of[mentee] >= 0:
            row = mentors[starts[mentee]:starts[mentee + 1]]
            places[count] = starts[mentee] + np.searchsorted(row, mentor_of[mentee])
            count += 1
    return count


def outcome_of_one(problem: Problem, state: State, *, whole: bool, stats: dict[str, int]) -> Outcome:
    """A run that was cut seats whom it can: feasible, with the bound that its prices prove."""
    bound = 0 if whole else summed(state.utility + problem.worth) + paid(problem.capacity, state.price)
    if not whole:
        seat_greedily(problem.graph, state)
    entries = np.empty(problem.n_mentees, np.int32)
    entries = entries[:_seated(problem.starts, problem.mentor, state.mentor_of, entries)]
    prices = with_closed(problem, state.price, state.utility)
    return Outcome(problem, entries, state.mentor_of, prices, state.utility, bound, whole, stats)


def outcome_of_several(problem: Problem, state: Several, *, whole: bool, stats: dict[str, int]) -> Outcome:
    """Likewise, where a mentee may have several mentors."""
    entries = np.flatnonzero(state.held).astype(np.int32)
    mentor_of = np.full(problem.n_mentees, -1, np.int32)
    mentor_of[problem.mentee[entries[::-1]]] = problem.mentor[entries[::-1]]
    prices = with_closed(problem, state.price, state.utility)
    places = np.arange(len(problem.worths))[None, :] < problem.wants[:, None]
    charged = np.maximum((problem.worths[None, :] + state.utility[:, None]) * places, 0)
    gain = problem.score[entries] - prices[problem.mentor[entries]] - state.utility[problem.mentee[entries]]
    bound = 0 if whole else summed(charged) + paid(problem.capacity, prices) + summed(np.maximum(gain, 0))
    return Outcome(problem, entries, mentor_of, prices, state.utility, bound, whole, stats)


def summed(values: Longs) -> int:
    """Exact, however large: before the optimum sums may go beyond 64 bits."""
    return sum(values.ravel().tolist())


def paid(seats: Longs, price: Longs) -> int:
    """Likewise, for all seats at their prices."""
    return sum(map(int.__mul__, seats.tolist(), price.tolist()))


def with_closed(problem: Problem, price: Longs, utility: Longs) -> Longs:
    """A mentor without seats has the least price at which nobody would gain there."""
    prices, graph = price.copy(), problem.graph
    for mentor in np.flatnonzero(problem.capacity == 0).tolist():
        column = slice(graph.col_start[mentor], graph.col_end[mentor])
        gain = graph.col_score[column] - utility[graph.col_mentee[column]]
        prices[mentor] = max(0, int(gain.max(initial=0)))
    return prices


def unread(objective: str, n_mentees: int, n_mentors: int, edges: int, seat_worth: Worth) -> Solution:
    """When the time was up before there was anything to solve: nobody sits, and the gap is what no scores exceed."""
    none, highest = np.zeros(0, np.int32), HIGHEST_SCORE
    worth = edges * highest + 1 if seat_worth is None else max(int(one) for one in np.atleast_1d(seat_worth))
    gap = edges * (highest + max(0, worth) * edges)
    return Solution(objective, np.full(n_mentees, -1, np.int32), none, none, np.zeros(n_mentors, np.int64),
                    np.full(n_mentees, highest, np.int64), 0, 0, gap, None, {}, whole=False)
