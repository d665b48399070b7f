"""What coordinators have changed by hand in a run that is not published yet."""

from dataclasses import dataclass, replace

from services.matching.domain.proposal import BrokenWish, DecidedBy, Proposal, Reason

MOST_MOVES = 500
"""Of one run: a run is one document."""


@dataclass(frozen=True)
class Move:
    """Where a mentee is instead of where the run had them; no `mentor_id`: left alone. `chosen`: by a coordinator, who
    locks the two by it; else somebody else was, and they made way. `reasons` and `broken_wishes` are kept as they were
    when it was done, as those of a proposal are: pages and figures of the run read the same. Moves from before they
    were kept have None."""

    mentee_id: str
    mentor_id: str
    chosen: bool = False
    reasons: tuple[Reason, ...] | None = None
    broken_wishes: tuple[BrokenWish, ...] = ()

    @property
    def score(self) -> int:
        return sum(one.points for one in self.reasons or ())

    @property
    def is_unexplained(self) -> bool:
        """To somebody, and nobody wrote down why the two fit."""
        return self.reasons is None and self.mentor_id != ""

    def without(self, person_id: str) -> "Move":
        """Nobody is called who is erased; whoever was moved to them has nobody."""
        if self.mentor_id == person_id:
            return replace(self, mentor_id="", reasons=(), broken_wishes=())
        return replace(self, broken_wishes=tuple(one for one in self.broken_wishes if one.person_id != person_id))


def placed(proposal: Proposal, move: Move | None) -> Proposal:
    """The proposal as it stands after the swaps of its run."""
    if move is None:
        return proposal
    moved = replace(proposal, mentor_id=move.mentor_id, decided_by=DecidedBy.LOCK if move.chosen else DecidedBy.SWAP)
    if move.is_unexplained:
        return moved
    return replace(moved, score=move.score, reasons=move.reasons or (), broken_wishes=move.broken_wishes)
