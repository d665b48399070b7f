"""What happens to spaces: programmes open and archive them."""

from contextlib import suppress
from dataclasses import dataclass

from services.community.application.copies import Copies, ProgrammeFacts
from services.community.domain.space import Space, space_id
from shared.kernel.clock import parse
from shared.kernel.errors import AlreadyExists
from shared.messaging.envelope import Received
from shared.store.repository import Repository


@dataclass(frozen=True)
class Spaces:
    """One space a cohort."""

    store: Repository[Space]
    copies: Copies

    def open_for(self, programme_id: str, cause: Received) -> None:
        """The first pair opens it; those that follow find it there."""
        if not self.store.exists(space_id(programme_id)):
            with suppress(AlreadyExists):
                self.store.add(Space.for_cohort(programme_id, parse(cause.time)))

    def follow(self, programme: ProgrammeFacts, cause: Received) -> None:
        """Keeps what is known of the programme; the space of a closed one is archived."""
        self.copies.keep_programme(programme, cause)
        its = space_id(programme.programme_id)
        if programme.state == "closed" and self.store.exists(its):
            self.store.change(its, lambda one: one.archive(parse(cause.time)), cause=cause)

    def of_programme(self, programme_id: str) -> Space:
        return self.store.get(space_id(programme_id))
