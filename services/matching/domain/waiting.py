"""Waiting: whoever was left out in more rounds comes first, then whoever has waited longer."""

from dataclasses import dataclass
from datetime import datetime

from services.matching.domain.matchmaking.terms import Waited
from shared.kernel.aggregate import Aggregate
from shared.kernel.clock import iso

COLUMN = "rounds_waited"
"""In which the rules find how often a mentee stayed without a mentor."""

WAITED = "waited"
PERCENT, ROUNDS = 15, 3
"""What waiting adds at most, of the best score there can be, and after how many rounds: 5 % each."""


def turn(rounds: int, since: datetime) -> str:
    """Sorts those who wait, the next one first."""
    return f"{999 - min(rounds, 999):03} {iso(since)}"


@dataclass(kw_only=True)
class InLine(Aggregate):
    """The part of a participant that says how a mentee waited: `rounds` for a mentor since `waits_since`, and next by
    `turn`; empty: waits not."""

    rounds: int = 0
    waits_since: datetime | None = None
    turn: str = ""

    def stay_alone(self, at: datetime) -> None:
        """A round of matching found no mentor."""
        self.wait_on(self.rounds + 1, self.waits_since or at)

    def wait_on(self, rounds: int, since: datetime | None) -> None:
        """So many rounds have passed by; none is no wait yet."""
        self.rounds, self.waits_since = rounds, since
        self.turn = turn(rounds, since) if rounds and since else ""

    def wait_no_more(self) -> None:
        self.wait_on(0, None)


def waited(best: int) -> Waited:
    """The term that stands beside a programme's own."""
    return Waited(name=WAITED, mentor="", mentee=COLUMN, points=best * PERCENT // 100, rounds=ROUNDS)
