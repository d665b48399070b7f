"""Who got which choice, and how groups of mentees fare: what a run keeps of it, without anybody who could be known."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.matching.domain.matchmaking.groups import Groups, groups_of
from services.matching.domain.matchmaking.problem import Problem, Proposals
from services.matching.domain.matchmaking.summary import WishShare, fits, percentile, wish_shares
from services.matching.domain.suppression import Suppression

MOST_GROUPS = 20
"""Of one column, the largest."""


@dataclass(frozen=True)
class Fairness:
    """`lowest_5`: the fifth percentile of how well the two of each pair fit. Groups have `least` mentees or more."""

    lowest_5: int = 0
    choices: tuple[WishShare, ...] = ()
    groups: tuple[Groups, ...] = ()
    least: int = Suppression.least

    def under(self, suppression: Suppression) -> "Fairness":
        """As it may be shown now: without groups, if they were found when smaller ones might be."""
        return self if self.least >= suppression.least else replace(self, groups=())


def fairness_of(problem: Problem, proposals: Proposals, columns: Sequence[str], suppression: Suppression) -> Fairness:
    """By the columns in which mentees differ."""
    found = [groups_of(problem, proposals, column, suppression) for column in columns]
    return Fairness(percentile(fits(problem, proposals), 5), wish_shares(problem, proposals),
                    tuple(_few(one) for one in found if len(one.shown) + one.hidden > 1), suppression.least)


def _few(groups: Groups) -> Groups:
    shown = groups.shown[:MOST_GROUPS]
    return replace(groups, shown=shown, hidden=groups.hidden + len(groups.shown) - len(shown))
