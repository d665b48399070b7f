"""Who got which choice, and how groups of mentees fare: what a run keeps of it, without anybody who could be known."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.matching.domain.matchmaking.groups import Groups, groups_of
from services.matching.domain.matchmaking.problem import Problem, Proposals
from services.matching.domain.matchmaking.summary import WishShare, fits, percentile, wish_shares

MOST_GROUPS = 20
"""Of one column, the largest."""


@dataclass(frozen=True)
class Fairness:
    """`lowest_5`: the fifth percentile of how well the two of each pair fit."""

    lowest_5: int = 0
    choices: tuple[WishShare, ...] = ()
    groups: tuple[Groups, ...] = ()


def fairness_of(problem: Problem, proposals: Proposals, columns: Sequence[str]) -> Fairness:
    """By the columns in which mentees differ."""
    found = [groups_of(problem, proposals, column) for column in columns]
    return Fairness(percentile(fits(problem, proposals), 5), wish_shares(problem, proposals),
                    tuple(_few(one) for one in found if len(one.shown) + one.hidden > 1))


def _few(groups: Groups) -> Groups:
    shown = groups.shown[:MOST_GROUPS]
    return replace(groups, shown=shown, hidden=groups.hidden + len(groups.shown) - len(shown))
