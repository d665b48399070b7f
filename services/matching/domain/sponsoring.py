"""What a sponsor sees of a programme: figures in which nobody is to be found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.matching.contracts.pairs import PairState
from services.matching.contracts.participants import Role
from services.matching.domain.suppression import Suppression
from services.matching.domain.under_way import LIVE
from services.matching.domain.way import Step


@dataclass(frozen=True)
class Few:
    """How many, in steps, so that no difference of two figures is a person; `count` None: too few to tell, or none."""

    code: str
    count: int | None


@dataclass(frozen=True)
class SideForSponsor:
    """How many came how far in one role."""

    role: Role
    steps: tuple[Few, ...]


def few(code: str, count: int, suppression: Suppression) -> Few:
    return Few(code, suppression.in_steps(count) or None)


def steps(counts: Iterable[tuple[Step, int]], suppression: Suppression) -> tuple[Few, ...]:
    return tuple(few(step.value, count, suppression) for step, count in counts)


def pairs(states: Mapping[str, int], completed: int, declined: int, suppression: Suppression) -> tuple[Few, ...]:
    """Those that are under way, that came to their end as planned, and that ended otherwise; `declined` ones were never
    pairs."""
    under_way, closed = sum(states.get(state, 0) for state in LIVE), states.get(PairState.CLOSED, 0)
    others = max(0, closed - completed - declined)
    counts = {"under-way": under_way, "completed": completed, "ended-otherwise": others}
    return tuple(few(code, count, suppression) for code, count in counts.items())
