"""Sign-in sessions: kept here, named by an id in the cookie, revocable."""

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from shared.kernel.clock import Clock
from shared.kernel.ids import new_id

SIGN_IN = "sign-in"
"""What the cookie calls the id of the session."""


class Sessions(Protocol):
    """Where sign-ins are remembered."""

    def begin(self, record: dict[str, Any]) -> str: ...

    def find(self, session_id: str) -> dict[str, Any] | None: ...

    def change(self, session_id: str, record: dict[str, Any]) -> None: ...

    def end(self, session_id: str) -> None: ...


@dataclass
class SessionsInMemory:
    """For one process: a restart signs everybody out. The oldest go first when there are too many."""

    clock: Clock
    hours: float = 12
    most: int = 50_000
    _kept: dict[str, tuple[datetime, dict[str, Any]]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, record: dict[str, Any]) -> str:
        session_id = new_id()
        with self._lock:
            self._kept[session_id] = (self.clock.now() + timedelta(hours=self.hours), record)
            while len(self._kept) > self.most:
                del self._kept[next(iter(self._kept))]
        return session_id

    def find(self, session_id: str) -> dict[str, Any] | None:
        with self._lock:
            ends, record = self._kept.get(session_id, (None, None))
            if ends is not None and ends <= self.clock.now():
                del self._kept[session_id]
                return None
            return record

    def change(self, session_id: str, record: dict[str, Any]) -> None:
        with self._lock:
            if session_id in self._kept:
                self._kept[session_id] = (self._kept[session_id][0], record)

    def end(self, session_id: str) -> None:
        with self._lock:
            self._kept.pop(session_id, None)
