"""Two people who may become a pair."""

from dataclasses import dataclass
from datetime import datetime

from services.matching.contracts.pairs import PairState
from services.matching.contracts.programmes import Gate
from services.matching.domain.pair import Pair
from services.matching.domain.proposal import DecidedBy
from services.matching.domain.seats import Seats, released
from shared.kernel.errors import Invalid


class SamePerson(Invalid):
    """Nobody mentors themselves."""

    code = "same-person"


@dataclass(frozen=True, kw_only=True)
class Couple:
    """Two people who may become a pair, and where the thought comes from."""

    programme_id: str
    mentor_id: str
    mentee_id: str
    gates: tuple[Gate, ...] = ()
    run_id: str | None = None
    decided_by: DecidedBy | None = None
    succeeds: str | None = None
    one_question: str = ""

    def propose(self, id: str, by: str | None, at: datetime) -> Pair:
        """Asks both."""
        pair = self._begin(id)
        pair.propose(by, at)
        return pair

    def create(self, id: str, seats: Seats, at: datetime) -> Pair:
        """Makes them a pair at once."""
        pair = self._begin(id)
        pair.publish(seats, at)
        return pair

    def _begin(self, id: str) -> Pair:
        if self.mentor_id == self.mentee_id:
            raise SamePerson("nobody mentors themselves")
        free = released(id)
        return Pair(
            id=id,
            programme_id=self.programme_id,
            mentor_id=self.mentor_id,
            mentee_id=self.mentee_id,
            state=PairState.PROPOSED,
            mentor_seat=free.mentor,
            mentee_seat=free.mentee,
            couple=free.couple,
            organisation_seat=free.organisation,
            gates=self.gates,
            run_id=self.run_id,
            decided_by=self.decided_by,
            succeeds=self.succeeds,
            one_question=self.one_question,
        )
