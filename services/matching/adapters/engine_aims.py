"""Each objective where there is no table of scores: what it makes of a score, and what proves it over all pairs."""

from dataclasses import dataclass

import numpy as np

from services.matching.adapters.engine_lean import Lean, Looker
from services.matching.application.matchmaking import TooManyPeople
from services.matching.domain.matchmaking.aim import Aim
from services.matching.domain.matchmaking.arrays import Counts, Rows
from services.matching.engine.goal import Goal, floored, least_squares, value_of
from services.matching.engine.pool_fairness import Ladder, by_most_regret, by_worst_score, fairest
from services.matching.engine.refused import Refused
from services.matching.engine.solution import Solution


@dataclass(frozen=True, eq=False)
class Aimed:
    """An optimum, and the goal and the worth of a seat that it is one of."""

    solution: Solution
    goal: Goal
    seat_worth: int

    def looker(self, one: Looker) -> Looker:
        """It looks at what the goal makes of scores."""
        return Weighing(one, self.goal)


@dataclass(frozen=True, eq=False)
class Weighing:
    """Hands on worths in place of scores."""

    to: Looker
    goal: Goal

    def look(self, rows: Rows, scores: Counts) -> None:
        """Below 0 where a pair is barred, or under the floor of its mentee."""
        goal, wide = self.goal, scores.astype(np.int64)
        regret = np.maximum(goal.best[rows][:, None] - wide, 0)
        worth = value_of(goal.kind, goal.widest, regret, wide)
        within = (wide >= 0) & (wide >= goal.floor[rows][:, None])
        self.to.look(rows, np.where(within, worth, -1).astype(np.int32))


def aimed(lean: Lean, aim: Aim) -> Aimed:
    """Raises TooManyPeople where too many pairs had to be added, or a square is too large."""
    try:
        return _aimed(lean, aim)
    except Refused as error:
        raise TooManyPeople(f"no exact answer: {error}") from error


def _aimed(lean: Lean, aim: Aim) -> Aimed:
    best, hunt = lean.goal.best, lean.hunt
    if aim is Aim.SCORE:
        return Aimed(hunt.best(lean.goal, 0), lean.goal, 0)
    if aim is Aim.LEAST_SQUARES_REGRET:
        goal = least_squares(best)
        worth = hunt.most * goal.widest * goal.widest + 1
        return Aimed(hunt.best(goal, worth), goal, worth)
    most = lean.most_then_sum()
    if aim is Aim.PARTICIPATION or not most.matched:
        return Aimed(most, lean.goal, lean.seat_worth)
    return _fairest(lean, by_worst_score(best), most, 1) if aim is Aim.MAXIMIN else _fairest(
        lean, by_most_regret(best), most, -1)


def _fairest(lean: Lean, ladder: Ladder, most: Solution, sign: int) -> Aimed:
    """`sign` of the levels: regrets are levels below 0."""
    found = fairest(lean.hunt, ladder, most, lean.seat_worth)
    goal = floored(lean.goal, ladder.floor(sign * (found.threshold or 0)))
    return Aimed(found, goal, lean.seat_worth)
