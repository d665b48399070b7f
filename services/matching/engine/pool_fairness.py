"""Fairness between people: nobody much worse off than need be, before the sum of scores; at the same number of pairs.

A threshold is found by halving; what it lets through is solved for seats alone, and where it seats too few that is
proven over all pairs as any optimum is: the prices are then a Hall witness (Kőnig, 1931).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from services.matching.engine.arrays import Longs
from services.matching.engine.goal import SEATS, floored, sum_of
from services.matching.engine.hunt import Hunt
from services.matching.engine.solution import Solution


@dataclass(frozen=True)
class Ladder:
    """Ever stricter levels. `floor(level)` (n,): the least score a mentee may get; `reached(scores, mentees)`: the
    level that pairs with these scores reach; `top`: no level is higher."""

    floor: Callable[[int], Longs]
    reached: Callable[[Longs, Longs], int]
    top: int


def by_worst_score(best: Longs) -> Ladder:
    """Levels are scores; the level of a matching is its lowest."""
    return Ladder(lambda level: np.full(len(best), level), lambda score, _: int(score.min()), int(best.max(initial=0)))


def by_most_regret(best: Longs) -> Ladder:
    """Levels are regrets below 0: own best score less the score received."""
    return Ladder(lambda level: best + level, lambda score, mentee: int((score - best[mentee]).min()), 0)


def fairest(hunt: Hunt, ladder: Ladder, most: Solution, seat_worth: int) -> Solution:
    """The highest level at which as many are seated as in `most`, the best sum of all; `threshold` is its figure.

    When the deadline comes, the best so far, with a `gap`.
    """
    plain = sum_of(hunt.found.best)
    if not most.matched or not most.optimal:
        return most
    seats, best, low, high = plain._replace(kind=SEATS), most, _level(hunt, ladder, most), ladder.top
    while low < high:
        middle = low + (high - low + 1) // 2
        test = hunt.best(floored(seats, ladder.floor(middle)), 1, _unpriced(best), most.matched)
        if test.matched == most.matched:
            best, low = test, _level(hunt, ladder, test)
        elif test.optimal:
            high = middle - 1
        else:
            return replace(most, gap=max(1, test.gap))
    start = replace(most, mentor_of=best.mentor_of)
    return replace(hunt.best(floored(plain, ladder.floor(low)), seat_worth, start), threshold=abs(low))


def _level(hunt: Hunt, ladder: Ladder, found: Solution) -> int:
    scores = hunt.scores(found.mentor_of)
    mentee = np.flatnonzero(found.mentor_of >= 0)
    return ladder.reached(scores[mentee], mentee)


def _unpriced(found: Solution) -> Solution:
    """Its seats to begin with; its prices mean nothing where only seats count."""
    return replace(found, prices=np.zeros_like(found.prices))
