"""Processes forked from a warm parent that has opened nothing: started, killed, and started again."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NoReturn

from shared.kernel.errors import Unavailable
from tests.fault.service import ROLES, World

Role = tuple[str, str]
"""web or worker, and of which service."""
AWAY = 75
"""The exit status of who could not begin because a server was away."""


def fork(body: Callable[[], object]) -> int:
    """The id of a child that does this and nothing else, and takes no last words with it."""
    child = os.fork()
    return child or _be(body)


def _be(body: Callable[[], object]) -> NoReturn:
    try:
        body()
    except Unavailable:
        os._exit(AWAY)
    except BaseException:  # noqa: BLE001 - the child's end: its exit status says it
        os._exit(1)
    os._exit(0)


def kill(process: int) -> None:
    """kill -9, and waits until it is gone."""
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.waitpid(process, 0)


@dataclass
class Crew:
    """Everybody who may be killed. `deaths` keeps who was killed when, on the machine's own clock; `crashes` who ended
    without being killed, and not for a server that was away."""

    world: World
    alive: dict[Role, int] = field(default_factory=dict)
    orders: dict[Role, str] = field(default_factory=dict)
    deaths: list[tuple[float, Role]] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)

    def start(self, role: Role, order: str = "") -> None:
        """A fresh one; `order` is a named point at which it will be killed."""
        kind, service = role
        self.orders[role] = order
        self.alive[role] = fork(lambda: ROLES[kind](self.world, service, order))

    def kill(self, role: Role) -> None:
        """kill -9 now, and a fresh one in its place."""
        self.end(role)
        self.start(role)

    def end(self, role: Role) -> None:
        kill(self.alive.pop(role))
        self.deaths.append((time.monotonic(), role))

    def killed_itself(self, role: Role) -> bool:
        """Whether its point was reached; who ended for another reason is started again under the same order."""
        found, status = os.waitpid(self.alive[role], os.WNOHANG)
        if not found:
            return False
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
            self.deaths.append((time.monotonic(), role))
            return True
        self._start_again(role, os.waitstatus_to_exitcode(status))
        return False

    def _start_again(self, role: Role, status: int) -> None:
        """As whoever runs it would."""
        if status != AWAY:
            self.crashes.append(f"{' '.join(role)} ended by itself with {status}")
        self.start(role, self.orders[role])

    def mend(self) -> None:
        """Starts again who is no more."""
        for role in list(self.alive):
            if self.killed_itself(role):
                self.start(role)

    def end_all(self) -> None:
        for role in list(self.alive):
            self.end(role)
