"""What follows when somebody moved, is away, or is back; leaving is told by an event of its own."""

from dataclasses import dataclass

from services.matching.application.lines import Lines
from services.matching.application.pairs import Pairs
from services.matching.application.people import People
from services.matching.application.tasks import Tasks
from services.matching.contracts.people import PersonState
from services.matching.domain.pair import Pair
from shared.kernel.events import Cause


@dataclass(frozen=True)
class Moves:
    """Does without a human what needs none, and asks one for the rest."""

    people: People
    pairs: Pairs
    tasks: Tasks

    def follow(self, person_id: str, state: PersonState, cause: Cause) -> None:
        """Of one person, as they are after the event."""
        self.pairs.participants.be_away(person_id, state is PersonState.ON_LEAVE, cause)
        self.pairs.be_away(person_id, state is PersonState.ON_LEAVE, cause)
        for person in self.people.known([person_id]).values():
            looked = (person, *self.people.reports_of(person))
            self._look_at(self.pairs.unfinished_of(*(one.id for one in looked)), cause)

    def arrive(self, person_id: str, cause: Cause) -> None:
        """Somebody new has no pairs, but may be the boss of people who have."""
        if reports := self.people.reporting_to(person_id):
            self._look_at(self.pairs.unfinished_of(*reports), cause)

    def _look_at(self, pairs: list[Pair], cause: Cause) -> None:
        broken = Lines(self.people).broken_by(pairs)
        for pair in pairs:
            self.tasks.look_at(pair, broken.get(pair.id, ()), cause)
