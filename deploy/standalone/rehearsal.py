"""Makes the sample organisation's past: a fresh folder, a fast clock, a progress bar."""

import shutil
import time
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from deploy.standalone.demo import HalfYear
from deploy.standalone.environment import environment
from deploy.standalone.house import House
from shared.kernel.clock import SettableClock, SystemClock

MARK = "events.db"


def rehearse(folder: Path, public_url: str, given: Mapping[str, str]) -> float:
    """Lives the half year into the folder; answers the seconds it took. A folder that is no house is left alone."""
    _clear(folder)
    clock = SettableClock(SystemClock().now())
    house = House(environment(folder, public_url, given, synchronous="NORMAL"), clock)
    began = time.monotonic()
    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("half a year of mentoring", total=1.0)
        for day, days in HalfYear(house, clock).live():
            bar.update(task, completed=day / days)
    house.close()
    return time.monotonic() - began


def _clear(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARK).exists():
            raise SystemExit(f"{folder} holds something else: choose another folder with --data")
        shutil.rmtree(folder)
