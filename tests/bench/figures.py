"""A row of the table: two contenders that take turns, the medians of their figures, and the line that is printed."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from statistics import median

from tests.bench.workbench import Workbench

Figures = Mapping[str, float]
Contender = Callable[[int], Figures]
"""Does so much work, checks that nothing of it is missing, and answers what it measured, by name."""


@dataclass(frozen=True)
class Sides:
    """Both contenders, opened; `equal` raises AssertionError unless both left the same behind."""

    ours: Contender
    theirs: Contender
    equal: Callable[[], None]


@dataclass(frozen=True)
class Demand:
    """What the ratio of one figure, ours to theirs, must be at least (`>=`) or at most (`<=`)."""

    name: str
    figure: str
    unit: str
    bound: str
    floor: float

    def holds(self, ratio: float) -> bool:
        return ratio >= self.floor if self.bound == ">=" else ratio <= self.floor


@dataclass(frozen=True)
class Contest:
    """`size` is the work of one round; `opened` prepares both sides and clears up behind them."""

    name: str
    opened: Callable[[Workbench], AbstractContextManager[Sides]]
    size: int
    demands: Sequence[Demand]


@dataclass(frozen=True)
class Line:
    """One line of the result; `ratio` is ours / theirs."""

    name: str
    ours: float
    theirs: float
    ratio: float
    bound: str
    floor: float
    unit: str
    ok: bool


def run(contest: Contest, bench: Workbench, rounds: int, scale: float) -> list[Line]:
    """Warms both sides up, then lets them take turns. Raises AssertionError when one of them lost something."""
    size = max(int(contest.size * scale), 1)
    with contest.opened(bench) as sides:
        for side in (sides.ours, sides.theirs):
            side(max(size // 5, 1))
        taken = [(sides.ours(size), sides.theirs(size)) for _ in range(rounds)]
        sides.equal()
    return [line(demand, taken) for demand in contest.demands]


def line(demand: Demand, taken: Sequence[tuple[Figures, Figures]]) -> Line:
    """The medians of all rounds, judged."""
    ours = median(figures[demand.figure] for figures, _ in taken)
    theirs = median(figures[demand.figure] for _, figures in taken)
    ratio = ours / theirs
    return Line(demand.name, _short(ours), _short(theirs), round(ratio, 3), demand.bound, demand.floor, demand.unit,
                demand.holds(ratio))


def _short(figure: float) -> float:
    return round(figure, 3 if figure < 100 else 0)
