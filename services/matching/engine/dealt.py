"""A problem in the order of the lot, and its solution in the order that was asked."""

from dataclasses import dataclass, replace

import numpy as np

from services.matching.engine.arrays import Ints, Longs
from services.matching.engine.lot import MENTEES, MENTORS, drawn
from services.matching.engine.problem import Problem, problem_of
from services.matching.engine.solution import Solution


@dataclass(frozen=True)
class Dealt:
    """`rows` (n) and `columns` (m): who stands at each place of `problem`, by the numbers that were asked."""

    problem: Problem
    rows: Longs
    columns: Longs

    @classmethod
    def of(cls, problem: Problem, seed: int) -> "Dealt":
        """People are told apart by their numbers: with the same seed they draw the same lot."""
        rows = drawn(np.arange(problem.n_mentees, dtype=np.uint64), seed, MENTEES)
        columns = drawn(np.arange(problem.n_mentors, dtype=np.uint64), seed, MENTORS)
        asked = problem_of(problem.n_mentees, problem.capacity[columns], np.argsort(rows)[problem.mentee],
                           np.argsort(columns)[problem.mentor], problem.score, seat_worth=problem.worths.tolist(),
                           mentee_capacity=problem.wants[rows])
        return cls(asked, rows, columns)

    def prices(self, given: Longs | None) -> Longs | None:
        return None if given is None else given[self.columns]

    def mentors(self, given: Ints | None) -> Ints | None:
        """Mentors by mentee, -1 for none, in the order of the lot."""
        return None if given is None else np.append(np.argsort(self.columns), -1)[given[self.rows]].astype(np.int32)

    def back(self, solution: Solution) -> Solution:
        """By the numbers that were asked."""
        mentee = self.rows[solution.seats_mentee].astype(np.int32)
        mentor = self.columns[solution.seats_mentor].astype(np.int32)
        order = np.lexsort((mentor, mentee))
        mentee, mentor = mentee[order], mentor[order]
        prices, utilities = np.empty_like(solution.prices), np.empty_like(solution.utilities)
        prices[self.columns], utilities[self.rows] = solution.prices, solution.utilities
        mentor_of = np.full(len(self.rows), -1, np.int32)
        mentor_of[mentee[::-1]] = mentor[::-1]
        return replace(solution, mentor_of=mentor_of, seats_mentee=mentee, seats_mentor=mentor, prices=prices,
                       utilities=utilities)
