"""A server as a child process: it never outlives the tests, and can be killed and paused."""

import os
import random
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

PORTS = range(20_000, 32_000)
"""Below the range of outgoing connections, so that nobody takes a server's port while it is down."""

FAST_JVM = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Djava.awt.headless=true")


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    for port in random.sample(PORTS, 200):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("no free port on 127.0.0.1")


def _dies_with_us() -> list[str]:
    """A prefix that has the kernel kill the child when the thread that started it ends: start it in the main thread."""
    return ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []


class Child:
    """One process, started again and again with the same command."""

    def __init__(self, log_file: Path) -> None:
        self.log_file = log_file
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self, command: Sequence[str], ready: Callable[[], bool], timeout: float = 60.0) -> None:
        """Starts it and waits until `ready`. Raises RuntimeError with the end of its log."""
        if self.running:
            raise RuntimeError("already running")
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen([*_dies_with_us(), *command], stdin=subprocess.DEVNULL, stdout=log,
                                            stderr=log, cwd=self.log_file.parent, start_new_session=True)
        self._wait(ready, time.monotonic() + timeout)

    def _wait(self, ready: Callable[[], bool], deadline: float) -> None:
        while not ready():
            if not self.running or time.monotonic() > deadline:
                self.kill9()
                raise RuntimeError(f"did not start:\n{self.tail()}")
            time.sleep(0.05)

    def stop(self, timeout: float = 20.0) -> None:
        """SIGTERM, and SIGKILL where that is not obeyed."""
        if self.process and self.running:
            self.process.terminate()
            try:
                self.process.wait(timeout)
            except subprocess.TimeoutExpired:
                self.kill9()

    def kill9(self) -> None:
        if self.process and self.running:
            self.process.kill()
            self.process.wait()

    def pause(self) -> None:
        """SIGSTOP: connections stay open, nothing answers."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        if self.process and self.running:
            os.kill(self.process.pid, number)

    def tail(self, lines: int = 40) -> str:
        """The end of its log."""
        text = self.log_file.read_text(errors="replace") if self.log_file.exists() else ""
        return "\n".join(text.splitlines()[-lines:])
