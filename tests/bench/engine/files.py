"""`ithaca match` from two tables to pairs and report, process start included, beside solving for the aims it shows.

`python -m tests.bench.engine.files MENTEES MENTORS SEED` is a program of its own: it needs the product's libraries.
"""

import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from services.matching.adapters.engine_comparison import EngineComparer
from services.matching.adapters.engine_solver import EngineSolver
from services.matching.adapters.spreadsheet import read_sheet
from services.matching.application.file_matching import FileMatching
from services.matching.application.matchmaking import Matchmaker
from services.matching.domain.matchmaking.comparison import Compared
from services.matching.domain.matchmaking.people import Role
from services.matching.domain.matchmaking.problem import Progress
from services.matching.domain.matchmaking.seating import Seating

COMMAND = "from services.matching.entrypoints.match_files import match; match()"
GRADES = ("junior", "professional", "senior", "lead", "principal", "director")
SKILLS = 256
SMALL = (200, 100)
MEGABYTES = 1024


@dataclass(frozen=True)
class Taken:
    """Processor seconds of the whole command and of solving for all aims one after the other; MB of the command."""

    whole: float
    solving: float
    megabytes: float


def taken(mentees: int, mentors: int, seed: int) -> Taken:
    """Once; first within this process, and before that a small programme: nothing is compiled within the figures."""
    with tempfile.TemporaryDirectory() as name:
        solving(written(Path(name), *SMALL, seed))
        files = written(Path(name), mentees, mentors, seed)
        solved = solving(files)
        used = run(Path(name), files)
    return Taken(used.ru_utime + used.ru_stime, solved, used.ru_maxrss / MEGABYTES)


def solving(files: dict[Role, Path]) -> float:
    """Processor seconds for all aims, within this process."""
    comparer = Timed()
    sheets = {side: read_sheet(path.read_bytes(), None) for side, path in files.items()}
    FileMatching(Matchmaker(EngineSolver()), comparer).match(sheets, None)
    return comparer.seconds


@dataclass
class Timed:
    """Compares, and knows how long it took."""

    seconds: float = 0.0

    def compare(self, seating: Seating, progress: Progress) -> Compared:
        begun = time.process_time()
        compared = EngineComparer().compare(seating, progress)
        self.seconds = time.process_time() - begun
        return compared


def run(folder: Path, files: dict[Role, Path]) -> resource.struct_rusage:
    """As somebody at a terminal does. Answers what that process alone used."""
    given = ["--mentors", str(files[Role.MENTOR]), "--mentees", str(files[Role.MENTEE]), "--fairness", "location"]
    out = ["--out", str(folder / "pairs.csv"), "--report", str(folder / "report.html")]
    process = subprocess.Popen([sys.executable, "-c", COMMAND, *given, *out], stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, process.args
    return used


def written(folder: Path, mentees: int, mentors: int, seed: int) -> dict[Role, Path]:
    """Tables as the default rules read them, of the same bytes for the same seed."""
    lot = np.random.default_rng((seed, mentees, mentors))
    files = {side: folder / f"{side.value}s.csv" for side in Role}
    _table(files[Role.MENTOR], ("id", "capacity", "skills", "grade", "location", "languages", "manager"), (
        (f"m{one}", 1 + lot.integers(3), _skills(lot, 3 + lot.integers(6)), GRADES[2 + lot.integers(4)],
         f"site {lot.integers(12)}", _languages(lot), f"m{lot.integers(1 + mentors // 12)}")
        for one in range(mentors)))
    _table(files[Role.MENTEE], ("id", "goals", "grade", "location", "languages", "manager", "wishes"), (
        (f"e{one}", _skills(lot, 3), GRADES[lot.integers(3)], f"site {lot.integers(12)}", _languages(lot),
         f"m{lot.integers(mentors)}", "; ".join(f"m{wish}" for wish in lot.choice(mentors, 3, replace=False)))
        for one in range(mentees)))
    return files


def _table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *rows])


def _skills(lot: np.random.Generator, count: int) -> str:
    """The first ones often, the last ones rarely."""
    odds = 1.0 / np.arange(1, SKILLS + 1)
    return "; ".join(f"skill {one}" for one in lot.choice(SKILLS, count, replace=False, p=odds / odds.sum()))


def _languages(lot: np.random.Generator) -> str:
    return "; ".join(("en", "de", "fr", "es", "cs", "pl")[one] for one in lot.choice(6, 2, replace=False))


if __name__ == "__main__":
    print(json.dumps(asdict(taken(*map(int, sys.argv[1:])))))
