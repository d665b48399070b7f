"""Makes the sample organisation's past: a fresh folder, a fast clock, a progress bar."""

import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from deploy.standalone.demo import HalfYear
from deploy.standalone.environment import environment
from deploy.standalone.folder import LIVED, LIVING, clear_year, mark_year
from deploy.standalone.house import House
from deploy.standalone.sample import Organisation
from shared.kernel.clock import SettableClock, SystemClock


@dataclass(frozen=True)
class Rehearsed:
    """What was lived, and in how many seconds."""

    seconds: float
    people: int
    commands: int

    def __str__(self) -> str:
        return (f"half a year of {self.people} people in {self.seconds:.1f} s: {self.commands:,} requests "
                f"over the public API")


UNHURRIED = {"REQUESTS_PER_SECOND": "0"}
"""A day of many people goes by in the third of a second: nobody asks too fast who asks as often as people do."""


def rehearse(folder: Path, public_url: str, given: Mapping[str, str],
             organisation: Organisation | None = None) -> Rehearsed:
    """Lives the half year into the folder, which is ours and is emptied first. Raises Unusable for anything else."""
    clear_year(folder)
    mark_year(folder, LIVING)
    clock = SettableClock(SystemClock().now())
    with undisturbed():
        house = House(environment(folder, public_url, {**given, **UNHURRIED}, synchronous="NORMAL"), clock)
    try:
        rehearsed = _live(HalfYear(house, clock, organisation or Organisation()))
    finally:
        house.close()
    mark_year(folder, LIVED)
    return rehearsed


@contextmanager
def undisturbed() -> Iterator[None]:
    """Ctrl-C waits until this is done: a module that is being imported may swallow it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _live(year: HalfYear) -> Rehearsed:
    began = time.monotonic()
    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("half a year of mentoring", total=1.0)
        for day, days in year.live():
            bar.update(task, completed=day / days)
    return Rehearsed(time.monotonic() - began, year.organisation.size, sum(year.told.values()))
