"""Who can be written to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.notifications.application.ports import Happening
from services.notifications.domain.contact import Card, Contact, ContactState
from shared.kernel.clock import parse
from shared.kernel.errors import AlreadyExists
from shared.store.repository import Repository


@dataclass(frozen=True)
class Contacts:
    """People as matching tells of them."""

    store: Repository[Contact]

    def learn(self, card: Card, cause: Happening) -> Contact:
        """The newest of a person wins, whichever of their events comes first."""
        at = parse(cause.time)
        if not self.store.exists(card.person_id):
            try:
                return self.store.add(Contact.of(card, at), cause=cause)
            except AlreadyExists:
                pass
        return self.store.change(card.person_id, lambda contact: contact.learn(card, at), cause=cause)

    def refused(self, person_id: str, cause: Happening) -> Contact:
        """The person's address refused a message for good."""
        at = parse(cause.time)
        return self.store.change(person_id, lambda contact: contact.refused(at), cause=cause)

    def believe(self, person_id: str, at: datetime) -> Contact:
        """The address is to be tried again. Raises MailArrives."""
        return self.store.change(person_id, lambda contact: contact.believe(at))

    def get(self, person_id: str) -> Contact:
        """Raises NotFound: the event that tells of the person may be on its way."""
        return self.store.get(person_id)

    def unreachable(self, person_ids: Sequence[str]) -> list[str]:
        """Those of these whose address takes no mail at present; whoever has left is written to no more."""
        return [one.id for one in self.store.get_many(person_ids)
                if not one.reachable and one.state is not ContactState.LEFT]

    def known(self, person_ids: Sequence[str]) -> list[str]:
        """Those of these who are in the directory: whoever makes a programme need not be."""
        return [one for one in person_ids if self.store.exists(one)]
