"""What the two of a pair agree on."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What the two agreed on; `ends_on` is an ISO date."""

    meetings_every_days: int
    ends_on: str | None = None
    confidentiality: str | None = None
    boundaries: str | None = None
