"""What SciPy says is best: its assignment of rows to columns (Crouse 2016; Jonker and Volgenant 1987) over seats."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from services.matching.domain.matchmaking.seating import Seating

_EXACT = 2**53
"""Whole numbers below this are exact in the floating point of the library; it only adds and subtracts."""

Pair = tuple[int, int]


def solved_by_scipy(seating: Seating) -> list[Pair]:
    """A row for each mentor a mentee wants, a column for each seat.

    One mentee could get two seats of one mentor: where that happens the pair is split, and all is solved again. An
    answer without such a double is best of all, since it was best among more than what is allowed.
    """
    table = _Table.of(seating)
    split: list[Pair] = []
    while table.copies and table.seats:
        pairs = Counter(_solved(table, split))
        doubled = sorted(pair for pair, times in pairs.items() if times > 1)
        if not doubled:
            return sorted(pairs)
        split += doubled
    return []


@dataclass(frozen=True)
class _Table:
    """`copies` are (mentee, k) for the k-th mentor wanted; `seats` the mentor of each seat."""

    seating: Seating
    copies: list[Pair]
    seats: list[int]

    @classmethod
    def of(cls, seating: Seating) -> "_Table":
        mentees = len(seating.wanted)
        copies = [(one, nth) for one, wanted in enumerate(seating.wanted) for nth in range(wanted)]
        seats = [one for one, count in enumerate(seating.seats) for _ in range(min(count, mentees))]
        return cls(seating, copies, seats)

    @property
    def highest(self) -> int:
        return int(self.seating.grid.scores.max(initial=0))

    def worth(self, nth: int) -> int:
        """Of the n-th mentor of somebody. Each step is more than all scores can add up to: changing a solution for a
        better one along a path gives one mentee one mentor more and takes at most one from another."""
        step = min(len(self.copies), len(self.seats)) * self.highest + 1
        return (max(self.seating.wanted) - nth) * step

    def cells(self) -> Any:
        """Worth of each copy on each seat; a barred one is worth nothing, as staying alone is."""
        rows, columns = np.array([mentee for mentee, _ in self.copies]), np.array(self.seats)
        grid, bonus = self.seating.grid, np.array([self.worth(nth) for _, nth in self.copies], dtype=np.float64)
        cells = grid.scores[np.ix_(rows, columns)] + bonus[:, None]
        cells[grid.barred[np.ix_(rows, columns)] > 0] = 0
        return cells


def _solved(table: _Table, split: Sequence[Pair]) -> list[Pair]:
    rows, columns = linear_sum_assignment(_with_gates(table, split), maximize=True)
    chosen = [_meaning(table, split, int(row), int(column)) for row, column in zip(rows, columns, strict=True)]
    return [pair for pair in chosen if pair]


def _with_gates(table: _Table, split: Sequence[Pair]) -> Any:
    """The cells, and for each split pair a gate that lets one copy through: a column the copies enter by, and a row
    that takes the seat. `gate` is more than any seat is worth: a gate is used whole or closed on itself."""
    gate = table.worth(0) + table.highest + 1
    assert 2 * gate * (len(table.copies) + len(split)) < _EXACT
    cells = table.cells()
    copies, seats = cells.shape
    all_cells = np.zeros((copies + len(split), seats + len(split)))
    all_cells[:copies, :seats] = cells
    for place, (mentee, mentor) in enumerate(split):
        own = [row for row, copy in enumerate(table.copies) if copy[0] == mentee]
        at = [column for column, one in enumerate(table.seats) if one == mentor]
        all_cells[own, seats + place] = cells[own, at[0]] + gate
        all_cells[np.ix_(own, at)] = 0
        all_cells[copies + place, at] = gate
        all_cells[copies + place, seats + place] = 2 * gate
    return all_cells


def _meaning(table: _Table, split: Sequence[Pair], row: int, column: int) -> Pair | None:
    """The pair that a cell stands for; None for staying alone and for the rows of gates."""
    if row >= len(table.copies):
        return None
    mentee = table.copies[row][0]
    if column >= len(table.seats):
        pair = split[column - len(table.seats)]
        return pair if pair[0] == mentee else None
    mentor = table.seats[column]
    return (mentee, mentor) if not table.seating.grid.barred[mentee, mentor] and (mentee, mentor) not in split else None
