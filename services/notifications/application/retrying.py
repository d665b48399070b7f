"""Addresses that took no mail are tried again: when a coordinator wishes it, or the directory has another one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from services.notifications.application.composing import Composing
from services.notifications.application.messages import Messages, in_vain
from services.notifications.application.ports import Happening
from services.notifications.domain.contact import Contact, NothingToTry
from services.notifications.domain.letters import BY_DAY
from services.notifications.domain.message import Message
from services.notifications.domain.mornings import until_day
from shared.kernel.clock import Clock
from shared.kernel.errors import NotFound
from shared.store.documents import Where


@dataclass(frozen=True)
class Retrying:
    """A person's address is believed at once; what was in vain, and is not settled, follows when that is heard."""

    messages: Messages
    composing: Composing
    clock: Clock

    def believe(self, programme_id: str, person_id: str) -> Contact:
        """Raises MailArrives, NothingToTry, and NotFound for somebody to whom nothing of this programme was in
        vain."""
        whose: Where = {"programme_id": programme_id, "person_id": person_id}
        if not self.messages.store.count({**whose, **in_vain()}):
            raise NotFound("nobody whom a mail of this programme did not reach")
        contacts = self.composing.contacts
        if not contacts.get(person_id).reachable and not any(map(self._helps, _last_of_each(self._unsettled(whose)))):
            raise NothingToTry("no mail is left to try this address with")
        return contacts.believe(person_id, self.clock.now())

    def again(self, person_id: str, cause: Happening) -> None:
        """Of each programme the last one that was in vain, unless it would only confuse by now; what was to be said
        before it is never said. The last is settled last: a repeat of the event finds the same one."""
        unsettled = self._unsettled({"person_id": person_id})
        last = _last_of_each(unsettled)
        for message in unsettled:
            if message in last and self._helps(message):
                self.messages.repeat(message, cause, self._hold(message))
            else:
                self.messages.settle(message)

    def _helps(self, message: Message) -> bool:
        """Whether it would leave, but for the address, and not confuse."""
        return (message.is_worth_repeating(self.clock.now())
                and self.composing.obstacle(message) in (None, "unreachable"))

    def _hold(self, message: Message) -> timedelta:
        """Letters that come by day come so again."""
        if message.template not in BY_DAY or message.person_id is None:
            return timedelta()
        return until_day(self.clock.now(), self.composing.contacts.get(message.person_id).time_zone, message.person_id)

    def _unsettled(self, whose: Where) -> list[Message]:
        """The oldest first."""
        found = self.messages.store.each({**whose, **in_vain()})
        return sorted((one for one in found if not one.moot), key=lambda one: (one.queued_at, one.id))


def _last_of_each(messages: Iterable[Message]) -> list[Message]:
    """The newest of every programme, of those in order."""
    return [*{one.programme_id: one for one in messages}.values()]
