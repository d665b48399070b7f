"""Whom a mentee could have by hand: mentors who answer to a few words, with what rules, seats and wishes say."""

from dataclasses import dataclass
from heapq import nsmallest

from services.matching.application.pairs import Pairs
from services.matching.contracts.participants import Role
from services.matching.domain.candidate_rows import answering
from services.matching.domain.judged import Judged
from services.matching.domain.matchmaking.reasons import Reason
from services.matching.domain.proposal import BrokenWish

MOST_SHOWN = 20
Rank = tuple[bool, bool, int, str]


@dataclass(frozen=True)
class Sought:
    """`free` seats; `rules` forbid the two; `broken_wishes`: whom the mentee would rather have."""

    mentor_id: str
    score: int
    free: int
    reasons: tuple[Reason, ...]
    rules: tuple[str, ...]
    broken_wishes: tuple[BrokenWish, ...]


@dataclass(frozen=True)
class Search:
    """`found` is how many answer to the words; the best are shown."""

    found: int
    best: int
    items: tuple[Sought, ...]


@dataclass(frozen=True)
class Seeking:
    """Reads pairs and who takes part."""

    pairs: Pairs

    def mentors(self, programme_id: str, mentee_id: str, text: str) -> Search:
        """Every word must be in the name, unit, place, grade, skills or languages. Raises NotFound, NotTakingPart."""
        plan = self.pairs.programmes.get(programme_id).plan
        mentee = self.pairs.participants.taking_part(programme_id, mentee_id, Role.MENTEE)
        judged = self.pairs.candidates.by_hand(mentee, plan)
        free, wishes = self._free(programme_id, judged), self.pairs.candidates.wishes_of(judged, mentee_id)
        found = answering(text, judged.names, judged.mentors)
        ranks = ranks_of(judged, mentee_id, free)
        return Search(len(found), judged.problem.rulebook.highest_score, tuple(
            sought(judged, mentor, mentee_id, free[mentor], wishes)
            for mentor in nsmallest(MOST_SHOWN, found, key=ranks.__getitem__)))

    def _free(self, programme_id: str, judged: Judged) -> dict[str, int]:
        load = self.pairs.candidates.load(programme_id, Role.MENTOR)
        free = {one: (row.seats or 0) - load.get(one, 0) for one, row in judged.mentors.items()}
        return self.pairs.candidates.organisation.within(free)


def ranks_of(judged: Judged, mentee_id: str, free: dict[str, int]) -> dict[str, Rank]:
    """Possible mentors first, then those with room, then by score."""
    here = judged.standing(mentee_id)
    return {one: (barred, free[one] <= 0, -score, judged.names[one])
            for one, barred, score in zip(judged.mentors, here.barred, here.scores, strict=True)}


def sought(judged: Judged, mentor_id: str, mentee_id: str, free: int, wishes: dict[str, int]) -> Sought:
    """What is said of the two."""
    reasons, own = judged.reasons(mentor_id, mentee_id), wishes.get(mentor_id, len(wishes) + 1)
    return Sought(mentor_id, sum(one.points for one in reasons), free, reasons, judged.bars(mentor_id, mentee_id),
                  tuple(BrokenWish(rank, one, "") for one, rank in wishes.items() if rank < own))
