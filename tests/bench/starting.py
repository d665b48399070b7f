"""(e) The standalone, from its start in an empty folder to its first page, and the memory it holds then, against a
Flask app with one page under the same gunicorn."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.figures import Contest, Demand, Figures, Sides
from tests.bench.serving import answers, command, gunicorn
from tests.bench.workbench import Workbench
from tests.engines.child import Child, free_port

PATIENCE = 60.0
Start = Callable[[Path, int], Sequence[str]]


@dataclass(frozen=True)
class Starts:
    """Starts a server in a fresh folder as often as it is told."""

    bench: Workbench
    start: Start
    page: str = "/"

    def __call__(self, size: int) -> Figures:
        figures = [self._once() for _ in range(size)]
        return {name: sum(one[name] for one in figures) / size for name in figures[0]}

    def _once(self) -> Figures:
        folder, port = self.bench.folder(), free_port()
        child, began = Child(folder / "log"), time.perf_counter()
        child.start(self.start(folder, port), lambda: True)
        try:
            _wait_for_page(child, port, self.page, time.monotonic() + PATIENCE)
            return {"seconds": time.perf_counter() - began, "megabytes": _memory(child)}
        finally:
            child.stop()


def _wait_for_page(child: Child, port: int, page: str, deadline: float) -> None:
    while not answers(port, page):
        assert child.running, child.tail()
        assert time.monotonic() < deadline, "no page came"
        time.sleep(0.005)


def _memory(child: Child) -> float:
    """Of the process and those it started; what they share counts once."""
    assert child.process
    return sum(_proportional(process) for process in _family(child.process.pid)) / 1024


def _family(process: int) -> Iterator[int]:
    yield process
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        for child in children.read_text().split():
            yield from _family(int(child))


def _proportional(process: int) -> int:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _house(folder: Path, port: int) -> Sequence[str]:
    return command("deploy.standalone.cli", "up", "--data", str(folder / "data"), "--bind", f"127.0.0.1:{port}")


def _page(_folder: Path, port: int) -> Sequence[str]:
    return gunicorn("tests.bench.page:app", port)


@contextmanager
def opened(bench: Workbench) -> Iterator[Sides]:
    yield Sides(Starts(bench, _house, "/sign-in"), Starts(bench, _page), lambda: None)


CONTEST = Contest("start", opened, 1, [Demand("start-seconds", "seconds", "s", "<=", 6.0),
                                       Demand("start-memory", "megabytes", "MB", "<=", 4.0)])
