"""What a run found, and what became of it by hand and when it was published."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from services.matching.domain.found import Found
from services.matching.domain.matchmaking.changes import Changes
from services.matching.domain.proposal import Proposal
from services.matching.domain.swap import Move, placed
from shared.kernel.aggregate import Aggregate


@dataclass(frozen=True)
class Refused:
    """A proposal that could not become a pair any more. `rules`: the hard ones that stand against it; `alone`: the
    mentee takes part and has nobody. Runs from before these were kept name nobody."""

    proposal_id: str
    code: str
    mentor_id: str = ""
    mentee_id: str = ""
    rules: tuple[str, ...] = ()
    alone: bool = False

    def without(self, person_id: str) -> "Refused":
        """Without the name of somebody who is erased."""
        mentor, mentee = (one if one != person_id else "" for one in (self.mentor_id, self.mentee_id))
        return replace(self, mentor_id=mentor, mentee_id=mentee)


@dataclass(kw_only=True)
class Outcome(Aggregate):
    """`moves`: what was swapped by hand, by proposal; `refused`: what could not become a pair."""

    found: Found | None = None
    moves: dict[str, Move] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)

    @property
    def matched(self) -> int:
        """Pairs that would be published now, or were."""
        return self.found.matched - len(self.left_alone) - len(self.refused) if self.found else 0

    @property
    def unmatched(self) -> int:
        """Mentees without a mentor, as it stands now."""
        return self.found.unmatched + len(self.left_alone) + len(self.refused_alone) if self.found else 0

    def mentor_of(self, proposal: Proposal) -> str:
        """Whom the mentee has by now; empty: nobody."""
        return placed(proposal, self.moves.get(proposal.id)).mentor_id

    def standing(self, proposals: Iterable[Proposal]) -> list[Proposal]:
        """As they stand after the swaps; who was left alone by one is not among them."""
        placed_ = (placed(one, self.moves.get(one.id)) for one in proposals)
        return [one for one in placed_ if one.mentor_id]

    @property
    def left_alone(self) -> dict[str, str]:
        """Mentees by proposal who have nobody since a swap."""
        return {name: move.mentee_id for name, move in self.moves.items() if not move.mentor_id}

    @property
    def refused_alone(self) -> set[str]:
        """Mentees who have nobody since the pair of theirs was refused; of who is erased the proposal."""
        return {one.mentee_id or one.proposal_id for one in self.refused if one.alone}

    @property
    def swaps(self) -> int:
        """Mentees to whom coordinators gave another mentor."""
        return sum(move.chosen for move in self.moves.values())

    @property
    def changes(self) -> Changes | None:
        """Since the last proposal, as the run found them; of whom a swap moved since nothing is told."""
        moved = {move.mentee_id for move in self.moves.values()}
        found = self.found.changes if self.found else None
        return found and replace(found, told=tuple(one for one in found.told if one.mentee_id not in moved))

    @property
    def names_people(self) -> bool:
        """Beside its proposals, which are documents of their own."""
        return bool(self.moves or any(one.mentor_id or one.mentee_id for one in self.refused)
                    or (self.found and self.found.names_people))

    def forget(self, person_id: str) -> None:
        """Whoever was moved to somebody who is erased has nobody; what else names them goes. Figures stay."""
        self.moves = {name: move.without(person_id) for name, move in self.moves.items() if move.mentee_id != person_id}
        self.refused = [one.without(person_id) for one in self.refused]
        if self.found:
            self.found = self.found.without(person_id)
