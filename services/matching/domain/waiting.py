"""Waiting: whoever was left out in more rounds comes first, then whoever has waited longer."""

from datetime import datetime

from services.matching.domain.matchmaking.terms import Waited
from shared.kernel.clock import iso

COLUMN = "rounds_waited"
"""In which the rules find how often a mentee stayed without a mentor."""

WAITED = "waited"
PERCENT, ROUNDS = 15, 3
"""What waiting adds at most, of the best score there can be, and after how many rounds: 5 % each."""


def turn(rounds: int, since: datetime) -> str:
    """Sorts those who wait, the next one first."""
    return f"{999 - min(rounds, 999):03} {iso(since)}"


def waited(best: int) -> Waited:
    """The term that stands beside a programme's own."""
    return Waited(name=WAITED, mentor="", mentee=COLUMN, points=best * PERCENT // 100, rounds=ROUNDS)
