"""Why a pair ends, or never began: between whoever says it and the coordinators, or nobody at all."""

from dataclasses import dataclass, replace
from datetime import datetime

from services.matching.contracts.closings import PartingReason
from services.matching.domain.choice import DeclineReason
from shared.kernel.errors import Invalid, WrongState


class NeedsReason(Invalid):
    """A pair that goes on ends for another mentor only with a reason."""

    code = "rematch-needs-reason"


class DeclineNeedsReason(Invalid):
    """One of the two who says no to a proposal says why."""

    code = "decline-needs-reason"


class NotTheirReason(Invalid):
    """A pair does not end so because somebody says it: the directory does, or a coordinator."""

    code = "reason-not-yours"


class PairNotBegun(WrongState):
    """What never began is not complete."""

    code = "pair-not-begun"


@dataclass(frozen=True, kw_only=True)
class Parting:
    """The other side does not learn of it, and the closings topic learns `reason` alone. `by`: whoever said it."""

    reason: PartingReason
    note: str = ""
    by: str = ""

    def without(self, person_id: str) -> "Parting":
        """Texts about somebody who is erased go, and so does who said it."""
        return replace(self, note="", by="" if self.by == person_id else self.by)


def parting_of(reason: PartingReason | None, note: str, by: str) -> Parting | None:
    """None: nothing was said."""
    return Parting(reason=reason, note=note, by=by) if reason else None


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Why one of the two said no to a proposal: their own, and counted with other refusals."""

    reason: DeclineReason
    note: str
    by: str
    at: datetime

    def without(self, person_id: str) -> "Refusal":
        """As of a parting: whoever said no keeps their own reason when the other one is erased."""
        return replace(self, note="", by="" if self.by == person_id else self.by)
