"""The built-in mailbox: every mail that was sent, kept whole. For the standalone default only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.kernel.aggregate import Aggregate
from shared.store.repository import Found, Repository


@dataclass(kw_only=True)
class SentMail(Aggregate):
    """A mail as it would have gone over the wire; the id is the message's, so a mail sent twice is here once."""

    person_id: str | None
    to: str
    subject: str
    sent_at: datetime
    raw: str


@dataclass(frozen=True)
class Mailbox:
    """Looking at sent mails, the newest first."""

    store: Repository[SentMail]

    def page(self, where: Mapping[str, str], limit: int, after: tuple[Any, str] | None) -> Found[SentMail]:
        """Those to one person or one address, or all."""
        return self.store.find(where, "sent_at", limit=limit, after=after, descending=True)

    def get(self, id: str) -> SentMail:
        """Raises NotFound."""
        return self.store.get(id)
