"""Which wishes a swap passes over, and why: as a run says it of the pairs that it finds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from services.matching.application.candidates import Candidates
from services.matching.application.programmes import Programmes
from services.matching.contracts.participants import Role
from services.matching.domain.judged import Judged
from services.matching.domain.matching_run import MatchingRun
from services.matching.domain.person import folded
from services.matching.domain.proposal import BrokenWish, Proposal
from services.matching.domain.swap import Move, placed
from shared.store.repository import Repository


@dataclass(frozen=True)
class PassedOver:
    """Reads all mentors for one mentee: wishes may name any of them."""

    proposals: Repository[Proposal]
    programmes: Programmes
    candidates: Candidates

    def by(self, run: MatchingRun, moves: Mapping[str, Move], mentee_id: str, mentor_id: str) -> tuple[BrokenWish, ...]:
        """Those of the mentee that come before this mentor, but for mentors whom the mentee has as well. Raises
        NotTakingPart."""
        programme_id = run.programme_id
        mentee = self.candidates.participants.taking_part(programme_id, mentee_id, Role.MENTEE)
        judged = self.candidates.around(mentee, self.programmes.get(programme_id).plan)
        has = {placed(one, moves.get(one.id)).mentor_id for one in self.proposals.each(
            {"batch": run.holder, "mentee_id": mentee_id})}
        return tuple(self._broken(judged, mentee_id, mentor_id, has - {mentor_id}))

    def _broken(self, judged: Judged, mentee_id: str, mentor_id: str, has: set[str]) -> Iterator[BrokenWish]:
        wishes = judged.problem.rulebook.wishes
        wished = wishes.of(judged.mentees[mentee_id]) if wishes else {}
        column = wishes.refers_to if wishes else None
        called = {row.reference(column): one for one, row in judged.mentors.items()}
        ids = self.candidates.people.ids_of(one for one in wished if one not in called)
        for reference, rank in wished.items():
            one = called.get(reference)
            if one == mentor_id:
                return
            if one is None:
                yield BrokenWish(rank, ids[folded(reference)], "unknown")
            elif one not in has:
                yield _why(judged, mentee_id, one, rank)


def _why(judged: Judged, mentee_id: str, wished: str, rank: int) -> BrokenWish:
    if barred := judged.bars(wished, mentee_id):
        return BrokenWish(rank, wished, "barred", {"rule": barred[0]})
    return BrokenWish(rank, wished, "seats-taken" if judged.mentors[wished].seats else "no-seats")
