"""What the two of a pair agree on."""

from dataclasses import dataclass
from datetime import datetime

from shared.kernel.errors import Invalid


class BadTerms(Invalid):
    """What the two write down cannot be."""

    code = "bad-terms"


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What the two agreed on; `ends_on` is an ISO date."""

    meetings_every_days: int
    ends_on: str | None = None
    confidentiality: str | None = None
    boundaries: str | None = None

    def require_ahead(self, at: datetime) -> None:
        """Raises BadTerms: who has begun does not agree on an end that is over."""
        if self.ends_on and self.ends_on < at.date().isoformat():
            raise BadTerms("the two end on a day from today on, or on none that they know yet")
