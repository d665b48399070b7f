"""New weights of an Ideal Mentor Profile score every application of a mentor anew. A job: 200 a tick."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.kernel.aggregate import Aggregate
from shared.kernel.ids import derived_id


class ScoringState(StrEnum):
    """Whether all applications have been looked at."""

    RUNNING = "running"
    DONE = "done"


def scoring_id(programme_id: str, number: int) -> str:
    """Of the job that follows this change of the profile."""
    return derived_id("scoring", programme_id, str(number))


@dataclass(kw_only=True)
class Scoring(Aggregate):
    """`cursor` is the last application that was looked at, `looked_at` how many there were so far."""

    programme_id: str
    number: int
    state: ScoringState = ScoringState.RUNNING
    cursor: str = ""
    looked_at: int = 0

    @classmethod
    def begin(cls, programme_id: str, number: int, at: datetime) -> "Scoring":
        job = cls(id=scoring_id(programme_id, number), programme_id=programme_id, number=number)
        job.set_timer("some", at)
        return job

    def on_some(self, now: datetime) -> None:
        """The next ones; the timer stands until all are done, so that a crash repeats them."""
        self.set_timer("some", now)

    def move_on(self, after: str, looked_at: list[str]) -> None:
        """These came `after` that one; nobody did: all are done. A repeat changes nothing."""
        if self.cursor != after:
            return
        if looked_at:
            self.cursor, self.looked_at = looked_at[-1], self.looked_at + len(looked_at)
        else:
            self.state = ScoringState.DONE
            self.clear_timer("some")
