"""Named instants of the work at which a fault run kills the process: the worst moments, reached for certain.

Off, a point costs one comparison. `ITHACA_KILL_AT=relay-after-ack:3` kills at the third time that point is reached.
"""

import os
import signal
from itertools import count

_at: str | None = None
_left = count()


def arm(order: str) -> None:
    """`name:times`; nothing for an empty order. Raises ValueError."""
    global _at, _left
    if order:
        name, _, times = order.partition(":")
        _at, _left = name, count(int(times or 1) - 1, -1)


def reached(name: str) -> None:
    """Ends the process as kill -9 does, without a last word, when this point is armed and its count is reached."""
    if _at is not None and name == _at and next(_left) == 0:
        os.kill(os.getpid(), signal.SIGKILL)


arm(os.environ.get("ITHACA_KILL_AT", ""))  # noqa: TID251 - a switch of fault runs, no setting of a service
