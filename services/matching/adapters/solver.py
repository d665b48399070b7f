"""An exact solver: SciPy's shortest augmenting paths (Crouse 2016, after Jonker and Volgenant 1987) over seats."""

from typing import Any

import numpy as np

from services.matching.domain.matchmaking.matchmaker import Progress
from services.matching.domain.matchmaking.scoring import Mask, Matrix
from shared.kernel.errors import Invalid

_EXACT = 2**53
"""Up to here whole numbers are exact in the library's floating point."""


class ScipySolver:
    """Most pairs first, then the greatest sum. Imports SciPy when first used: web processes never do."""

    def solve(self, scores: Matrix, allowed: Mask, capacities: list[int], progress: Progress) -> list[int]:
        """Raises Invalid when the numbers are too large to be exact."""
        mentees = scores.shape[0]
        seats = np.repeat(np.arange(len(capacities)), np.minimum(capacities, mentees))
        if not mentees or not len(seats):
            return [-1] * mentees
        columns = self._chosen(_worth(scores, allowed)[:, seats])
        progress("solving", 0.8)
        chosen = [-1] * mentees
        for mentee, seat in columns:
            mentor = int(seats[seat])
            chosen[mentee] = mentor if allowed[mentee, mentor] else -1
        return chosen

    @staticmethod
    def _chosen(worth: Any) -> list[tuple[int, int]]:
        from scipy.optimize import linear_sum_assignment

        rows, columns = linear_sum_assignment(worth, maximize=True)
        return [(int(row), int(column)) for row, column in zip(rows, columns, strict=True)]


def _worth(scores: Matrix, allowed: Mask) -> Any:
    """One more pair is worth more than all scores together; a barred pair is worth nothing, as staying alone is."""
    best = int(scores.max(initial=0))
    one_more = min(scores.shape) * best + 1
    if (one_more + best) * min(scores.shape) >= _EXACT:
        raise Invalid("the weights are too large for this many people: lower them")
    return np.where(allowed, scores + one_more, 0).astype(np.float64)
