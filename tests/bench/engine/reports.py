"""The command on two tables, measured by a process that has the product's libraries."""

import json
import subprocess
from collections.abc import Callable

PYTHON = ".venv/bin/python"
"""That of the product; the rows run beside the contenders' libraries."""


def in_solves(mentees: int, mentors: int) -> Callable[[int], tuple[float, float]]:
    """Processor seconds of the whole command, and of solving for all aims one after the other."""
    def measure(seed: int) -> tuple[float, float]:
        taken = _taken(mentees, mentors, seed)
        return taken["whole"], taken["solving"]
    return measure


def memory(mentees: int, mentors: int) -> Callable[[int], tuple[float, float]]:
    """(MB of the whole command at the most, 1 MB)."""
    return lambda seed: (_taken(mentees, mentors, seed)["megabytes"], 1.0)


def _taken(mentees: int, mentors: int, seed: int) -> dict[str, float]:
    asked = [PYTHON, "-m", "tests.bench.engine.files", str(mentees), str(mentors), str(seed)]
    found: dict[str, float] = json.loads(subprocess.run(asked, capture_output=True, text=True, check=True).stdout)
    return found
