"""Addresses that took no mail are tried again: when a coordinator wishes it, or the directory has another one."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.notifications.application.contacts import Contacts
from services.notifications.application.messages import UNDELIVERED, Messages
from services.notifications.application.ports import Happening
from services.notifications.domain.contact import Contact
from services.notifications.domain.message import Message
from shared.kernel.clock import Clock
from shared.kernel.errors import NotFound
from shared.store.documents import Where


@dataclass(frozen=True)
class Retrying:
    """A person's address is believed at once; what was in vain follows when that is heard."""

    messages: Messages
    contacts: Contacts
    clock: Clock

    def believe(self, programme_id: str, person_id: str) -> Contact:
        """Raises MailArrives, and NotFound for somebody to whom nothing of this programme was in vain."""
        if not self._in_vain({"programme_id": programme_id, "person_id": person_id}):
            raise NotFound("nobody whom a mail of this programme did not reach")
        return self.contacts.believe(person_id, self.clock.now())

    def again(self, person_id: str, cause: Happening) -> None:
        """Of each programme the last one that was in vain, unless it would only confuse by now."""
        for message in _last_of_each(self._in_vain({"person_id": person_id})):
            if message.is_worth_repeating(self.clock.now()):
                self.messages.queue(message.wish, cause)

    def _in_vain(self, whose: Where) -> list[Message]:
        return list(self.messages.store.each({**whose, "why": {"$in": list(UNDELIVERED)}}))


def _last_of_each(messages: Iterable[Message]) -> Iterable[Message]:
    """The newest of every programme."""
    return {one.programme_id: one for one in sorted(messages, key=lambda one: (one.queued_at, one.id))}.values()
