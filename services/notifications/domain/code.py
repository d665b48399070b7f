"""One-click codes: 128 bits in a mail's link, of which only a fingerprint is kept."""

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from services.notifications.domain.letters import Purpose
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import NotFound

KEPT = timedelta(days=30)
"""After its subject has closed a code is still known so long, so that its page can say "closed"."""
REFUSAL = "no such code"


def make_code(secret: bytes, message_id: str, purpose: Purpose) -> str:
    """22 characters. The same message always gets the same code: a mail sent twice carries the same link."""
    digest = hmac.digest(secret, f"{purpose}\x1f{message_id}".encode(), "sha256")
    return urlsafe_b64encode(digest[:16]).decode("ascii").rstrip("=")


def fingerprint(code: str) -> str:
    """What is kept of a code: enough to recognise it, not to make it."""
    return sha256(code.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(kw_only=True)
class Code(Aggregate):
    """What a code lets its holder do; the id is its fingerprint."""

    purpose: Purpose
    subject_id: str
    person_id: str
    pair_id: str
    attempt: int
    closes_at: datetime
    expires_at: datetime

    def require(self, now: datetime, purpose: str | None) -> None:
        """Raises the one refusal, whatever is wrong: a guesser learns nothing."""
        if now >= self.expires_at or purpose not in (None, self.purpose):
            raise NotFound(REFUSAL)
