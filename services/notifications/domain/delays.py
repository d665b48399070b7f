"""How long a message waits: for its sender, and after a fault."""

from datetime import timedelta
from hashlib import sha256

LEASE = timedelta(minutes=10)
"""How long a claimed message belongs to its sender: longer than every time-out of one SMTP dialogue together."""
_FIRST, _LONGEST = timedelta(minutes=1), timedelta(hours=1)


def pause_after(tries: int, id: str) -> timedelta:
    """1, 2, 4 … minutes, an hour at most, each a quarter more or less.

    The jitter is derived from the id: a thousand mails refused together come back one by one, and a test can tell when.
    """
    pause = min(_FIRST * (1 << min(tries - 1, 10)), _LONGEST)
    return pause * (0.75 + 0.5 * _part_of_one(f"{id} {tries}"))


def _part_of_one(text: str) -> float:
    return int.from_bytes(sha256(text.encode()).digest()[:4], "big") / 2**32
