"""What a run tries to reach before all else: the objectives that the matching engine knows, by their codes."""

from enum import StrEnum


class Aim(StrEnum):
    """Each in its order: what comes first is never given up for what comes second, and the points come last.

    PARTICIPATION: as many mentees with a mentor as possible. SCORE: points alone. MAXIMIN: as many as possible, and the
    weakest pair as strong as can be. MINIMAX_REGRET: as many as possible, and the greatest regret (the points that a
    mentee lacks to the best mentor allowed) as small as can be. LEAST_SQUARES_REGRET: as many as possible, and the sum
    of the squares of all regrets as small as can be."""

    PARTICIPATION = "participation"
    SCORE = "score"
    MAXIMIN = "maximin"
    MINIMAX_REGRET = "minimax-regret"
    LEAST_SQUARES_REGRET = "least-squares-regret"

    @property
    def seats_most(self) -> bool:
        """Nobody stays alone for whom there would be a seat."""
        return self is not Aim.SCORE

    @property
    def is_fair(self) -> bool:
        """It looks at how single mentees fare, each of whom has one mentor."""
        return self not in (Aim.PARTICIPATION, Aim.SCORE)

    @property
    def prices_points(self) -> bool:
        """The price of a seat is in points, not in their squares."""
        return self is not Aim.LEAST_SQUARES_REGRET
