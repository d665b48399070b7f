"""Points of every allowed pair: whole numbers, so that a score equals the sum of the terms shown, to the unit."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from services.matching.domain.matchmaking.rulebook import Bar, HardRule, Kind, Row, Rulebook, Term

Matrix = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

YES = frozenset({"yes", "y", "true", "1", "x", "ja", "j"})
_UNKNOWN = -1_000_000


@dataclass(frozen=True)
class Reason:
    """Why a pair was made: a term and what it added. `detail` lists what the two share, in the mentee's words."""

    criterion: str
    points: int
    detail: tuple[str, ...] = ()


def words(cell: str) -> list[str]:
    """The entries of a list in a cell, separated by semicolons, commas or bars; case and spaces do not count."""
    return [word for part in re.split(r"[;,|]", cell) if (word := part.strip().casefold())]


@dataclass(frozen=True)
class Problem:
    """Mentees in rows, mentors in columns."""

    mentors: Sequence[Row]
    mentees: Sequence[Row]
    rulebook: Rulebook

    @cached_property
    def capacities(self) -> list[int]:
        """Free seats of each mentor; an empty cell is one seat."""
        return [int(row.get(self.rulebook.capacity) or 1) for row in self.mentors]

    @cached_property
    def terms(self) -> list[Matrix]:
        """Points of each term, mentees × mentors."""
        return [self._points(term) for term in self.rulebook.terms]

    @cached_property
    def wishes(self) -> Matrix:
        """Points for ranked wishes: all for the first, less for each further one of three."""
        places = {row.get(self.rulebook.id, "").casefold(): column for column, row in enumerate(self.mentors)}
        points = np.zeros((len(self.mentees), len(self.mentors)), dtype=np.int64)
        for index, row in enumerate(self.mentees):
            for rank, wish in enumerate(words(row.get(self.rulebook.wishes, ""))[:3]):
                if wish in places:
                    points[index, places[wish]] = self.rulebook.wish_points * (3 - rank) // 3
        return points

    @cached_property
    def scores(self) -> Matrix:
        """The sum of all terms and wishes."""
        total = self.wishes.copy()
        for points in self.terms:
            total += points
        return total

    @cached_property
    def bars(self) -> list[tuple[str, Mask]]:
        """For every hard rule, and for exclusions and oneself, which pairs it removes."""
        named = [(rule.name, self._barred(rule)) for rule in self.rulebook.rules]
        ids = np.array([row.get(self.rulebook.id, "") for row in self.mentors], dtype=object)
        same = np.array([ids == row.get(self.rulebook.id, "") for row in self.mentees], dtype=bool)
        return [*named, ("oneself", same.reshape(self.shape)), ("excluded", self._excluded())]

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.mentees), len(self.mentors)

    @cached_property
    def allowed(self) -> Mask:
        """Which pairs no hard rule removes."""
        mask = np.ones(self.shape, dtype=bool)
        for _, barred in self.bars:
            mask &= ~barred
        return mask

    def reasons(self, mentee: int, mentor: int) -> list[Reason]:
        """What made the score of this pair, strongest first; the points add up to the score."""
        found = [Reason(term.name, int(points[mentee, mentor]), self._shared(term, mentee, mentor))
                 for term, points in zip(self.rulebook.terms, self.terms, strict=True)]
        found.append(Reason("wish", int(self.wishes[mentee, mentor])))
        return sorted((one for one in found if one.points), key=lambda one: (-one.points, one.criterion))

    def broken_wishes(self, mentee: int, mentor: int | None) -> list[str]:
        """Ids of mentors wished for before the one given, in order."""
        wished = words(self.mentees[mentee].get(self.rulebook.wishes, ""))
        given = self.mentors[mentor].get(self.rulebook.id, "").casefold() if mentor is not None else None
        return wished[:wished.index(given)] if given in wished else wished

    def _shared(self, term: Term, mentee: int, mentor: int) -> tuple[str, ...]:
        if term.kind is not Kind.OVERLAP:
            return ()
        offered = set(words(self.mentors[mentor].get(term.mentor, "")))
        wanted = dict.fromkeys(words(self.mentees[mentee].get(term.mentee, "")))
        return tuple(word for word in wanted if word in offered)

    def _points(self, term: Term) -> Matrix:
        mentees, mentors = self._column(self.mentees, term.mentee), self._column(self.mentors, term.mentor)
        points = _TERMS[term.kind](term, mentees, mentors)
        if term.when:
            asked = np.array([row.get(term.when, "").strip().casefold() in YES for row in self.mentees], dtype=np.int64)
            points = points * asked[:, None]
        return points

    def _barred(self, rule: HardRule) -> Mask:
        mentees, mentors = self._column(self.mentees, rule.mentee), self._column(self.mentors, rule.mentor)
        if rule.kind is not Bar.SHARE:
            return _equal(mentees, mentors)
        if not any(mentees) or not any(mentors):
            return np.zeros(self.shape, dtype=bool)
        common, _ = _common(mentees, mentors)
        barred: Mask = common == 0
        return barred

    def _excluded(self) -> Mask:
        excluded, ids = self._column(self.mentees, self.rulebook.exclude), self._column(self.mentors, self.rulebook.id)
        common, _ = _common(excluded, ids)
        return common > 0

    @staticmethod
    def _column(rows: Sequence[Row], name: str) -> list[str]:
        return [row.get(name, "").strip().casefold() for row in rows]


def _codes(mentees: list[str], mentors: list[str]) -> tuple[Any, Any]:
    known = {text: code for code, text in enumerate(dict.fromkeys([*mentees, *mentors]))}
    return np.array([known[one] for one in mentees]), np.array([known[one] for one in mentors])


def _equal(mentees: list[str], mentors: list[str]) -> Mask:
    left, right = _codes(mentees, mentors)
    filled = np.array([bool(one) for one in mentees], dtype=bool)
    mask: Mask = (left[:, None] == right[None, :]) & filled[:, None]
    return mask.reshape(len(mentees), len(mentors))


def _common(mentees: list[str], mentors: list[str]) -> tuple[Matrix, Matrix]:
    """How many entries two lists share, and how many the mentee's has."""
    wanted, offered = [set(words(one)) for one in mentees], [set(words(one)) for one in mentors]
    place = {word: index for index, word in enumerate(sorted(set().union(*wanted)))}
    left = np.zeros((len(wanted), len(place)), dtype=np.float32)
    right = np.zeros((len(place), len(offered)), dtype=np.float32)
    for row, entries in enumerate(wanted):
        left[row, [place[word] for word in entries]] = 1
    for column, entries in enumerate(offered):
        right[[place[word] for word in entries if word in place], column] = 1
    return (left @ right).astype(np.int64), left.sum(axis=1).astype(np.int64)


def _steps(cells: list[str], order: Sequence[str]) -> Matrix:
    """Places in the order, or whole numbers; unknown ones far away from everything."""
    places = {word.casefold(): place for place, word in enumerate(order)}
    return np.array([places.get(cell, _UNKNOWN) if order else int(cell) if cell.lstrip("-").isdigit() else _UNKNOWN
                     for cell in cells], dtype=np.int64)


def _overlap(term: Term, mentees: list[str], mentors: list[str]) -> Matrix:
    common, size = _common(mentees, mentors)
    points: Matrix = term.points * common // np.maximum(size, 1)[:, None]
    return points


def _same(term: Term, mentees: list[str], mentors: list[str]) -> Matrix:
    return _equal(mentees, mentors).astype(np.int64) * term.points


def _apart(term: Term, mentees: list[str], mentors: list[str]) -> tuple[Matrix, Mask]:
    left, right = _steps(mentees, term.order), _steps(mentors, term.order)
    known = (left != _UNKNOWN)[:, None] & (right != _UNKNOWN)[None, :]
    return right[None, :] - left[:, None], known


def _near(term: Term, mentees: list[str], mentors: list[str]) -> Matrix:
    apart, known = _apart(term, mentees, mentors)
    return np.maximum(0, term.span - np.abs(apart)) * term.points // term.span * known


def _above(term: Term, mentees: list[str], mentors: list[str]) -> Matrix:
    apart, known = _apart(term, mentees, mentors)
    return ((apart >= 1) & known).astype(np.int64) * term.points


_TERMS = {Kind.OVERLAP: _overlap, Kind.EQUAL: _same, Kind.NEAR: _near, Kind.ABOVE: _above}
