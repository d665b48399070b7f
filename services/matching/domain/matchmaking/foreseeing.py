"""What a seating would bring, in figures: no reasons are told, and nobody is named."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from services.matching.domain.matchmaking.aim import Aim
from services.matching.domain.matchmaking.arrays import Longs
from services.matching.domain.matchmaking.comparison import Outlook
from services.matching.domain.matchmaking.grid import portions
from services.matching.domain.matchmaking.problem import Problem
from services.matching.domain.matchmaking.seating import Seating
from services.matching.domain.matchmaking.summary import fit, percentile

Places = tuple[int, int]
"""(mentee, mentor) in the arrays."""


@dataclass(frozen=True, eq=False)
class Foreseeing:
    """A problem in the order of its arrays."""

    problem: Problem
    seating: Seating

    def outlook(self, aim: Aim, found: Iterable[Places]) -> Outlook:
        """Of the pairs `found` for an objective, and of those that are locked."""
        weighed = list(found)
        pairs = [*self.seating.locked, *weighed]
        fits = [self._fit(one) for one in pairs]
        return Outlook(
            objective=aim, pairs=len(pairs), unmatched=len(self.problem.mentees) - len({mentee for mentee, _ in pairs}),
            total=sum(fits), lowest_5=percentile(fits, 5),
            first_choices=len({mentee for mentee, mentor in pairs if self._is_first_choice(mentee, mentor)}),
            regret=max((int(self._best[one[0]]) - self._score(one) for one in weighed), default=0))

    def _fit(self, pair: Places) -> int:
        book, (mentee, mentor) = self.problem.rulebook, pair
        return fit(book.reasons(self.problem.mentors[mentor], self.problem.mentees[mentee]), book.no_fit)

    def _score(self, pair: Places) -> int:
        mentee, mentor = pair
        return self.problem.rulebook.score(self.problem.mentors[mentor], self.problem.mentees[mentee])

    def _is_first_choice(self, mentee: int, mentor: int) -> bool:
        wishes = self.problem.rulebook.wishes
        return wishes is not None and wishes.rank(self.problem.mentors[mentor], self.problem.mentees[mentee]) == 1

    @cached_property
    def _best(self) -> Longs:
        """By mentee: the best score with a mentor who is allowed and has a seat that is not locked."""
        seats = np.array(self.seating.seats, dtype=np.int64) > 0
        best = np.full(len(self.seating.wanted), -1, dtype=np.int64)
        for rows in portions(np.arange(len(best)), len(seats)):
            best[rows] = np.where(seats[None, :], self.seating.grid.scores_of(rows), -1).max(axis=1, initial=-1)
        return best
