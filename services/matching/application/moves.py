"""What follows when somebody moved, is away, or is back; leaving is told by an event of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.matching.application.circling import Circling
from services.matching.application.dotted_lines import DottedLines
from services.matching.application.pairs import Pairs
from services.matching.application.people import People
from services.matching.application.settling import Settling
from services.matching.contracts.people import PersonState
from shared.kernel.events import Cause


@dataclass(frozen=True)
class Moves:
    """Does without a human what needs none, and asks one for the rest."""

    people: People
    pairs: Pairs
    circling: Circling
    settling: Settling
    dotted: DottedLines

    def follow(self, person_id: str, state: PersonState, cause: Cause) -> None:
        """Of one person, as they are after the event."""
        self.pairs.participants.be_away(person_id, state is PersonState.ON_LEAVE, cause)
        self.pairs.be_away(person_id, state is PersonState.ON_LEAVE, cause)
        for person in self.people.known([person_id]).values():
            self.dotted.follow(person)
            reports = {*self.people.reporting_to(person_id), *self.dotted.reports_of(person_id)}
            self._look_at(sorted({person_id, *reports}), cause)

    def arrive(self, person_id: str, cause: Cause) -> None:
        """Somebody new has no pairs, but may be the boss of people who have."""
        for person in self.people.known([person_id]).values():
            self.dotted.follow(person)
        if reports := {*self.people.reporting_to(person_id), *self.dotted.reports_of(person_id)}:
            self._look_at(sorted(reports), cause)

    def look_after(self, person_ids: Sequence[str]) -> None:
        """Whoever left, or is on leave, since before their pair was there; what told so had found none."""
        for person in self.people.known(person_ids).values():
            if person.has_left:
                self.pairs.end_of_person(person.id)
            elif person.state is PersonState.ON_LEAVE:
                self.pairs.be_away(person.id, away=True)

    def _look_at(self, person_ids: list[str], cause: Cause) -> None:
        pairs, circles = self.pairs.unfinished_of(*person_ids), self.circling.circles.of_person(*person_ids)
        broken = self.circling.lines.broken_by(pairs)
        for pair in pairs:
            self.circling.tasks.look_at(pair, broken.get(pair.id, ()), cause)
        self.circling.look_at_lines(circles, cause)
        self.settling.moved(person_ids, cause)
