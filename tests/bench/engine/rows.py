"""The rows of the table: what is measured, and the floor below which a run fails."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.bench.engine import alone, changes, graphs, memory, pools, reports, stability

Measure = Callable[[int], tuple[float, float]]
"""(ours, theirs) on the instance of a seed."""


@dataclass(frozen=True)
class Row:
    """`ratio` is ours / theirs; the worst of all seeds counts. `size`: people, so that a quick look can leave out."""

    name: str
    size: int
    unit: str
    bound: str
    floor: float
    aim: float
    measure: Measure
    seeds: tuple[int, ...] = (1, 2, 3)

    def holds(self, ratio: float) -> bool:
        return ratio >= self.floor if self.bound == ">=" else ratio <= self.floor


Seeds = tuple[int, ...]


def _faster(name: str, size: int, floor: float, aim: float, measure: Measure, seeds: Seeds = (1, 2, 3)) -> Row:
    return Row(name, size, "runs/s", ">=", floor, aim, measure, seeds)


def _at_most(name: str, size: int, unit: str, floor: float, aim: float, measure: Measure, seeds: Seeds) -> Row:
    return Row(name, size, unit, "<=", floor, aim, measure, seeds)


SIZES = (500, 1_000, 2_000, 5_000, 10_000, 50_000, 100_000)


def _all() -> list[Row]:
    floors = {1_000: (3, 8), 2_000: (7, 15), 5_000: (15, 30), 10_000: (20, 40)}
    return [
        *(_faster(f"certified-{size}", size, *floors[size], pools.certified(size)) for size in floors),
        *(_faster(f"graph-k50-{size}", size, 8, 15, graphs.against_best(size, 50)) for size in SIZES),
        *(_faster(f"short-k{k}-{size}", size, 1, 5, graphs.against_best(size, k, seats=0.85))
          for k in (20, 50) for size in SIZES),
        _at_most("certified-in-passes-10000", 10_000, "s", 5, 2, pools.in_passes(10_000), (1, 2, 3)),
        _at_most("certified-in-passes-50000", 50_000, "s", 10, 3, pools.in_passes(50_000), (1,)),
        _at_most("growth-5000-50000", 50_000, "s", 200, 110, pools.growth(5_000, 50_000), (1,)),
        _at_most("memory-10000", 10_000, "MB", 250, 200, memory.peak(10_000), (1,)),
        _at_most("memory-50000", 50_000, "MB", 450, 300, memory.peak(50_000), (1,)),
        _faster("join-or-leave-10000", 10_000, 400, 4_000, changes.against_solving(10_000, 50)),
        _faster("three-mentors-500", 500, 2, 8, graphs.several(500, 500, 50)),
        _faster("three-mentors-5000", 5_000, 2, 8, graphs.several(5_000, 2_600, 50)),
        _faster("stable-5000-k20", 5_000, 100, 400, stability.against_matching(5_000, 20), (1,)),
        _at_most("report-in-solves-4000", 4_000, "s", 10, 3, reports.in_solves(4_000, 2_000), (1,)),
        _at_most("report-memory-4000", 4_000, "MB", 1_000, 700, reports.memory(4_000, 2_000), (1,)),
        _at_most("report-in-solves-10000", 10_000, "s", 10, 3, reports.in_solves(10_000, 5_000), (1,)),
        _at_most("report-memory-10000", 10_000, "MB", 1_000, 700, reports.memory(10_000, 5_000), (1,)),
        _faster("rounds-500", 500, 100, 300, alone.against_munkres(500), (1,)),
    ]


ROWS: Mapping[str, Row] = {row.name: row for row in _all()}
