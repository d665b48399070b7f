"""Measures a run when it is proposed and whenever it is changed by hand, so that no page reads its pairs for it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from services.matching.application.swapping import Swapping
from services.matching.contracts.participants import ParticipantState, Role
from services.matching.domain.matching_run import MatchingRun
from services.matching.domain.matchmaking.summary import fit
from services.matching.domain.proposal import Proposal
from services.matching.domain.quality import NO_FIT, LoadClass, Placed, Quality, loads_of, quality_of


@dataclass(frozen=True)
class Measuring:
    """Reads of each pair of a run two numbers, and in full those alone that were moved by hand."""

    swapping: Swapping

    def of(self, run: MatchingRun, unmatched: int, best: int) -> Quality:
        """As the run stands now."""
        found = self.swapping.proposals.parts({"batch": run.holder}, ("_id", "fit", "rank"))
        swapped = self.swapping.proposals.get_many([*run.moves])
        pairs = [Placed(points or 0, rank or 0) for name, points, rank in found if name not in run.moves]
        pairs += [Placed(fit(one.reasons, NO_FIT), 0) for one in run.standing(swapped)]
        return quality_of(pairs, unmatched, best, self._loads(run, swapped))

    def _loads(self, run: MatchingRun, swapped: Sequence[Proposal]) -> tuple[LoadClass, ...]:
        candidates, here = self.swapping.candidates, run.programme_id
        mentors = {"programme_id": here, "role": Role.MENTOR, "state": ParticipantState.ACTIVE}
        places = dict(candidates.participants.store.parts(mentors, ("person_id", "capacity")))
        return loads_of(places, candidates.load(here, Role.MENTOR), self._assigned(run, swapped))

    def _assigned(self, run: MatchingRun, swapped: Sequence[Proposal]) -> Counter[str]:
        """Pairs of the run by mentor, after what was moved."""
        assigned = Counter(self.swapping.proposals.count_by({"batch": run.holder}, "mentor_id"))
        for one in swapped:
            assigned[one.mentor_id] -= 1
            assigned[run.mentor_of(one)] += 1
        return assigned
