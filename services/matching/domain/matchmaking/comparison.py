"""What else could have been decided: the objectives side by side, and what a seat more is worth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.matching.domain.matchmaking.aim import Aim


@dataclass(frozen=True)
class Way:
    """What an objective brings. `blocking`: pairs who would both rather be together; None with several mentors a
    mentee. `regret`: the most points that a mentee lacks to the best mentor allowed. `proven`: no limit cut it."""

    objective: str
    mentees: int
    pairs: int
    total: int
    lowest: int
    regret: int
    blocking: int | None
    proven: bool


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """What a run for an objective would bring. `total` and `lowest_5` (the fifth percentile) are of how well two fit;
    `first_choices`: mentees with the first of their wishes; `regret`: the most points that somebody with a mentor lacks
    to the best one allowed, also of those for waiting and for staying together. `why`: code of what keeps it from being
    solved; the figures are 0 then."""

    objective: Aim
    pairs: int = 0
    unmatched: int = 0
    total: int = 0
    lowest_5: int = 0
    first_choices: int = 0
    regret: int = 0
    why: str = ""


@dataclass(frozen=True)
class Comparison:
    """`prices` by mentor: what one more seat there brings at most, where `person` is one more mentee with a mentor and
    the rest are points. `left_out`: objectives for which there were too many people."""

    ways: tuple[Way, ...]
    person: int
    prices: Mapping[str, int]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Compared:
    """A comparison by places: `prices` in the order of the mentors."""

    ways: tuple[Way, ...]
    person: int
    prices: Sequence[int]
    left_out: tuple[str, ...] = ()

    def of(self, mentors: Sequence[str]) -> Comparison:
        """With the ids of the mentors in place of their places."""
        return Comparison(self.ways, self.person, dict(zip(mentors, self.prices, strict=True)), self.left_out)
