"""Scores and bars of all pairs: the same as `rules` says of each pair, to the unit."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from services.matching.domain.matchmaking.arrays import Counts, Longs, Mask, Rows
from services.matching.domain.matchmaking.bars import bars
from services.matching.domain.matchmaking.points import Scoring, points
from services.matching.domain.matchmaking.problem import Problem, Progress

AT_ONCE = 1_000_000
"""Pairs that are judged at once: what is in between stays where the processor reaches it quickly."""

Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Grid:
    """`scores` in milli-points; `barred` 0 where a pair is allowed, else 1 + the place of the first rule against it.

    `removed_by_mentee[r, i]` is how many mentors rule r removes for mentee i, alone or with others; likewise by mentor.
    """

    rules: tuple[str, ...]
    scores: Counts
    barred: Bytes
    removed_by_mentee: Longs
    removed_by_mentor: Longs

    @property
    def allowed(self) -> Mask:
        mask: Mask = self.barred == 0
        return mask

    def allowed_of(self, rows: Rows) -> Mask:
        """Whom these mentees may have."""
        mask: Mask = self.barred[rows] == 0
        return mask

    def scores_of(self, rows: Rows) -> Counts:
        """Of these mentees with all mentors, below 0 where a pair is barred."""
        return np.where(self.allowed_of(rows), self.scores[rows], np.int32(-1))

    def mentees_allowed(self, mentor: int) -> int:
        """How many may have this mentor."""
        return int((self.barred[:, mentor] == 0).sum())

    def against(self, mentee: int, mentor: int) -> str | None:
        """The first rule that bars the pair."""
        barred = int(self.barred[mentee, mentor])
        return self.rules[barred - 1] if barred else None


@dataclass(frozen=True, eq=False)
class LeanGrid:
    """Without tables: `scoring` tells the scores of some mentees at a time, also of barred pairs; `barring` names the
    rule against a pair. `bits` holds one for each pair, eight to a byte by mentee, 1 where it is allowed."""

    rules: tuple[str, ...]
    mentors: int
    scoring: Scoring
    barring: Callable[[int, int], str | None]
    bits: Bytes
    removed_by_mentee: Longs
    removed_by_mentor: Longs

    def allowed_of(self, rows: Rows) -> Mask:
        return np.unpackbits(self.bits[rows], axis=1, count=self.mentors).view(np.bool_)

    def scores_of(self, rows: Rows) -> Counts:
        """Of these mentees with all mentors, below 0 where a pair is barred."""
        return np.where(self.allowed_of(rows), self.scoring(rows), np.int32(-1))

    def mentees_allowed(self, mentor: int) -> int:
        return int((self.bits[:, mentor // 8] >> (7 - mentor % 8) & 1).sum())

    def against(self, mentee: int, mentor: int) -> str | None:
        return self.barring(mentee, mentor)


def portions(rows: Rows, mentors: int) -> Iterator[Rows]:
    """A part of the mentees after the other, each with no more pairs than are judged at once."""
    size = max(1, AT_ONCE // max(1, mentors))
    for first in range(0, len(rows), size):
        yield rows[first:first + size]


def grid_of(problem: Problem, progress: Progress) -> Grid:
    """Judges everybody with everybody."""
    shape = len(problem.mentees), len(problem.mentors)
    scores, barred = np.zeros(shape, dtype=np.int32), np.zeros(shape, dtype=np.uint8)
    removed, scoring = _Removed.by(problem), scoring_of(problem)
    for rows in portions(np.arange(shape[0]), shape[1]):
        progress("scoring", rows[0] / shape[0])
        barred[rows[0]:rows[-1] + 1] = removed.first_rule(rows)
        scores[rows[0]:rows[-1] + 1] = scoring(rows)
    return Grid(removed.rules, scores, barred, removed.by_mentee, removed.by_mentor)


def lean_grid_of(problem: Problem, progress: Progress) -> LeanGrid:
    """Looks at every pair once, and keeps a bit of it."""
    mentees, mentors = len(problem.mentees), len(problem.mentors)
    bits, removed = np.zeros((mentees, -(-mentors // 8)), dtype=np.uint8), _Removed.by(problem)
    for rows in portions(np.arange(mentees), mentors):
        progress("scoring", rows[0] / mentees)
        bits[rows[0]:rows[-1] + 1] = np.packbits(removed.first_rule(rows) == 0, axis=1)

    def barring(mentee: int, mentor: int) -> str | None:
        found = problem.rulebook.barred_by(problem.mentors[mentor], problem.mentees[mentee], problem.roster)
        return found[0] if found else None

    return LeanGrid(removed.rules, mentors, scoring_of(problem), barring, bits, removed.by_mentee, removed.by_mentor)


def scoring_of(problem: Problem) -> Scoring:
    """The sum of all terms and wishes."""
    parts = [points(part, problem) for part in (*problem.rulebook.terms, *problem.rulebook.every_wish)]

    def total(rows: Rows) -> Counts:
        cells = np.zeros((len(rows), len(problem.mentors)), dtype=np.int32)
        for part in parts:
            cells += part(rows)
        return cells

    return total


@dataclass(frozen=True, eq=False)
class _Removed:
    """Counts what each rule removes, while it looks for the first against each pair."""

    rules: tuple[str, ...]
    barring: tuple[Callable[[Rows], Mask], ...]
    by_mentee: Longs
    by_mentor: Longs

    @classmethod
    def by(cls, problem: Problem) -> "_Removed":
        rules = problem.rulebook.every_hard_rule
        return cls(tuple(rule.name for rule in rules), tuple(bars(rule, problem) for rule in rules),
                   np.zeros((len(rules), len(problem.mentees)), dtype=np.int64),
                   np.zeros((len(rules), len(problem.mentors)), dtype=np.int64))

    def first_rule(self, rows: Rows) -> Bytes:
        """1 + its place, 0 where a pair is allowed."""
        barred = np.zeros((len(rows), self.by_mentor.shape[1]), dtype=np.uint8)
        for place, barring in enumerate(self.barring):
            mask = barring(rows)
            self.by_mentee[place, rows] = mask.sum(axis=1)
            self.by_mentor[place] += mask.sum(axis=0)
            barred[mask & (barred == 0)] = place + 1
        return barred
