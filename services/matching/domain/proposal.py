"""What a matching run found: proposals with reasons, and those it has nobody for."""

from dataclasses import dataclass

from shared.kernel.aggregate import Aggregate
from shared.kernel.ids import derived_id


@dataclass(frozen=True)
class Reason:
    """What one criterion added to the score. `params` are the words that a text about it needs."""

    criterion: str
    points: int
    params: tuple[str, ...] = ()


@dataclass(kw_only=True)
class Proposal(Aggregate):
    """Two people the solver put together; the score is the sum of the reasons' points. `batch` is the attempt that
    found it: an attempt that was cut short leaves proposals that nobody sees."""

    batch: str
    run_id: str
    programme_id: str
    mentor_id: str
    mentee_id: str
    score: int
    reasons: tuple[Reason, ...] = ()
    broken_wishes: tuple[str, ...] = ()


@dataclass(kw_only=True)
class Unmatched(Aggregate):
    """Somebody whom the run has no mentor for, and why (`code`, and the rule that barred most)."""

    batch: str
    run_id: str
    person_id: str
    code: str
    rule: str | None = None
    broken_wishes: tuple[str, ...] = ()


def outcome_id(batch: str, mentee_id: str) -> str:
    """A mentee is once in a batch, matched or not."""
    return derived_id("outcome", batch, mentee_id)
