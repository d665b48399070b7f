"""What is to be matched, and what came of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from services.matching.domain.matchmaking.aim import Aim
from services.matching.domain.matchmaking.locks import Couple, LockRefused
from services.matching.domain.matchmaking.people import Person, Roster
from services.matching.domain.matchmaking.reasons import BrokenWish, Reason, Unmatched
from services.matching.domain.matchmaking.rules import Rulebook

Progress = Callable[[str, float], None]
"""(phase, part done from 0 to 1) with the phases scoring, compiling, solving, explaining. What it raises ends
the run."""


def unwatched(_phase: str, _part: float) -> None:
    """For whoever does not show progress."""


@dataclass(frozen=True)
class Problem:
    """Ids are unique on each side. `others` are known for reporting lines only.

    `seed` decides between equally good matchings, together with the ids: the order of people does not, and with a seed
    of its own each run favours other people. `locks` are couples that are to be kept, in the order in which they are
    granted when there is no room for all. `aim` says which matching is best.
    """

    mentors: tuple[Person, ...]
    mentees: tuple[Person, ...]
    rulebook: Rulebook
    others: tuple[Person, ...] = ()
    seed: str = ""
    locks: tuple[Couple, ...] = ()
    aim: Aim = Aim.PARTICIPATION

    @cached_property
    def roster(self) -> Roster:
        return Roster((*self.others, *self.mentees, *self.mentors))


@dataclass(frozen=True)
class Solved:
    """What a solver found, by places in the arrays: (mentee, mentor), sorted. `prices` by mentor and `utilities` by
    mentee, in milli-points and worths of seats, prove that nothing is better. `solver`: which version of it; `counts`:
    its own figures by name."""

    pairs: Sequence[tuple[int, int]]
    prices: Sequence[int]
    utilities: Sequence[int]
    solver: str
    counts: Mapping[str, int]


@dataclass(frozen=True)
class ProposedPair:
    """`score` is the sum of the points of all `reasons`, which are sorted strongest first. `price`: of a seat of the
    mentor; `utility`: what the mentee has of it after the price, or would of another mentor at least. A pair that is
    `locked` was not weighed: it takes no part in the proof. `alternatives`: other mentors, the one first who would cost
    all others least; `rank`: the place of the
    mentor among all who may be had, by score, 0 where that is not looked at."""

    mentor_id: str
    mentee_id: str
    score: int
    reasons: tuple[Reason, ...]
    broken_wishes: tuple[BrokenWish, ...] = ()
    wish_rank: int | None = None
    price: int = 0
    utility: int = 0
    locked: bool = False
    alternatives: tuple[str, ...] = ()
    rank: int = 0

    def strongest(self, most: int = 3) -> tuple[Reason, ...]:
        return self.reasons[:most]


@dataclass(frozen=True)
class Proposals:
    """Pairs in the order of the mentees, then everyone without: mentees first, then mentors, each in their order.
    `solver` and `counts` as it says of itself; `locks_refused` could not be kept."""

    pairs: tuple[ProposedPair, ...]
    unmatched: tuple[Unmatched, ...]
    solver: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    locks_refused: tuple[LockRefused, ...] = ()

    @property
    def total(self) -> int:
        return sum(pair.score for pair in self.pairs)
