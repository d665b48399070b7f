"""Tokens that counted a moment ago: a page asks many questions with one token, and a signature costs the most."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from shared.web.callers import Caller

KEEP = 30.0
"""Seconds until a token is checked anew: a key that its issuer took back counts no longer than that."""
MOST = 2_000


@dataclass
class CheckedTokens:
    """Who called with which token, for half a minute and never beyond the token's own end."""

    seconds: Callable[[], float] = time.time
    _known: dict[str, tuple[Caller, float]] = field(default_factory=dict, repr=False)

    def get(self, token: str) -> Caller | None:
        """The caller; None for a token that has to be checked."""
        caller, until = self._known.get(token, (None, 0.0))
        return caller if self.seconds() < until else None

    def keep(self, token: str, caller: Caller, end: float) -> None:
        """`end` is the moment, in seconds since 1970, when the token does not count any more."""
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[token] = caller, min(end, self.seconds() + KEEP)
