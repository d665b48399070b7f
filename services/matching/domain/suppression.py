"""Figures of few people are figures of somebody: which are shown, and in what steps."""

from collections.abc import Mapping
from dataclasses import dataclass

LOWEST = 3
"""Of two people each knows the other."""


@dataclass(frozen=True)
class Suppression:
    """`least`: of how many people there are figures."""

    least: int = 5

    @property
    def answers(self) -> int:
        """From so many on there are figures of answers: with fewer, who names something or who does not is a small
        group."""
        return 2 * self.least

    @property
    def refusals(self) -> int:
        """From so many on in a programme their reasons are counted for anybody."""
        return 4 * self.least

    def in_steps(self, count: int) -> int:
        """Down to a multiple of `least`, so that one person more changes no figure."""
        return count // self.least * self.least

    def large_enough(self, counts: Mapping[str, int]) -> dict[str, int]:
        """Those that count so many, the largest first, as long as what is left of the whole counts as many, or nobody:
        else the smallest is left out too."""
        shown = sorted((item for item in counts.items() if item[1] >= self.least), key=lambda item: (-item[1], item[0]))
        while shown and 0 < sum(counts.values()) - sum(count for _, count in shown) < self.least:
            shown.pop()
        return dict(shown)
