"""Forgets somebody: name and address, and every mail in the built-in mailbox that is to them, names them or is about
one of their pairs."""

from dataclasses import dataclass
from email import message_from_string, policy

from services.notifications.application.mailbox import SentMail
from services.notifications.contracts.erasures import ErasureCompleted
from services.notifications.domain.contact import Contact
from services.notifications.domain.message import Message
from shared.kernel.clock import Clock
from shared.kernel.errors import NotFound
from shared.kernel.events import Cause
from shared.store.receipts import Receipt, give_receipt
from shared.store.repository import Repository


@dataclass(frozen=True)
class Erasing:
    """Mails that have left are not ours to erase."""

    contacts: Repository[Contact]
    messages: Repository[Message]
    mailbox: Repository[SentMail]
    receipts: Repository[Receipt]
    clock: Clock

    def erase(self, person_id: str, cause: Cause) -> None:
        """The contact goes last: its name finds the mails, also after a crash in between."""
        counts = {"mails": self._erase_mails(person_id), "messages": self._erase_faults(person_id),
                  "contacts": self._erase_contact(person_id)}
        told = ErasureCompleted(person_id=person_id, service="notifications", counts=counts)
        give_receipt(self.receipts, person_id, counts, told, self.clock.now(), cause)

    def _erase_mails(self, person_id: str) -> int:
        names, about = self._names(person_id), self._about(person_id)
        found = [one.id for one in self.mailbox.each({})
                 if one.person_id == person_id or one.id in about or _mentions(one, names)]
        for one in found:
            self.mailbox.delete(one)
        return len(found)

    def _names(self, person_id: str) -> set[str]:
        try:
            contact = self.contacts.get(person_id)
        except NotFound:
            return set()
        return set() if contact.erased else {contact.name, contact.email, *contact.borne} - {""}

    def _about(self, person_id: str) -> set[str]:
        """Messages about their pairs: by a first name they name them, too."""
        pairs = {one.pair_id for field in ("person_id", "partner_id") for one in self.messages.each({field: person_id})}
        return {one.id for pair in pairs - {""} for one in self.messages.each({"pair_id": pair})}

    def _erase_faults(self, person_id: str) -> int:
        ids = [one.id for one in self.messages.each({"person_id": person_id})]
        for one in ids:
            self.messages.change(one, _forget)
        return len(ids)

    def _erase_contact(self, person_id: str) -> int:
        try:
            self.contacts.change(person_id, lambda contact: contact.erase())
        except NotFound:
            return 0
        return 1


def _forget(message: Message) -> None:
    message.faults, message.answered = [], []


def _mentions(mail: SentMail, names: set[str]) -> bool:
    read = message_from_string(mail.raw, policy=policy.default)
    parts = [str(read["subject"]), *(str(part.get_content()) for part in read.walk() if part.get_content_type()
                                     in ("text/plain", "text/html", "text/calendar"))]
    return any(name in text for name in names for text in (mail.to, mail.subject, *parts))
