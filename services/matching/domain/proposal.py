"""What a matching run found: proposals with reasons, and those it has nobody for."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from services.matching.contracts.participants import Role
from shared.kernel.aggregate import Aggregate
from shared.kernel.ids import derived_id


class DecidedBy(StrEnum):
    """What put the two together: a coordinator's lock, a wish of the mentee, the best sum for everybody, or a swap of
    others for which the mentee made way."""

    LOCK = "lock"
    WISH = "wish"
    OPTIMUM = "optimum"
    SWAP = "swap"


@dataclass(frozen=True)
class Reason:
    """What one criterion added to the score. `params` are the facts that a sentence about it needs."""

    criterion: str
    points: int
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class BrokenWish:
    """A wish that came before the mentor found, and why it is not granted."""

    rank: int
    person_id: str
    code: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(kw_only=True)
class Proposal(Aggregate):
    """Two people the solver put together; the score is the sum of the reasons' points. `batch` is the attempt that
    found it: an attempt that was cut short leaves proposals that nobody sees. `price` of the mentor and `utility` of
    the mentee are part of the proof that no other matching is better. `alternatives` are other mentors, the one first
    who would cost everybody else least. `fit`: the points that say how the two fit; `rank`: the place of the mentor
    among all whom the mentee may have, by points; 0 for a lock."""

    batch: str
    run_id: str
    programme_id: str
    mentor_id: str
    mentee_id: str
    score: int
    reasons: tuple[Reason, ...] = ()
    broken_wishes: tuple[BrokenWish, ...] = ()
    fit: int = 0
    rank: int = 0
    price: int = 0
    utility: int = 0
    decided_by: DecidedBy = DecidedBy.OPTIMUM
    alternatives: tuple[str, ...] = ()

    def forget_mentor(self) -> None:
        """Of a mentee who has another one by a swap."""
        self.mentor_id, self.reasons = "", ()


@dataclass(kw_only=True)
class Unmatched(Aggregate):
    """Somebody for whom the run has nobody, and why. `dual`: the utility of a mentee, the price of a mentor."""

    batch: str
    run_id: str
    person_id: str
    role: Role
    code: str
    params: dict[str, Any] = field(default_factory=dict)
    dual: int = 0


def outcome_id(batch: str, *people: str) -> str:
    """Of one proposal, or of one person who stays alone, in a batch."""
    return derived_id("outcome", batch, *people)
