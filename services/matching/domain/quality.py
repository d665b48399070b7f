"""How well the pairs of a run fit, and how full mentors are: figures of all, nobody's own."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from services.matching.domain.matchmaking import settled
from services.matching.domain.matchmaking.summary import percentile
from services.matching.domain.waiting import WAITED

STEPS = 10
"""Of a histogram: equal parts from 0 to the best score there can be."""
TWENTIETHS = tuple(range(0, 101, 5))
RANKS = (1, 2, 3, 5, 10)
"""Classes of ranks end here; the last has all that come behind."""
MOST_PLACES = 10
"""Mentors with more are one class."""
NO_FIT = frozenset({WAITED, settled.NAME})
"""Criteria that say nothing of how two fit."""


class Placed(NamedTuple):
    """A pair of a run: the points of how the two fit, and the place of the mentor among all whom the mentee may have,
    by points; 0: it was chosen by hand."""

    fit: int
    rank: int


@dataclass(frozen=True)
class LoadClass:
    """All mentors with so many `places`: `active` are held by pairs and circles, `assigned` by this run."""

    places: int
    mentors: int
    active: int
    assigned: int
    free: int


@dataclass(frozen=True)
class Quality:
    """`curve`: the score that 0, 5, … 100 of a hundred pairs do not exceed; `weakest_tenth`: mean of those; `ranks`:
    pairs by the classes of `RANKS`, `by_hand` are in none."""

    pairs: int = 0
    unmatched: int = 0
    histogram: tuple[int, ...] = ()
    curve: tuple[int, ...] = ()
    weakest_tenth: int = 0
    ranks: tuple[int, ...] = ()
    by_hand: int = 0
    loads: tuple[LoadClass, ...] = ()

    @property
    def lowest_5(self) -> int:
        return self.curve[1] if self.curve else 0

    @property
    def lowest_10(self) -> int:
        return self.curve[2] if self.curve else 0


def quality_of(pairs: Sequence[Placed], unmatched: int, best: int, loads: tuple[LoadClass, ...]) -> Quality:
    scores = sorted(one.fit for one in pairs)
    tenth = scores[:-(-len(scores) // 10)]
    ranked = Counter(_class_of(one.rank) for one in pairs if one.rank)
    return Quality(
        pairs=len(pairs), unmatched=unmatched, histogram=histogram(scores, best), loads=loads,
        curve=tuple(percentile(scores, part) for part in TWENTIETHS) if scores else (),
        weakest_tenth=sum(tenth) // len(tenth) if tenth else 0,
        ranks=tuple(ranked[place] for place in range(len(RANKS) + 1)), by_hand=sum(not one.rank for one in pairs))


def histogram(scores: Iterable[int], best: int) -> tuple[int, ...]:
    """How many scores fall into each of ten equal steps from 0 to the best there can be."""
    counts = [0] * STEPS
    for score in scores:
        counts[min(STEPS - 1, score * STEPS // best) if best else 0] += 1
    return tuple(counts)


def loads_of(places: Mapping[str, int], active: Mapping[str, int], assigned: Mapping[str, int]
             ) -> tuple[LoadClass, ...]:
    """By how many places a mentor has; those with the fewest first."""
    classes: dict[int, list[str]] = {}
    for mentor, count in places.items():
        classes.setdefault(min(count, MOST_PLACES), []).append(mentor)
    return tuple(_load(count, classes[count], places, active, assigned) for count in sorted(classes))


def _load(count: int, mentors: list[str], places: Mapping[str, int], active: Mapping[str, int],
          assigned: Mapping[str, int]) -> LoadClass:
    held, given = ({one: counts.get(one, 0) for one in mentors} for counts in (active, assigned))
    free = sum(max(0, places[one] - held[one] - given[one]) for one in mentors)
    return LoadClass(count, len(mentors), sum(held.values()), sum(given.values()), free)


def _class_of(rank: int) -> int:
    return next((place for place, last in enumerate(RANKS) if rank <= last), len(RANKS))
