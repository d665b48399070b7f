"""What came of solving: who sits with whom, and the prices that prove it."""

from dataclasses import dataclass, field

from services.matching.engine.arrays import Ints, Longs


@dataclass(frozen=True)
class Solution:
    """`mentor_of` (n): mentor of each mentee, -1 for none (the first of several). `seats_mentee`, `seats_mentor`: all
    pairs, sorted. `prices` (m) and `utilities` (n) in units of score. `gap`: how much a better matching may be worth at
    most, in units of score and worth; `whole`: no limit cut the run. `threshold`: the score that all reach at least, or
    the regret that nobody exceeds. `stats`: figures of the run by name.
    """

    objective: str
    mentor_of: Ints
    seats_mentee: Ints
    seats_mentor: Ints
    prices: Longs
    utilities: Longs
    matched: int
    total_score: int
    gap: int = 0
    threshold: int | None = None
    stats: dict[str, int] = field(default_factory=dict)
    whole: bool = True

    @property
    def optimal(self) -> bool:
        """Proven: no other matching of these edges is better by the objective."""
        return self.whole and self.gap == 0

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """(mentee, mentor), sorted."""
        return list(zip(self.seats_mentee.tolist(), self.seats_mentor.tolist(), strict=True))
