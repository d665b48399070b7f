"""What a score is worth under an objective, pair by pair: itself, nothing but the seat, or the regret it avoids."""

from typing import NamedTuple

import numpy as np

from services.matching.engine.arrays import Ints, Longs
from services.matching.engine.compiling import kernel
from services.matching.engine.edges import Edges
from services.matching.engine.refused import Refused
from services.matching.engine.unbounded import NOBODY

SUM, SEATS, SQUARES = 0, 1, 2
WIDEST = 46_340
"""Of regrets that are squared: a square fits 32 bits."""


class Goal(NamedTuple):
    """Pairs under `floor` (n,) of their mentee are out. What the others are worth: SUM, their score; SEATS, 0 (only the
    seat counts); SQUARES, `widest`² − (`best` − score)², with `best` (n,) the highest score of each mentee."""

    kind: int
    floor: Longs
    best: Longs
    widest: int

    def bound(self, score: Longs) -> Longs:
        """The worth that goes with a score (n,); NOBODY for pairs that are out, or where there is none."""
        worth = value_of(self.kind, self.widest, self.best - score, score)
        return np.where((score >= self.floor) & (score >= 0), worth, NOBODY)

    def worths(self, edges: Edges) -> Edges:
        """The edges that are in, with their worth in place of the score."""
        mentee = edges.mentee()
        kept = edges.score >= self.floor[mentee]
        start = np.concatenate([[0], np.cumsum(kept)])[edges.start]
        score = edges.score[kept].astype(np.int64)
        worth = value_of(self.kind, self.widest, self.best[mentee[kept]] - score, score)
        return Edges(start, edges.mentor[kept], worth.astype(np.int32))


def value_of(kind: int, widest: int, regret: Longs, score: Longs) -> Longs:
    """The worth of scores that are in."""
    if kind == SUM:
        return score
    return np.zeros_like(score) if kind == SEATS else widest * widest - regret * regret


@kernel
def value_row(goal: Goal, mentee: int, row: Ints, worth: Ints) -> None:
    """Writes the worth of every score of a row to `worth`, −1 for what is out."""
    floor, best = max(goal.floor[mentee], 0), np.int32(goal.best[mentee])
    if goal.kind == SQUARES:
        most = np.int32(goal.widest * goal.widest)
        for column in range(len(row)):
            regret = best - row[column]
            worth[column] = most - regret * regret if row[column] >= floor else -1
    else:
        keep = np.int32(goal.kind == SUM)
        for column in range(len(row)):
            worth[column] = row[column] * keep if row[column] >= floor else -1


def sum_of(best: Longs) -> Goal:
    """The plain goal: the highest sum of scores."""
    return Goal(SUM, np.zeros_like(best), best, 0)


def least_squares(best: Longs) -> Goal:
    """The lowest sum of squared regrets. Raises Refused where a square is too large."""
    widest = int(best.max(initial=0))
    if widest > WIDEST:
        raise Refused(f"a mentee may regret {widest} points; least squares take {WIDEST} at most: use a coarser unit")
    return Goal(SQUARES, np.zeros_like(best), best, widest)


def floored(goal: Goal, floor: Longs) -> Goal:
    """The same, for pairs that reach the floor of their mentee."""
    return goal._replace(floor=floor)
