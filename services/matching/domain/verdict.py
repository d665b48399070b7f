"""What a coordinator says to an application, and what such a word needs."""

from dataclasses import dataclass
from enum import StrEnum

from services.matching.contracts.applications import ApplicationState
from shared.kernel.errors import Invalid, WrongState

MOST_CHARACTERS = 2000


class Outcome(StrEnum):
    """What a coordinator says to an application."""

    APPROVE = "approve"
    WAIT = "wait"
    DECLINE = "decline"


AFTER = {Outcome.APPROVE: ApplicationState.APPROVED, Outcome.WAIT: ApplicationState.WAITING,
         Outcome.DECLINE: ApplicationState.DECLINED}
"""What becomes of the application."""


class DeclineReason(StrEnum):
    """Why not. Coordinators see it; the person does not."""

    NO_PLACES = "no-places"
    NOT_FOR_THEM = "not-for-them"
    NOT_ELIGIBLE = "not-eligible"
    TOO_LATE = "too-late"
    INCOMPLETE = "incomplete"
    OTHER = "other"


class ChangedSince(WrongState):
    """What is to be decided is not what was read: it was sent anew since."""

    code = "changed-since"


class OwnApplication(WrongState):
    """Whoever is in charge has applied: somebody else decides about it."""

    code = "own-application"


class NoReason(Invalid):
    """Whoever is declined is declined for a reason, and nobody else is."""

    code = "no-reason"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What was decided, by whom, in which decision. `text` is between coordinators, and so is `without`: why somebody
    is approved though a step that the programme asks for is open."""

    decision_id: str
    outcome: Outcome
    by: str
    reason: DeclineReason | None = None
    text: str = ""
    without: str = ""

    def require_sound(self) -> None:
        """Raises NoReason."""
        declined = self.outcome is Outcome.DECLINE
        if declined and self.reason is None:
            raise NoReason(f"to decline takes a reason: one of {', '.join(DeclineReason)}")
        if not declined and (self.reason or self.text):
            raise NoReason("only who declines gives a reason")
        if self.without and self.outcome is not Outcome.APPROVE:
            raise NoReason("only who approves says why it goes without a step")
