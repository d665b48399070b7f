"""Turns and locks that the kernel gives back at once when their holder dies, however it dies."""

import fcntl
from contextlib import suppress
from typing import IO


class ProcessLock:
    """One process at a time.

    SQLite's own waiting is not fair: with it the unluckiest writer waits fifty times longer.
    """

    def __init__(self, path: str) -> None:
        self._file: IO[str] = open(path, "a")  # noqa: SIM115 - held as long as the store

    def take(self) -> None:
        """Waits until no other process has it."""
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def give_back(self) -> None:
        fcntl.flock(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        self._file.close()


class Turn:
    """One holder at a time among all processes: who relays, who consumes a group."""

    def __init__(self, path: str) -> None:
        self._file: IO[str] = open(path, "a")  # noqa: SIM115 - held as long as the turn
        self._mine = False

    def mine(self) -> bool:
        """Whether it is ours now; takes it when it is free."""
        if not self._mine:
            with suppress(BlockingIOError):
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._mine = True
        return self._mine

    def close(self) -> None:
        """Gives it back."""
        self._mine = False
        self._file.close()
