"""Whom a mentee could have by hand: mentors who answer to a few words, with what rules, seats and wishes say."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.matching.application.candidates import Judged
from services.matching.application.pairs import Pairs
from services.matching.contracts.participants import Role
from services.matching.domain.columns import Field
from services.matching.domain.matchmaking.cells import fold, text_of
from services.matching.domain.matchmaking.people import Person as Candidate
from services.matching.domain.matchmaking.reasons import Reason
from services.matching.domain.pair import LIVE
from services.matching.domain.participant import Participant
from services.matching.domain.proposal import BrokenWish

MOST_SHOWN = 20
_LOOKED_AT = (Field.DEPARTMENT.value, Field.LOCATION.value, Field.GRADE.value, Field.SKILLS.value,
              Field.LANGUAGES.value)


@dataclass(frozen=True)
class Sought:
    """`free` seats; `rules` forbid the two; `broken_wishes`: whom the mentee would rather have."""

    mentor_id: str
    name: str
    score: int
    free: int
    reasons: tuple[Reason, ...]
    rules: tuple[str, ...]
    broken_wishes: tuple[BrokenWish, ...]

    @property
    def rank(self) -> tuple[bool, bool, int, str]:
        """Possible ones first, then those with room, then by score."""
        return bool(self.rules), self.free <= 0, -self.score, self.name


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
        self.pairs.participants.taking_part(programme_id, mentee_id, Role.MENTEE)
        mentors = self.pairs.participants.active(programme_id, Role.MENTOR)
        judged = self.pairs.candidates.among(programme_id, {one.person_id for one in mentors}, {mentee_id}, plan)
        names = {one.id: one.details.name for one in self.pairs.candidates.people.known(judged.mentors).values()}
        free, wishes = self._free(programme_id, mentors), self.pairs.candidates.wishes_of(judged, mentee_id)
        found = [sought(judged, mentor, mentee_id, names[mentor], free[mentor], wishes) for mentor in judged.mentors
                 if answers_to(text, names[mentor], judged.mentors[mentor])]
        return Search(len(found), judged.problem.rulebook.highest_score,
                      tuple(sorted(found, key=lambda one: one.rank)[:MOST_SHOWN]))

    def _free(self, programme_id: str, mentors: Iterable[Participant]) -> dict[str, int]:
        load = self.pairs.store.count_by({"programme_id": programme_id, "state": {"$in": list(LIVE)}}, "mentor_id")
        return {one.person_id: one.capacity - load.get(one.person_id, 0) for one in mentors}


def sought(judged: Judged, mentor_id: str, mentee_id: str, name: str, free: int, wishes: dict[str, int]) -> Sought:
    """What is said of the two."""
    reasons, own = judged.reasons(mentor_id, mentee_id), wishes.get(mentor_id, len(wishes) + 1)
    return Sought(mentor_id, name, sum(one.points for one in reasons), free, reasons,
                  judged.bars(mentor_id, mentee_id),
                  tuple(BrokenWish(rank, one, "") for one, rank in wishes.items() if rank < own))


def answers_to(text: str, name: str, mentor: Candidate) -> bool:
    """Whether each word of the text stands somewhere."""
    there = fold(" ".join([name, *(text_of(mentor.row, column) for column in _LOOKED_AT)]))
    return all(word in there for word in fold(text).split())
