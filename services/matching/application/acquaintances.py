"""Who knows whom through mentoring: decides whose name somebody may see."""

from dataclasses import dataclass

from services.matching.application.pairs import Pairs
from services.matching.application.participants import Participants
from services.matching.application.programmes import Programmes, people_in_charge


@dataclass(frozen=True)
class Acquaintances:
    """Looks through pairs, participants and programmes."""

    pairs: Pairs
    participants: Participants
    programmes: Programmes

    def partners(self, person_id: str) -> set[str]:
        """Everybody this person is or was in a pair with."""
        return {one for pair in self.pairs.of_person(person_id) for one in (pair.mentor_id, pair.mentee_id)}

    def in_charge_of(self, person_id: str) -> set[str]:
        """Those who look after the programmes that this person takes part in."""
        own = self.participants.programmes_of([person_id]).get(person_id, set())
        return {one for programme in self.programmes.store.get_many(sorted(own)) for one in people_in_charge(programme)}

    def looked_after_by(self, person_id: str, ids: list[str]) -> set[str]:
        """Which of these take part in a programme that this person looks after, or look after it too."""
        own = [one for one in self.programmes.looked_after_by(person_id)
               if person_id in one.plan.coordinator_ids]
        colleagues = {one for programme in own for one in people_in_charge(programme)}
        programmes = {programme.id for programme in own}
        taking_part = self.participants.programmes_of(ids) if own else {}
        return colleagues | {one for one, where in taking_part.items() if where & programmes}
