"""From mentee to mentor: who is asked, with what is known already, and how many come."""

from contextlib import suppress
from dataclasses import dataclass

from services.matching.application.applications import Applications
from services.matching.contracts.participants import Role
from services.matching.domain.answering import Answers
from services.matching.domain.application import ANSWERED_YES, UNDER_WAY
from services.matching.domain.participant import application_id
from services.matching.domain.stepping_up import SteppingUp, StepState, stepping_up_id
from shared.kernel.clock import Clock
from shared.kernel.errors import AlreadyExists, NotFound
from shared.kernel.events import Cause
from shared.store.repository import Repository


@dataclass(frozen=True, kw_only=True)
class Conversion:
    """Mentees of a programme who were asked, and those of them who applied, and who are mentors, in any programme."""

    invited: int
    applied: int
    mentors: int


@dataclass(frozen=True)
class SteppingUps:
    """All of it may be asked for twice."""

    store: Repository[SteppingUp]
    applications: Applications
    clock: Clock

    def invite(self, programme_id: str, person_id: str, cause: Cause) -> None:
        """Once a programme; whoever left, or is a mentor or about to be one, is not asked."""
        if self.applications.is_here(person_id) and not self._is_on_the_way(programme_id, person_id):
            with suppress(AlreadyExists):
                self.store.add(SteppingUp.invite(programme_id, person_id, self.clock.now()), cause=cause)

    def applied(self, person_id: str) -> None:
        """To be a mentor, wherever."""
        self._come(person_id, StepState.APPLIED)

    def became_mentor(self, programme_id: str, person_id: str) -> None:
        """Whoever was asked to is supported in the new role."""
        if self._come(person_id, StepState.MENTOR):
            its = application_id(programme_id, person_id, Role.MENTOR)
            self.applications.participants.store.change(its, lambda one: one.step_up(self.clock.now()))

    def refuse(self, programme_id: str, person_id: str) -> SteppingUp:
        """Raises NotFound."""
        return self.store.change(stepping_up_id(programme_id, person_id), SteppingUp.refuse)

    def waiting_of(self, person_id: str) -> list[SteppingUp]:
        """What they have not answered yet."""
        return list(self.store.each({"person_id": person_id, "state": StepState.INVITED}))

    def known_answers(self, one: SteppingUp) -> Answers:
        """What they said as a mentee."""
        mentee = application_id(one.programme_id, one.person_id, Role.MENTEE)
        with suppress(NotFound):
            return self.applications.participants.get(mentee).answers
        return {}

    def conversion(self, programme_id: str) -> Conversion:
        states = self.store.count_by({"programme_id": programme_id}, "state")
        mentors = states.get(StepState.MENTOR, 0)
        return Conversion(invited=sum(states.values()), applied=states.get(StepState.APPLIED, 0) + mentors,
                          mentors=mentors)

    def forget(self, person_id: str) -> int:
        """How many there were."""
        ids = [one.id for one in self.store.each({"person_id": person_id})]
        for one in ids:
            self.store.change(one, SteppingUp.forget)
        return len(ids)

    def _come(self, person_id: str, state: StepState) -> int:
        ids = [one.id for one in self.store.each({"person_id": person_id})]
        for one in ids:
            self.store.change(one, lambda step: step.come(state))
        return len(ids)

    def _is_on_the_way(self, programme_id: str, person_id: str) -> bool:
        """In any programme; here whatever became of an application before."""
        if self.applications.store.exists(application_id(programme_id, person_id, Role.MENTOR)):
            return True
        return self.applications.participants.has_part(person_id, Role.MENTOR) or any(
            one.role is Role.MENTOR and one.state in (*UNDER_WAY, *ANSWERED_YES)
            for one in self.applications.of_person(person_id))
