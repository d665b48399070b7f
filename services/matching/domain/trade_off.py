"""What each objective would bring to the next run of a programme, side by side: figures alone."""

from dataclasses import dataclass, field
from datetime import datetime

from services.matching.domain.attempts import Cancelled, Progress
from services.matching.domain.looked import LEASE, Looked
from services.matching.domain.matchmaking.comparison import Outlook


@dataclass(frozen=True, kw_only=True)
class Foreseen:
    """`mentees` with room for a mentor, of whom `wishers` have wishes; `best` is the highest score a pair can have.
    `why`: code of what kept all of it from being solved."""

    mentees: int = 0
    wishers: int = 0
    best: int = 0
    outlooks: tuple[Outlook, ...] = ()
    why: str = ""


@dataclass(kw_only=True)
class TradeOff(Looked):
    """Counted when a coordinator asks for it. `found` is None until it was counted once."""

    found: Foreseen | None = None
    progress: Progress = field(default_factory=Progress)

    @classmethod
    def begin(cls, programme_id: str, at: datetime) -> "TradeOff":
        """Asked for, for the first time."""
        one = cls(id=programme_id)
        one.look(at)
        return one

    def advance(self, holder: str, progress: Progress, now: datetime) -> None:
        """Keeps the attempt alive. Raises Cancelled for one that was taken for dead."""
        if self.holder != holder or not self.counting:
            raise Cancelled(f"the trade-off of {self.id} is counted by another worker")
        self.progress = progress
        self.set_timer("count", now + LEASE)
