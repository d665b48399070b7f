"""Where mails go when there is no mail server: into this house's own mailbox."""

from contextlib import suppress
from dataclasses import dataclass

from services.notifications.adapters.mime import as_mime
from services.notifications.application.mailbox import SentMail
from services.notifications.application.ports import Mail, Refused
from shared.kernel.errors import AlreadyExists
from shared.store.repository import Repository

NOWHERE = ".invalid"
"""Domains that exist nowhere, by RFC 2606: no mail server takes mail for them, and neither does this one."""


@dataclass(frozen=True)
class MailboxPost:
    """Keeps every mail whole. Delivering twice after a crash finds the first copy there."""

    store: Repository[SentMail]
    sender: str

    def send(self, mail: Mail) -> None:
        """Raises Refused."""
        if mail.to.address.casefold().endswith(NOWHERE):
            raise Refused("recipient-refused")
        raw = as_mime(mail, self.sender).as_bytes().decode("ascii")
        sent = SentMail(id=mail.id, person_id=mail.person_id, to=mail.to.address, subject=mail.text.subject,
                        sent_at=mail.at, raw=raw)
        with suppress(AlreadyExists):
            self.store.add(sent)
