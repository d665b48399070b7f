"""What mentors learn who do not have everything yet that their programme looks for."""

from dataclasses import dataclass

from services.community.application.copies import Copies
from services.community.domain.assignment import Assignment, AssignmentState, Trainee
from services.community.domain.module import Module, closing
from shared.kernel.clock import parse
from shared.kernel.errors import AlreadyExists
from shared.messaging.envelope import Received
from shared.store.repository import Repository


@dataclass(frozen=True, kw_only=True)
class Learner:
    """Who has which gaps, each with the code of the module that closes it; who left has none."""

    programme_id: str
    person_id: str
    role: str
    state: str
    training: list[tuple[str, str]]

    def needs(self) -> dict[str, tuple[Module, Trainee]]:
        """By the id of the assignment."""
        found = {} if self.state == "left" else dict(self.training)
        needed = ((closing(module), Trainee(programme_id=self.programme_id, person_id=self.person_id, role=self.role,
                                            gap=gap)) for gap, module in found.items())
        return {trainee.assignment_id(module): (module, trainee) for module, trainee in needed}


@dataclass(frozen=True)
class Gaps:
    """One assignment for each gap of a mentor."""

    store: Repository[Assignment]
    copies: Copies

    def follow(self, learner: Learner, cause: Received) -> None:
        """Assigns what is missing now, and withdraws what is not missing any more."""
        needed = learner.needs()
        for one in self._open_of(learner):
            if one.id not in needed:
                self.store.change(one.id, lambda assignment: assignment.withdraw(parse(cause.time)), cause=cause)
        for module, trainee in needed.values():
            self._assign(module, trainee, cause)

    def _assign(self, module: Module, trainee: Trainee, cause: Received) -> None:
        """Whoever had it before gets it again unless they have completed it. Raises NotFound before the programme is
        known."""
        zone, at = self.copies.zone(trainee.programme_id), parse(cause.time)
        try:
            self.store.add(Assignment.assign(module, trainee, zone, at), cause=cause)
        except AlreadyExists:
            self.store.change(trainee.assignment_id(module), lambda one: one.assign_again(zone, at), cause=cause)

    def _open_of(self, learner: Learner) -> list[Assignment]:
        found = self.store.each({"person_id": learner.person_id, "state": AssignmentState.ASSIGNED})
        return [one for one in found if one.gap and one.programme_id == learner.programme_id]
