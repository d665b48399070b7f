"""One-click links: made for a message, resolved for the portal."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.notifications.application.directory import Directory
from services.notifications.domain.code import KEPT, REFUSAL, Code, fingerprint, make_code
from services.notifications.domain.letters import Purpose
from services.notifications.domain.message import Message
from shared.kernel.clock import Clock
from shared.kernel.errors import AlreadyExists, NotFound
from shared.store.repository import Repository

UNTIL = timedelta(days=60)
"""How long a link works whose subject names no end."""


@dataclass(frozen=True, kw_only=True)
class Resolution:
    """What a code stands for. `open`: what it is for may still be done."""

    purpose: Purpose
    subject_id: str
    person_id: str
    attempt: int
    open: bool


@dataclass(frozen=True)
class Codes:
    """Codes by their fingerprints; `secret` makes them from the id of the message that carries them."""

    store: Repository[Code]
    directory: Directory
    secret: bytes
    clock: Clock

    def issue(self, message: Message, purpose: Purpose) -> str:
        """The code of this message: the same one each time, known before the mail that carries it leaves."""
        code = make_code(self.secret, message.id, purpose)
        with suppress(AlreadyExists):
            self.store.add(self._new(fingerprint(code), message, purpose))
        return code

    def _new(self, id: str, message: Message, purpose: Purpose) -> Code:
        closes_at: datetime = message.closes_at or message.queued_at + UNTIL
        code = Code(id=id, purpose=purpose, subject_id=message.about, person_id=message.recipient,
                    pair_id=message.pair_id or "", attempt=message.attempt, closes_at=closes_at,
                    expires_at=closes_at + KEPT)
        code.set_timer("forget", code.expires_at)
        return code

    def resolve(self, text: str, purpose: str | None = None) -> Resolution:
        """Raises NotFound, always the same one: forged, expired and for another purpose look alike."""
        try:
            code = self.store.get(fingerprint(text))
        except NotFound:
            raise NotFound(REFUSAL) from None
        code.require(self.clock.now(), purpose)
        return Resolution(purpose=code.purpose, subject_id=code.subject_id, person_id=code.person_id,
                          attempt=code.attempt, open=self._is_open(code))

    def _is_open(self, code: Code) -> bool:
        relationship = self.directory.relationship(code.pair_id)
        return self.clock.now() < code.closes_at and not relationship.is_over_for(code.person_id)

    def forget(self, id: str) -> None:
        """An expired code leaves nothing behind but its fingerprint's tombstone."""
        self.store.delete(id)
