"""Why another mentor is wished for: between whoever says it and the coordinators."""

from dataclasses import dataclass, replace
from enum import StrEnum

from shared.kernel.errors import Invalid


class NeedsReason(Invalid):
    """A pair that goes on ends for another mentor only with a reason."""

    code = "rematch-needs-reason"


class PartingReason(StrEnum):
    """What did not go well, or what has changed."""

    NO_FIT = "no-fit"
    NO_TIME = "no-time"
    NO_CONTACT = "no-contact"
    OTHER_GOALS = "other-goals"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Parting:
    """Neither the other side nor any event learns of it. `by`: whoever said it."""

    reason: PartingReason
    note: str = ""
    by: str = ""

    def without(self, person_id: str) -> "Parting":
        """Texts about somebody who is erased go, and so does who said it."""
        return replace(self, note="", by="" if self.by == person_id else self.by)
