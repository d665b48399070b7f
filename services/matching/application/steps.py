"""The optional steps of applications: what coordinators note of an interview, and whom they ask for an endorsement."""

from collections.abc import Callable
from dataclasses import dataclass

from services.matching.application.applications import Applications
from services.matching.domain.application import Application
from services.matching.domain.steps import ApplicationStep, Interview, NoEndorser, NotAsked
from shared.kernel.events import Cause


@dataclass(frozen=True)
class Steps:
    """What may be done about them while an application waits for its answer."""

    applications: Applications

    def asked(self, one: Application) -> tuple[ApplicationStep, ...]:
        """What its programme asks for in this role."""
        return self.applications.programmes.get(one.programme_id).plan.steps_of(one.role)

    def note_interview(self, application_id: str, interview: Interview) -> Application:
        """Raises NotAsked, WrongState, NotHeldYet."""
        now = self.applications.clock.now()
        return self._change(application_id, ApplicationStep.INTERVIEW, lambda one: one.note_interview(interview, now))

    def ask(self, application_id: str, endorser_id: str | None) -> Application:
        """The line manager, unless somebody is named. Raises NotAsked, WrongState, NoEndorser, EndorsementUnderWay."""
        def decide(one: Application) -> None:
            one.ask_endorsement(self._endorser(one, endorser_id), self.applications.clock.now())
        return self._change(application_id, ApplicationStep.ENDORSEMENT, decide)

    def waiting_of(self, person_id: str) -> list[Application]:
        """Those about which this person is asked and has not answered."""
        return [one for one in self._about(person_id) if one.waits_for_endorser]

    def endorse(self, application_id: str, endorsed: bool, note: str) -> Application:
        """Raises WrongState."""
        return self.applications.store.change(
            application_id, lambda one: one.endorse(endorsed, note, self.applications.clock.now()))

    def manager_of(self, one: Application) -> str | None:
        """Who could be asked without being named."""
        person = self.applications.people.known([one.person_id]).get(one.person_id)
        manager_id = person.details.manager_id if person else ""
        return manager_id if manager_id and self.applications.is_here(manager_id) else None

    def end(self, person_id: str, cause: Cause) -> None:
        """Whoever left the organisation is not waited for: somebody else may be asked."""
        for one in self.waiting_of(person_id):
            self.applications.store.change(
                one.id, lambda application: application.stop_asking(self.applications.clock.now()), cause=cause)

    def forget(self, person_id: str) -> int:
        """What somebody wrote about others; how many they were asked about."""
        found = self._about(person_id)
        for one in found:
            self.applications.store.change(one.id, Application.forget_endorser)
        return len(found)

    def _about(self, person_id: str) -> list[Application]:
        return list(self.applications.store.each({"endorsement.endorser_id": person_id}))

    def _endorser(self, one: Application, named: str | None) -> str:
        if named is None:
            found = self.manager_of(one)
            if found is None:
                raise NoEndorser("the directory names no line manager who is here: name somebody")
            return found
        if not self.applications.is_here(named):
            raise NoEndorser("nobody here has this id")
        return named

    def _change(self, application_id: str, step: ApplicationStep, decide: Callable[[Application], None]) -> Application:
        if step not in self.asked(one := self.applications.get(application_id)):
            raise NotAsked(f"programme {one.programme_id} asks for no {step} of a {one.role}")
        return self.applications.store.change(application_id, decide)
