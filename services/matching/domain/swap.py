"""What coordinators have changed by hand in a run that is not published yet."""

from dataclasses import dataclass, replace

from services.matching.domain.proposal import DecidedBy, Proposal

MOST_MOVES = 500
"""Of one run: a run is one document."""


@dataclass(frozen=True)
class Move:
    """Where a mentee is instead of where the run had them; no `mentor_id`: left alone. `chosen`: by a coordinator, who
    locks the two by it; else somebody else was, and they made way."""

    mentee_id: str
    mentor_id: str
    chosen: bool = False


def placed(proposal: Proposal, move: Move | None) -> Proposal:
    """The proposal as it stands after the swaps of its run."""
    if move is None:
        return proposal
    decided_by = DecidedBy.LOCK if move.chosen else DecidedBy.SWAP
    return replace(proposal, mentor_id=move.mentor_id, decided_by=decided_by)
