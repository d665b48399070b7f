"""Programmes of the run as processes of their own, and a gunicorn that is the same for both contenders."""

import http.client
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.engines.child import Child, free_port

ROOT = Path(__file__).parents[2]
THREADS = 8


def command(module: str, *arguments: str, environ: Mapping[str, str] | None = None) -> list[str]:
    """Runs a module of this tree in this Python, in this environment and `environ`."""
    own = [f"{name}={value}" for name, value in {"PYTHONPATH": str(ROOT), **(environ or {})}.items()]
    return ["env", *own, sys.executable, "-m", module, *arguments]


def gunicorn(app: str, port: int, environ: Mapping[str, str] | None = None) -> list[str]:
    """One worker with as many threads as the standalone has."""
    return command("gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "1", "--worker-class", "gthread",
                   "--threads", str(THREADS), "--keep-alive", "30", "--log-level", "warning", app, environ=environ)


def answers(port: int, path: str) -> bool:
    """Whether there is a good answer at this path."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


@contextmanager
def served(app: str, folder: Path, environ: Mapping[str, str]) -> Iterator[int]:
    """The app on a port, ready."""
    port = free_port()
    with running(gunicorn(app, port, environ), folder, port):
        yield port


@contextmanager
def running(start: Sequence[str], folder: Path, port: int) -> Iterator[Child]:
    """The process, ready when it answers at /livez; stopped at the end."""
    child = Child(folder / f"{port}.log")
    child.start(start, lambda: answers(port, "/livez"))
    try:
        yield child
    finally:
        child.stop()
