"""Applying: drafts that may be incomplete, submitted in time, and what becomes of them."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from services.matching.application.answers_naming import answers_naming
from services.matching.application.applied import Applied, is_by_score
from services.matching.application.around import Around
from services.matching.application.pairs import Pairs
from services.matching.application.participants import Participants
from services.matching.application.people import People
from services.matching.application.programmes import Programmes
from services.matching.contracts.applications import ApplicationState
from services.matching.contracts.pairs import Party
from services.matching.contracts.participants import ParticipantState, Role
from services.matching.domain.answering import Answers, Flaw, Questionnaire
from services.matching.domain.application import ANSWERED_YES, WAITING, Application
from services.matching.domain.mentions import answers_without
from services.matching.domain.programme import Programme
from shared.kernel.clock import Clock
from shared.kernel.errors import AlreadyExists, Busy, NotFound
from shared.kernel.events import Cause
from shared.store.documents import EVER
from shared.store.repository import Found, Repository


@dataclass(frozen=True)
class Applications:
    """What people may do with their applications."""

    store: Repository[Application]
    people: People
    pairs: Pairs
    clock: Clock

    def calls(self) -> list[Programme]:
        """Programmes that take applications now."""
        return [one for one in self.programmes.store.each({}) if one.takes_applications(self.clock.now())]

    def takes(self, programme_id: str) -> bool:
        """Whether people may apply there now. Raises NotFound."""
        return self.programmes.get(programme_id).takes_applications(self.clock.now())

    def get(self, application_id: str) -> Application:
        """Raises NotFound."""
        return self.store.get(application_id)

    def of_person(self, person_id: str) -> list[Application]:
        return list(self.store.each({"person_id": person_id}))

    def find(self, programme_id: str, limit: int, after: tuple[Any, str] | None, role: Role | None = None,
             state: ApplicationState | None = None, order: str = "") -> Found[Application]:
        """A page of those of a programme, the first submitted first; those who wait, the next first; mentors of one
        state by `score`, the best first. What was never submitted is the person's own."""
        chosen = {name: value for name, value in (("role", role), ("state", state)) if value}
        if state is ApplicationState.NOMINATED:
            return self.store.find({"programme_id": programme_id, **chosen}, limit=limit, after=after)
        if state and is_by_score(order, role, state):
            return self.applied.by_score(programme_id, state, limit, after)
        if state is ApplicationState.WAITING:
            return self.store.find({"programme_id": programme_id, **chosen}, "turn", limit=limit, after=after)
        where = {"programme_id": programme_id, "submitted_at": EVER, **chosen}
        return self.store.find(where, "submitted_at", limit=limit, after=after)

    def invited(self, programme_id: str, limit: int, after: tuple[Any, str] | None) -> Found[Application]:
        """A page of those who were ever invited, the first invited first, whatever became of it."""
        where = {"programme_id": programme_id, "invited_at": EVER}
        return self.store.find(where, "invited_at", limit=limit, after=after)

    def write(self, programme_id: str, person_id: str, role: Role, answers: Answers, code: str = "") -> Application:
        """Begins a draft, or changes it; `code` brought them. Raises NoApplications, CannotApply, BadAnswers,
        WrongState."""
        fresh = Application.begin(programme_id, person_id, role)
        asked, was_in = self._asked(fresh), self.was_in(fresh)
        with suppress(NotFound):
            return self.store.change(fresh.id, lambda one: one.write(answers, asked, was_in, code))
        fresh.write(answers, asked, was_in, code)
        try:
            return self.store.add(fresh)
        except AlreadyExists:
            raise Busy(f"application {fresh.id} is begun twice at once: try again") from None

    def submit(self, application_id: str) -> Application:
        """Raises NoApplications, CannotApply, BadAnswers naming every flaw, WrongState."""
        def decide(one: Application) -> None:
            asked, now = self._asked(one), self.clock.now()
            self.was_in(one)
            one.submit(asked, now)
            programme = self.programmes.get(one.programme_id)
            one.score(programme.profile, programme.profile_number, now)
        return self.store.change(application_id, decide)

    def withdraw(self, application_id: str) -> Application:
        """Raises WrongState, StillPaired: a pair ends for a reason of its own."""
        def decide(one: Application) -> None:
            self.pairs.require_alone(one.programme_id, Party(one.person_id, one.role))
            one.withdraw(self.clock.now())
        return self.store.change(application_id, decide)

    def confirm(self, application_id: str) -> Application:
        return self.store.change(application_id, lambda one: one.confirm(self.clock.now()))

    def flaws(self, one: Application) -> list[Flaw]:
        """What is missing or wrong in a draft, by the form as it is now."""
        return self._questionnaire(self.programmes.get(one.programme_id), one.role).flaws(one.answers)

    def admit(self, application_id: str, cause: Cause | None = None) -> None:
        """It was approved: makes the participant of it, or brings a former one back. Whoever withdrew or left just now
        is let go again, also when a crash came between the two."""
        if self._may_be_in(application_id):
            self.participants.admit(self.store.get(application_id), cause)
        self.withdrawn(application_id)

    def withdrawn(self, application_id: str) -> None:
        """Whoever takes part because of it does not any more, unless they were approved anew meanwhile."""
        if not self._may_be_in(application_id):
            self.participants.let_go(application_id)

    def end(self, person_id: str, cause: Cause | None = None) -> None:
        """Somebody left the organisation: nobody has to decide about them any more."""
        for one in self.of_person(person_id):
            if one.waits:
                self.store.change(one.id, lambda application: application.end(self.clock.now()), cause=cause)

    def end_of_programme(self, programme_id: str, cause: Cause | None = None) -> None:
        """A programme is over: whoever still waits for an answer gets a kind no, and what was never sent ends."""
        for one in self.store.each({"programme_id": programme_id, "state": {"$in": [*WAITING]}}):
            self.store.change(one.id, lambda application: application.run_out(self.clock.now()), cause=cause)

    def has_ended(self, person_id: str) -> bool:
        """Whether nothing waits for this person any more."""
        return not any(one.waits for one in self.of_person(person_id))

    def forget(self, person_id: str) -> int:
        """What somebody answered; how many applications there were."""
        found = self.of_person(person_id)
        for one in found:
            self.store.change(one.id, Application.forget)
        return len(found)

    def forget_named(self, names: set[str]) -> int:
        """Takes somebody out of the answers of others; how many named them."""
        found = answers_naming(self.store, self.programmes.ids(), names)
        for one in found:
            self.store.change(one, lambda other: other.forget_others(answers_without(other.answers, names)))
        return len(found)

    def _asked(self, one: Application) -> Questionnaire:
        programme = self.programmes.get(one.programme_id)
        programme.require_applications(self.clock.now())
        return self._questionnaire(programme, one.role)

    def _questionnaire(self, programme: Programme, role: Role) -> Questionnaire:
        return Questionnaire(programme.form, role, programme.plan.skills)

    def require_here(self, person_id: str) -> None:
        """Raises CannotApply."""
        Around(self.people.known([person_id]), {}).require_here(person_id)

    def is_here(self, person_id: str) -> bool:
        """Whether they are known and have not left the organisation."""
        return Around(self.people.known([person_id]), {}).is_here(person_id)

    def was_in(self, one: Application) -> bool:
        """Whether they took part and left. Raises CannotApply."""
        return self.around([one]).was_in(one)

    def left(self, several: Sequence[Application]) -> set[str]:
        """Those by which somebody took part who does no more."""
        known = self.participants.known(one.id for one in several if one.state in ANSWERED_YES)
        return {one.id for one in known.values() if one.state is ParticipantState.LEFT}

    def around(self, several: Sequence[Application]) -> Around:
        """What there is about those who apply, or are asked to, in a few reads."""
        return Around(self.people.known(one.person_id for one in several),
                      self.participants.known(one.id for one in several))

    def _may_be_in(self, application_id: str) -> bool:
        one = self.store.get(application_id)
        return one.state in ANSWERED_YES and self.is_here(one.person_id)

    @property
    def applied(self) -> Applied:
        """As coordinators look at them."""
        return Applied(self.store)

    @property
    def programmes(self) -> Programmes:
        return self.pairs.programmes

    @property
    def participants(self) -> Participants:
        return self.pairs.participants
