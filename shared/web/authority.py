"""Rules that rest on a copy of others' events hold only while the copy is fresh."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from shared.kernel.clock import Clock
from shared.kernel.errors import Unavailable
from shared.web.callers import Caller, Ids


class AuthorityStale(Unavailable):
    """The copy that says who may do this is too old to be trusted: nobody may, for now."""

    code = "authority-stale"


@dataclass(frozen=True)
class Fresh:
    """Says no when the copy has not caught up with the log within `within`; None: it never did.

    A rule in itself, or `check()` as the first line of one.
    """

    caught_up_at: Callable[[], datetime | None]
    clock: Clock
    within: timedelta = timedelta(seconds=60)

    def check(self) -> None:
        """Raises AuthorityStale."""
        caught_up_at = self.caught_up_at()
        if caught_up_at is None or self.clock.now() - caught_up_at > self.within:
            raise AuthorityStale("what this service knows about who may do what is being brought up to date")

    def __call__(self, _service: Any, _caller: Caller, _ids: Ids) -> None:
        self.check()
