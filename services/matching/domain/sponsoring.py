"""What a sponsor sees of a programme: figures in which nobody is to be found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.matching.contracts.pairs import PairState
from services.matching.contracts.participants import Role
from services.matching.domain.motives import by_fives
from services.matching.domain.under_way import LIVE
from services.matching.domain.way import Step


@dataclass(frozen=True)
class Few:
    """How many, by fives, so that no difference of two figures is a person; `count` None: fewer than five, or none."""

    code: str
    count: int | None


@dataclass(frozen=True)
class SideForSponsor:
    """How many came how far in one role."""

    role: Role
    steps: tuple[Few, ...]


def few(code: str, count: int) -> Few:
    return Few(code, by_fives(count) or None)


def steps(counts: Iterable[tuple[Step, int]]) -> tuple[Few, ...]:
    return tuple(few(step.value, count) for step, count in counts)


def pairs(states: Mapping[str, int], completed: int, declined: int) -> tuple[Few, ...]:
    """Those that are under way, that came to their end as planned, and that ended otherwise; `declined` ones were never
    pairs."""
    under_way, closed = sum(states.get(state, 0) for state in LIVE), states.get(PairState.CLOSED, 0)
    others = max(0, closed - completed - declined)
    return (few("under-way", under_way), few("completed", completed), few("ended-otherwise", others))
