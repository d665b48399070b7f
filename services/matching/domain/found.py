"""What a run says of itself once it is solved."""

from dataclasses import dataclass, field, replace
from typing import Any

from services.matching.domain.matchmaking.changes import Changes, without
from services.matching.domain.matchmaking.fairness import Fairness
from services.matching.domain.matchmaking.locks import LockRefused


@dataclass(frozen=True, kw_only=True)
class Found:
    """Figures of a solved run. `total` is how well all pairs fit, without what waiting or staying together adds, `best`
    the highest a pair can have, `histogram` counts pairs by it in ten equal steps up to that; `input_hash` names people
    and rules exactly; `rules` are those with their weights, `seed` decided ties, `solver` is its version and `counts`
    what it says of itself (`rounds`: how often it solved: above 20,000,000 pairs of people again whenever pairs were
    added; `threshold`: the score that all reach, or the regret that nobody exceeds, where the `objective` asks for it).
    With the prices and utilities in proposals and the unmatched anybody can solve and prove the run again. `locks` were
    kept, `locks_not_kept` were not: the first of these are told. `changes` since the last proposal, if there was
    one."""

    matched: int
    unmatched: int
    total: int
    best: int
    histogram: tuple[int, ...]
    input_hash: str
    rule_version: str
    objective: str = "participation"
    rules: dict[str, Any] = field(default_factory=dict)
    seed: str = ""
    solver: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    locks: int = 0
    locks_not_kept: int = 0
    locks_refused: tuple[LockRefused, ...] = ()
    fairness: Fairness = field(default_factory=Fairness)
    changes: Changes | None = None

    @property
    def names_people(self) -> bool:
        return bool(self.locks_refused or (self.changes and self.changes.told))

    def without(self, person_id: str) -> "Found":
        """Nobody is told of somebody who is erased. Figures stay."""
        kept = tuple(one for one in self.locks_refused if person_id not in (one.mentor_id, one.mentee_id))
        return replace(self, locks_refused=kept, changes=without(self.changes, person_id))
