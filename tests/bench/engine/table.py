"""The lines of a run, where it took place, and the document that shows them."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tests.bench.engine.rows import ROWS, Row

LIBRARIES = ("numpy", "numba", "scipy", "ortools", "matching", "munkres")


@dataclass(frozen=True)
class Line:
    """One row of the result; `ratio` is ours / theirs, `bound` says on which side of `floor` it has to be."""

    name: str
    ours: float
    theirs: float
    ratio: float
    bound: str
    floor: float
    unit: str
    ok: bool

    @classmethod
    def of(cls, row: Row, ours: float, theirs: float) -> "Line":
        ratio = ours / theirs
        return cls(row.name, short(ours), short(theirs), short(ratio), row.bound, row.floor, row.unit, row.holds(ratio))


def short(figure: float) -> float:
    """Four digits that count."""
    return float(f"{figure:.4g}")


def described() -> str:
    """Cores, load and versions, on one line."""
    versions = [f"Python {platform.python_version()}", *(f"{name} {_version(name)}" for name in LIBRARIES)]
    return f"{os.cpu_count()} cores, {load()}; {', '.join(versions)}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"


def load() -> str:
    """How busy the machine is."""
    return "load " + " ".join(f"{one:.1f}" for one in os.getloadavg())


BEGIN, END = "<!-- figures of a run -->", "<!-- end of the figures -->"


def written(path: Path, lines: Sequence[Line]) -> None:
    """Puts the figures in their place in a document that has one."""
    before, _, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    path.write_text(f"{before}{BEGIN}\n{_table(lines)}\n{END}{after}", encoding="utf-8")


def _table(lines: Sequence[Line]) -> str:
    head = ["| Row | Ours | Theirs | Unit | Ratio | Floor | Aim | Holds |", "|---|--:|--:|---|--:|--:|--:|---|"]
    rows = [f"| {one.name} | {one.ours:g} | {one.theirs:g} | {one.unit} | {one.ratio:g} | {one.bound} {one.floor:g} | "
            f"{ROWS[one.name].aim:g} | {'yes' if one.ok else '**no**'} |" for one in lines]
    return "\n".join([f"{described()}.", "", *head, *rows])
