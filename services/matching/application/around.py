"""Who may apply, as far as the directory and the participants of a programme say."""

from typing import NamedTuple

from services.matching.contracts.participants import ParticipantState
from services.matching.domain.application import Application
from services.matching.domain.participant import Participant
from services.matching.domain.person import Person
from shared.kernel.errors import WrongState


class CannotApply(WrongState):
    """Takes part already."""

    code = "cannot-apply"


class NotHere(CannotApply):
    """Is not in the directory, or has left the organisation."""

    code = "not-in-directory"


class Around(NamedTuple):
    """People and participants, by id, as they were read at once."""

    people: dict[str, Person]
    participants: dict[str, Participant]

    def is_here(self, person_id: str) -> bool:
        return person_id in self.people and not self.people[person_id].has_left

    def require_here(self, person_id: str) -> None:
        """Raises NotHere."""
        if not self.is_here(person_id):
            raise NotHere("only people of the organisation can apply")

    def was_in(self, one: Application) -> bool:
        """Whether they took part and left. Raises CannotApply."""
        self.require_here(one.person_id)
        before = self.participants.get(one.id)
        if before and before.state is not ParticipantState.LEFT:
            raise CannotApply(f"takes part in this programme as {one.role} already")
        return before is not None
