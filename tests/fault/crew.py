"""Processes forked from a warm parent that has opened nothing: started, killed, and started again."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NoReturn

from tests.fault.service import ROLES, World

Role = tuple[str, str]
"""web or worker, and of which service."""


def fork(body: Callable[[], object]) -> int:
    """The id of a child that does this and nothing else, and takes no last words with it."""
    child = os.fork()
    return child or _be(body)


def _be(body: Callable[[], object]) -> NoReturn:
    try:
        body()
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
    """Everybody who may be killed. `deaths` keeps who died when, on the machine's own clock."""

    world: World
    alive: dict[Role, int] = field(default_factory=dict)
    deaths: list[tuple[float, Role]] = field(default_factory=list)

    def start(self, role: Role, order: str = "") -> None:
        """A fresh one; `order` is a named point at which it will be killed."""
        kind, service = role
        self.alive[role] = fork(lambda: ROLES[kind](self.world, service, order))

    def kill(self, role: Role) -> None:
        """kill -9 now, and a fresh one in its place."""
        self.end(role)
        self.start(role)

    def end(self, role: Role) -> None:
        kill(self.alive.pop(role))
        self.deaths.append((time.monotonic(), role))

    def killed_itself(self, role: Role) -> bool:
        """Whether its point was reached; who ended for another reason, a store that is away, is started again."""
        found, status = os.waitpid(self.alive[role], os.WNOHANG)
        if not found:
            return False
        self.deaths.append((time.monotonic(), role))
        return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL

    def mend(self) -> None:
        """Starts again who ended without being killed, as whoever runs it would."""
        for role, process in list(self.alive.items()):
            if os.waitpid(process, os.WNOHANG)[0]:
                self.deaths.append((time.monotonic(), role))
                self.start(role)

    def end_all(self) -> None:
        for role in list(self.alive):
            self.end(role)
