"""The one folder that holds everything: whether it may be used, by whom it is used, and what it holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shared.sqlite.files import Turn

LOG, KEY, TURN, YEAR = "events.db", "token-key.pem", "house.lock", "sample-year"
LIVING, LIVED = "living", "lived"


class Unusable(Exception):
    """This folder cannot be used for what was asked; the text says what to do."""


@contextmanager
def entered(folder: Path) -> Iterator[None]:
    """Nobody else's house while inside; free at once when its holder dies, however. Raises Unusable."""
    turn = _turn(folder)
    try:
        if not turn.mine():
            raise Unusable(f"{folder} is in use by another ithaca: end that one, or choose another folder with --data")
        yield
    finally:
        turn.close()


def _turn(folder: Path) -> Turn:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return Turn(str(folder / TURN))
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise Unusable(f"{folder} cannot be written ({reason}): choose another folder with --data") from None


def inhabited(folder: Path) -> bool:
    """Whether a house is running on it."""
    if not (folder / TURN).exists():
        return False
    turn = Turn(str(folder / TURN))
    try:
        return not turn.mine()
    finally:
        turn.close()


def require_house(folder: Path) -> None:
    """Raises Unusable where there is nothing to look at; nothing is made."""
    if not (folder / KEY).exists():
        raise Unusable(f"there is no house in {folder}: `ithaca up --data {folder}` makes one")


def year(folder: Path) -> str:
    """How far the sample year in it came: empty, living or lived."""
    mark = folder / YEAR
    return mark.read_text().strip() if mark.exists() else ""


def mark_year(folder: Path, state: str) -> None:
    """A folder with this mark holds a sample organisation only, and may be emptied."""
    (folder / YEAR).write_text(state + "\n")


def clear_year(folder: Path) -> None:
    """Makes room for a new sample year. Raises Unusable for a folder that holds anything else."""
    held = [one for one in folder.iterdir() if one.name != TURN]
    if held and not year(folder):
        raise Unusable(f"{folder} holds something else: choose another folder with --data")
    for one in sorted(held, key=lambda path: path.name == YEAR):
        # the mark goes last, so that a stop in between leaves a folder that may still be emptied
        one.unlink()
