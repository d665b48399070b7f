"""The certificate, checked in one pass by code that shares nothing with the solver."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from services.matching.engine.arrays import Ints, Longs, Mask
from services.matching.engine.asked import Asked, asked
from services.matching.engine.problem import Problem
from services.matching.engine.solution import Solution

BEYOND = 2**62
"""No price or utility is as large: comparisons do not wrap, whatever somebody writes into a solution."""


@dataclass(frozen=True)
class Certificate:
    """`value` of the matching and the `bound` that none exceeds, in units of score and worth, or of the weights that
    the objective puts in place of scores; `broken` names what does not hold."""

    value: int
    bound: int
    broken: tuple[str, ...]

    @property
    def valid(self) -> bool:
        """The matching is allowed, and no other of the objective (within its threshold) is worth more."""
        return not self.broken and self.value == self.bound


def verify(problem: Problem, solution: Solution) -> Certificate:
    """Weak duality: no matching is worth more than what its seats and mentees are charged, whatever the prices.

    `problem` is what the caller asked; the objective and its threshold are those of the solution. That no better
    threshold seats as many is not looked at.
    """
    shapes = (solution.utilities.shape, solution.prices.shape, solution.mentor_of.shape)
    if shapes != ((problem.n_mentees,), (problem.n_mentors,), (problem.n_mentees,)):
        return Certificate(0, 0, ("arrays are not as long as there are people",))
    if max(_largest(solution.prices), _largest(solution.utilities)) >= BEYOND:
        return Certificate(0, 0, ("a price or utility is out of range",))
    at = _places(problem, asked(problem, solution.objective, solution.threshold), solution)
    return Certificate(0, 0, ("a pair is not an edge, or sits twice",)) if at is None else at.certificate


@dataclass(frozen=True, eq=False)
class _Seated:
    """`held` says of each edge asked for whether its pair sits together."""

    problem: Problem
    asked: Asked
    solution: Solution
    held: Mask

    @property
    def certificate(self) -> Certificate:
        return Certificate(self.value, self.bound, tuple(name for name, is_so in self.broken.items() if is_so))

    @property
    def broken(self) -> Mapping[str, bool]:
        value, own = self.value_there, self.solution.utilities[self.asked.mentee]
        return {
            "a mentor has too many": bool((self.taken > self.seats).any()),
            "a mentee has too many": bool((self.had > self.most).any()),
            "a price is negative": bool((self.solution.prices < 0).any()),
            "a priced seat is vacant": bool(((self.solution.prices > 0) & (self.taken < self.seats)).any()),
            "an outsider would gain": bool((value > own)[~self.held].any()),
            "a pair would rather part": bool((value < own)[self.held].any()),
            "the figures are not those of the pairs": self.figures != self.told,
            "mentor_of is not who sits there": bool((self.solution.mentor_of != self.mentor_of).any()),
        }

    @property
    def value(self) -> int:
        worths = np.append(np.cumsum(self.asked.worths), 0)  # the last is that of none: worths[0 - 1]
        return _sum(self.asked.weight[self.held]) + _sum(worths[np.minimum(self.had, len(worths) - 1) - 1])

    @property
    def bound(self) -> int:
        """Worths fall: the best k mentors of somebody at utility u end where B_k + u turns negative."""
        utility, prices, worths = self.solution.utilities, self.solution.prices, self.asked.worths
        ladder = np.maximum(worths + utility[:, None], 0) * (np.arange(len(worths)) < self.most[:, None])
        gain = self.value_there[self.held] - utility[self.asked.mentee[self.held]]
        return _sum(ladder) + sum(map(int.__mul__, self.seats.tolist(), prices.tolist())) + _sum(gain)

    @cached_property
    def value_there(self) -> Longs:
        """By edge: what the mentor leaves after the price."""
        value: Longs = self.asked.weight - self.solution.prices[self.asked.mentor]
        return value

    @cached_property
    def seats(self) -> Longs:
        """By mentor, and no more than who may sit there."""
        return np.minimum(self.problem.capacity, np.bincount(self.asked.mentor, minlength=self.problem.n_mentors))

    @cached_property
    def most(self) -> Longs:
        """By mentee: mentors to have."""
        some = np.bincount(self.asked.mentee, minlength=self.problem.n_mentees)
        return np.minimum(np.minimum(self.problem.wants, some), len(self.asked.worths))

    @cached_property
    def taken(self) -> Longs:
        return np.bincount(self.asked.mentor[self.held], minlength=self.problem.n_mentors)

    @cached_property
    def had(self) -> Longs:
        return np.bincount(self.asked.mentee[self.held], minlength=self.problem.n_mentees)

    @property
    def figures(self) -> tuple[int, int]:
        return int(self.held.sum()), int(self.problem.score[self.asked.kept][self.held].sum(dtype=np.int64))

    @property
    def told(self) -> tuple[int, int]:
        return self.solution.matched, self.solution.total_score

    @property
    def mentor_of(self) -> Ints:
        sits = np.full(self.problem.n_mentees, -1, np.int32)
        sits[self.asked.mentee[self.held][::-1]] = self.asked.mentor[self.held][::-1]
        return sits


def _places(problem: Problem, given: Asked, solution: Solution) -> _Seated | None:
    """None where the pairs are not different edges. Edges are sorted."""
    width = max(1, problem.n_mentors)
    edge = given.mentee.astype(np.int64) * width + given.mentor
    seats = solution.seats_mentee.astype(np.int64) * width + solution.seats_mentor
    at = np.searchsorted(edge, seats)
    if len(at) and (at.max() == len(edge) or (edge[at] != seats).any() or len(np.unique(at)) < len(at)):
        return None
    held = np.zeros(len(edge), np.bool_)
    held[at] = True
    return _Seated(problem, given, solution, held)


def _largest(values: Longs) -> int:
    return max(-int(values.min(initial=0)), int(values.max(initial=0)))


def _sum(values: Longs) -> int:
    """Exact, however large: halves of 32 bits are added up apart."""
    return (int((values >> 32).sum()) << 32) + int((values & 0xFFFFFFFF).sum())
