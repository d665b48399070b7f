"""A checked problem: who may sit with whom at which score, how many seats, what a seat is worth."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from services.matching.engine.arrays import Graph, Ints, Longs, Scores
from services.matching.engine.checks import (
    Given,
    of_length,
    require_inside,
    require_no_overflow,
    require_not_negative,
    require_scores,
    require_sizes,
    whole,
)
from services.matching.engine.refused import Refused
from services.matching.engine.rows import counted, first_unsorted, in_order, offsets, sorted_by, turned

Worth = int | Sequence[int] | None


@dataclass(frozen=True)
class Problem:
    """Edges sorted by (mentee, mentor), each once. `starts` (n + 1): where the edges of each mentee begin; `columns`
    (m + 1): where those of each mentor would, were they sorted by mentor.

    `capacity` (m): seats of each mentor, at most one more than who may sit there. `wants` (n): mentors each mentee may
    have; `worths`: what the first, second, … of them is worth beside the score, falling; all in units of score.
    `highest`: S, the highest score.
    """

    capacity: Longs
    starts: Longs
    columns: Longs
    mentee: Ints
    mentor: Ints
    score: Scores
    wants: Longs
    worths: Longs
    highest: int

    @property
    def n_mentees(self) -> int:
        return len(self.starts) - 1

    @property
    def n_mentors(self) -> int:
        return len(self.capacity)

    @cached_property
    def one_each(self) -> bool:
        """Everybody who may sit somewhere wants one mentor."""
        return len(self.worths) == 1 and not ((self.wants == 0) & (self.starts[1:] > self.starts[:-1])).any()

    @property
    def worth(self) -> int:
        """B: what the first mentor of a mentee is worth beside the score."""
        return int(self.worths[0])

    @cached_property
    def ceiling(self) -> int:
        """A price that nobody pays."""
        return max(0, self.worth + self.highest + 1)

    @cached_property
    def graph(self) -> Graph:
        """The same edges both ways, as the kernels want them."""
        mentee, score = turned(self.mentee, self.mentor, self.score, self.columns)
        return Graph(self.starts[:-1], self.starts[1:], self.mentor, self.score,
                     self.columns[:-1], self.columns[1:], mentee, score)


def problem_of(n_mentees: int, capacity: Given, mentee: Given, mentor: Given, score: Given, *,
               seat_worth: Worth = None, mentee_capacity: Given | None = None) -> Problem:
    """From edges in any order. `capacity` (m); `mentee`, `mentor`, `score` (an entry an edge); all whole numbers.

    `seat_worth` is B, or B for the first, second, … mentor of somebody; None is so much that a seat more is worth more
    than all scores together. Raises Refused with the figure or the first entry that is wrong.
    """
    require_sizes(n_mentees, mentee, mentor, score)
    seats, rows = whole("capacity", capacity).astype(np.int64), whole("mentee", mentee)
    columns, scores = whole("mentor", mentor), whole("score", score)
    require_not_negative("capacity", seats)
    sound = in_order(rows, columns, scores, n_mentees, len(seats))
    if not sound:
        require_inside("mentee", rows, n_mentees)
        require_inside("mentor", columns, len(seats))
        require_scores(scores)
    edges = rows.astype(np.int32, copy=False), columns.astype(np.int32, copy=False), scores.astype(np.int32, copy=False)
    edges = edges if sound else _sorted(*edges, n_mentees, len(seats))
    return _assembled(seats, edges, _wants(n_mentees, mentee_capacity), seat_worth)


def problem_of_rows(starts: Given, capacity: Given, mentor: Given, score: Given, *, seat_worth: Worth = None,
                    mentee_capacity: Given | None = None) -> Problem:
    """From sorted rows: mentee i may sit with `mentor[starts[i]:starts[i + 1]]`. Refuses unsorted rows."""
    ends = whole("starts", starts).astype(np.int64)
    columns = whole("mentor", mentor)
    if not len(ends) or ends[0] != 0 or ends[-1] != len(columns) or (np.diff(ends) < 0).any():
        raise Refused(f"starts must rise from 0 to {len(columns)}, the number of edges")
    rows = np.repeat(np.arange(len(ends) - 1, dtype=np.int32), np.diff(ends))
    at = first_unsorted(rows, columns)
    if at >= 0:
        raise Refused(f"row {rows[at]} has mentor {columns[at]} after {columns[at - 1]}; it must rise")
    return problem_of(len(ends) - 1, capacity, rows, columns, score, seat_worth=seat_worth,
                      mentee_capacity=mentee_capacity)


def _sorted(mentee: Ints, mentor: Ints, score: Ints, n_mentees: int, n_mentors: int) -> tuple[Ints, Ints, Ints]:
    mentor, mentee, score = sorted_by(mentor, offsets(mentor, n_mentors), mentee, score)
    mentee, mentor, score = sorted_by(mentee, offsets(mentee, n_mentees), mentor, score)
    at = first_unsorted(mentee, mentor)
    if at >= 0:
        raise Refused(f"mentee {mentee[at]} and mentor {mentor[at]} are an edge twice")
    return mentee, mentor, score


def _wants(n_mentees: int, given: Given | None) -> Longs:
    if given is None:
        return np.ones(n_mentees, np.int64)
    wants = of_length("mentee_capacity", given, n_mentees).astype(np.int64)
    require_not_negative("mentee_capacity", wants)
    return wants


def _assembled(seats: Longs, edges: tuple[Ints, Ints, Ints], wants: Longs, worth: Worth) -> Problem:
    starts, columns, capacity, wants, most, highest = counted(*edges, seats, wants)
    worths = _worths(worth, int(wants.max(initial=1)), most * highest + 1)
    require_no_overflow(worths, highest, most)
    return Problem(capacity, starts, columns, *edges, wants, np.array(worths, np.int64), highest)


def _worths(given: Worth, most_wanted: int, step: int) -> list[int]:
    """Falling evenly, so that everyone's first mentor comes before anyone's second."""
    steps = max(1, most_wanted)
    if given is None:
        return [step * (steps - nth) for nth in range(steps)]
    if np.ndim(given) == 0:
        unit = int(whole("seat_worth", [given])[0])
        return [unit * (steps - nth) for nth in range(steps)] if unit > 0 else [unit] * steps
    worths: list[int] = whole("seat_worth", given).tolist()
    if len(worths) < steps or sorted(worths, reverse=True) != worths:
        raise Refused(f"seat_worth is {worths}; it must have {steps} falling entries, one a mentor of a mentee")
    return worths[:steps]
