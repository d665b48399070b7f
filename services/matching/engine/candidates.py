"""The graph to begin with: the k best mentors of every mentee, and every pair that has a bonus."""

from typing import NamedTuple

import numpy as np

from services.matching.engine.arrays import Ints, Longs
from services.matching.engine.crew import Crew
from services.matching.engine.edges import Edges, merged, no_edges, packed
from services.matching.engine.people import People
from services.matching.engine.scoring import best_rows
from services.matching.engine.table import NOT_ASKED, Table, mentor_of, preferred, score_of, shift_of
from services.matching.engine.unbounded import NOBODY


class Candidates(NamedTuple):
    """`bound` (n,): no pair outside `edges` scores more; NOBODY where all allowed pairs are in."""

    edges: Edges
    bound: Longs

    @property
    def best(self) -> Longs:
        """The highest score of each mentee, int64 (n,); 0 for those who have no edge."""
        best = np.zeros(len(self.bound), np.int64)
        some = np.diff(self.edges.start) > 0
        if some.any():
            best[some] = np.maximum.reduceat(self.edges.score, self.edges.start[:-1][some])
        return best


def candidates(people: People, k: int, crew: Crew) -> Candidates | None:
    """None when the deadline came first."""
    rows, k = people.rows, min(k, people.columns)
    if not rows or not k:
        return Candidates(no_edges(rows), np.full(rows, NOBODY, np.int64))
    mentor, score, count = np.empty((rows, k), np.int32), np.empty((rows, k), np.int32), np.zeros(rows, np.int32)
    bonus = np.full(len(people.bonus_mentor), -1, np.int32)
    if not crew.each("scoring", rows, people.columns, lambda first, last: best_rows(
            people, first, last, mentor, score, count, bonus)):
        return None
    best = packed(np.arange(rows, dtype=np.int32), count, mentor, score, rows)
    return Candidates(merged(best, _with_bonus(people, bonus)), _bounds(count, score))


def _bounds(count: Ints, score: Ints) -> Longs:
    lowest = score.min(axis=1).astype(np.int64)
    return np.where(count == score.shape[1], lowest, NOBODY)


def _with_bonus(people: People, bonus: Ints) -> Edges:
    """What is allowed, has a bonus, and is not among the best."""
    kept = bonus >= 0
    start = np.concatenate([[0], np.cumsum(kept)])[people.bonus_start]
    return Edges(start, people.bonus_mentor[kept], bonus[kept])


def table_candidates(table: Table, k: int, crew: Crew) -> Candidates:
    """Of people whose scores are told in portions. Of equal scores everybody begins with other mentors: else all would
    begin with the same."""
    rows, k = table.rows, min(k, table.columns)
    keys, shift = np.full((rows, k), NOT_ASKED, np.int64), np.empty(rows, np.int64)

    def look(first: int, last: int) -> None:
        for mentee in range(first, last):
            shift[mentee] = shift_of(mentee, table.columns)
        keys[first:last] = preferred(table.scores(np.arange(first, last)), k, shift[first:last])

    crew.each("scoring", rows, table.columns, look)
    score, mentors = score_of(keys), mentor_of(keys, shift, table)
    count = (keys < NOT_ASKED).sum(axis=1, dtype=np.int32)
    by_mentor = np.argsort(mentors, axis=1)
    mentor, told = np.take_along_axis(mentors, by_mentor, 1), np.take_along_axis(score, by_mentor, 1)
    edges = packed(np.arange(rows, dtype=np.int32), count, mentor, told, rows)
    lowest = score[:, -1].astype(np.int64) if k else np.zeros(rows, np.int64)
    return Candidates(edges, np.where((count == k) & (k > 0), lowest, NOBODY))
