"""What matching holds of somebody, erased or made nobody's."""

from contextlib import suppress
from dataclasses import dataclass

from services.matching.application.answers_naming import answers_naming
from services.matching.application.applications import Applications
from services.matching.application.circles import Circles
from services.matching.application.directory_files import DirectoryFiles
from services.matching.application.dotted_lines import DottedLines
from services.matching.application.erased_names import ErasedNames
from services.matching.application.hr import HrChanges
from services.matching.application.imports import Imports
from services.matching.application.pairs import Pairs
from services.matching.application.parked_news import ParkedNews
from services.matching.application.people import People
from services.matching.application.readiness import Readiness
from services.matching.application.renewals import Renewals
from services.matching.application.rulings import Rulings
from services.matching.application.runs import Runs
from services.matching.application.saved_views import SavedViews
from services.matching.application.settling import Settling
from services.matching.application.stepping_ups import SteppingUps
from services.matching.application.steps import Steps
from services.matching.application.trials import Trials
from services.matching.domain.mentions import answers_without
from services.matching.domain.participant import Participant
from services.matching.domain.person import Person
from shared.kernel.clock import Clock
from shared.kernel.errors import NotFound


@dataclass(frozen=True)
class Forgetting:
    """Everything may be done twice; the person goes last, because the name finds the rest."""

    people: People
    pairs: Pairs
    circles: Circles
    applications: Applications
    imports: Imports
    directory_files: DirectoryFiles
    runs: Runs
    trials: Trials
    readiness: Readiness
    rulings: Rulings
    settling: Settling
    stepping_ups: SteppingUps
    renewals: Renewals
    saved_views: SavedViews
    hr: HrChanges
    parked: ParkedNews
    dotted: DottedLines
    names: ErasedNames
    clock: Clock

    def has_left(self, person_id: str) -> bool:
        """Lets them leave, and says whether everything that follows from it is done, and nobody reads who takes part:
        who began before they left would name them afterwards."""
        person = self.people.get(person_id)
        if not person.has_left:
            self.people.leave(person_id)
            return False
        self.applications.end(person_id)
        waiting = bool(self.pairs.unfinished_of(person_id)) or bool(self.circles.seats_of(person_id))
        waiting = waiting or self.settling.unfinished_of(person_id)
        waiting = waiting or not self.applications.has_ended(person_id)
        waiting = waiting or self.runs.solves() or self.trials.solves() or self.readiness.counts()
        return not waiting and self.pairs.participants.has_ended(person_id)

    def forget(self, person_id: str) -> dict[str, int]:
        """What was erased, by kind."""
        try:
            person = self.people.get(person_id)
        except NotFound:
            return {}
        names = self.people.names_of(person)
        if is_first := person.directory_id != _nobody(person_id):
            self.names.keep(names)  # before dead letters are looked through, so that no further one names them
        counts = {"endorsements": Steps(self.applications).forget(person_id),
                  "applications": self.applications.forget(person_id), "participants": self._forget_answers(person),
                  "mentions": self._forget_mentions(person, names),
                  "import_rows": self.imports.forget(names),
                  "directory_rows": self.directory_files.forget(names),
                  "proposals": self.runs.forget(person_id) + self.trials.forget(person_id),
                  "concerns": self.readiness.forget(person_id),
                  "partings": self.pairs.forget(person_id), "requests": self.settling.forget(person_id),
                  "stepping_ups": self.stepping_ups.forget(person_id),
                  "renewals": self.renewals.forget(person_id),
                  "hr_news": self.hr.forget(person_id, names),
                  "dead_letters": self.parked.forget(person_id, names),
                  "views": self.saved_views.forget(person_id, {person.details.name, *person.formerly_called, *names}),
                  "ticks": self.pairs.programmes.forget(person_id), "dotted_lines": self.dotted.forget(person_id),
                  "people": 1}
        if is_first:
            self.people.store.change(person_id, lambda one: one.erase(_nobody(person_id), self.clock.now()))
        return counts

    def remove(self, person_id: str) -> None:
        """What is left of the person; gone already is no error. Raises Busy while its events wait to be published."""
        self.rulings.forget(person_id)
        with suppress(NotFound):
            self.people.store.delete(person_id)

    def _forget_answers(self, person: Person) -> int:
        store = self.pairs.participants.store
        ids = [one.id for one in store.each({"person_id": person.id})]
        for one in ids:
            store.change(one, Participant.forget)
        return len(ids)

    def _forget_mentions(self, person: Person, names: set[str]) -> int:
        """Whom others call their manager, sponsor, wish or exclusion."""
        hers = {person.id, *names}
        reports = self.people.naming(hers)
        for one in reports:
            self.people.store.change(one, lambda other: other.unname(hers, self.clock.now()))
        return len(reports) + self._forget_wishes(names) + self.applications.forget_named(names)

    def _forget_wishes(self, names: set[str]) -> int:
        store = self.pairs.participants.store
        found = answers_naming(store, self.pairs.programmes.ids(), names)
        for one in found:
            store.change(one, lambda other: other.forget_others(answers_without(other.answers, names)))
        return len(found)


def _nobody(person_id: str) -> str:
    return f"erased/{person_id}"
