"""What the rules of a programme say of some people."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.matching.domain.matchmaking.one_mentee import Standing, standing
from services.matching.domain.matchmaking.people import Person as Candidate
from services.matching.domain.matchmaking.problem import Problem
from services.matching.domain.matchmaking.reasons import Reason
from services.matching.domain.participant import NotTakingPart


@dataclass(frozen=True)
class Judged:
    """Some people, by their ids, and what the programme's rules say of two of them. Raises NotTakingPart for others."""

    problem: Problem
    mentors: Mapping[str, Candidate]
    mentees: Mapping[str, Candidate]
    names: Mapping[str, str] = field(repr=False)

    def bars(self, mentor_id: str, mentee_id: str) -> tuple[str, ...]:
        return self.problem.rulebook.barred_by(*self._two(mentor_id, mentee_id), self.problem.roster)

    def reasons(self, mentor_id: str, mentee_id: str) -> tuple[Reason, ...]:
        return self.problem.rulebook.reasons(*self._two(mentor_id, mentee_id))

    def score(self, mentor_id: str, mentee_id: str) -> int:
        return self.problem.rulebook.score(*self._two(mentor_id, mentee_id))

    def standing(self, mentee_id: str) -> Standing:
        """Of one with every mentor, without the words."""
        return standing(self.problem, self.mentees[mentee_id])

    def knows(self, mentor_id: str, mentee_id: str) -> bool:
        return mentor_id in self.mentors and mentee_id in self.mentees

    def _two(self, mentor_id: str, mentee_id: str) -> tuple[Candidate, Candidate]:
        if not self.knows(mentor_id, mentee_id):
            raise NotTakingPart("one of the two takes no part now")
        return self.mentors[mentor_id], self.mentees[mentee_id]
