"""Where mails go when there is no mail server: into this house's own mailbox."""

from contextlib import suppress
from dataclasses import dataclass

from services.notifications.adapters.mime import as_mime
from services.notifications.application.mailbox import SentMail
from services.notifications.application.ports import Mail
from shared.kernel.errors import AlreadyExists
from shared.store.repository import Repository


@dataclass(frozen=True)
class MailboxPost:
    """Keeps every mail whole. Delivering twice after a crash finds the first copy there."""

    store: Repository[SentMail]
    sender: str

    def send(self, mail: Mail) -> None:
        raw = as_mime(mail, self.sender).as_bytes().decode("ascii")
        sent = SentMail(id=mail.id, person_id=mail.person_id, to=mail.to.address, subject=mail.text.subject,
                        sent_at=mail.at, raw=raw)
        with suppress(AlreadyExists):
            self.store.add(sent)
