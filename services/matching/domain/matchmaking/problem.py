"""What is to be matched, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

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
    of its own each run favours other people.
    """

    mentors: tuple[Person, ...]
    mentees: tuple[Person, ...]
    rulebook: Rulebook
    others: tuple[Person, ...] = ()
    seed: str = ""

    @cached_property
    def roster(self) -> Roster:
        return Roster((*self.others, *self.mentees, *self.mentors))


@dataclass(frozen=True)
class ProposedPair:
    """`score` is the sum of the points of all `reasons`, which are sorted strongest first."""

    mentor_id: str
    mentee_id: str
    score: int
    reasons: tuple[Reason, ...]
    broken_wishes: tuple[BrokenWish, ...] = ()
    wish_rank: int | None = None

    def strongest(self, most: int = 3) -> tuple[Reason, ...]:
        return self.reasons[:most]


@dataclass(frozen=True)
class Proposals:
    """Pairs in the order of the mentees, then everyone without: mentees first, then mentors, each in their order."""

    pairs: tuple[ProposedPair, ...]
    unmatched: tuple[Unmatched, ...]

    @property
    def total(self) -> int:
        return sum(pair.score for pair in self.pairs)
