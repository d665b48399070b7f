"""A house begins with tables that were made before it: making them is two thirds of what it takes to be there."""

import atexit
from collections.abc import Callable
from functools import cache
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import mkdtemp
from typing import Protocol, TypeVar


class Closing(Protocol):
    def close(self) -> None: ...


H = TypeVar("H", bound=Closing)


def opened(house: Callable[[Path], H], folder: Path) -> H:
    """In this folder, with nothing in it yet but what every one of its kind has from the start."""
    copytree(_made(house), folder, dirs_exist_ok=True)
    return house(folder)


@cache
def _made(house: Callable[[Path], Closing]) -> Path:
    """Once a process."""
    folder = Path(mkdtemp(prefix="made-"))
    atexit.register(rmtree, folder, ignore_errors=True)
    house(folder).close()
    return folder
