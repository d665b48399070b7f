"""What a coordinator has decided about two people of a programme: every run keeps them together, or apart."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.matching.contracts.internal import CoupleExcluded
from shared.kernel.aggregate import Aggregate
from shared.kernel.ids import derived_id


class RulingState(StrEnum):
    """What holds for the two in every run."""

    LOCKED = "locked"
    EXCLUDED = "excluded"
    LIFTED = "lifted"


def ruling_id(programme_id: str, mentor_id: str, mentee_id: str) -> str:
    """One for two people: they are never locked and excluded at once."""
    return derived_id("ruling", programme_id, mentor_id, mentee_id)


@dataclass(kw_only=True)
class Ruling(Aggregate):
    """`by` and `at` tell whose word the present state is, `note` why: it is between coordinators."""

    programme_id: str
    mentor_id: str
    mentee_id: str
    state: RulingState = RulingState.LIFTED
    by: str = ""
    at: datetime | None = None
    note: str = ""

    def rule(self, state: RulingState, by: str, at: datetime, note: str = "") -> None:
        """What holds already stays the word of whoever said it first."""
        if state is not self.state:
            self.state, self.by, self.at, self.note = state, by, at, note
            if state is RulingState.EXCLUDED:
                self.record(CoupleExcluded(ruling_id=self.id, programme_id=self.programme_id, mentor_id=self.mentor_id,
                                           mentee_id=self.mentee_id), at)

    def follow(self, by: str, at: datetime) -> None:
        """Locked by a swap at that time, unless somebody has said something else since."""
        if self._is_as_of(at):
            self.rule(RulingState.LOCKED, by, at)

    def give_way(self, by: str, at: datetime) -> None:
        """To another lock of the mentee; an exclusion stays, and so does what was said since."""
        if self.state is RulingState.LOCKED and self._is_as_of(at):
            self.rule(RulingState.LIFTED, by, at)

    def _is_as_of(self, at: datetime) -> bool:
        return self.at is None or self.at <= at
