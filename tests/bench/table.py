"""The figures of a run, in the document that shows them."""

from collections.abc import Sequence
from pathlib import Path

from tests.bench import machine
from tests.bench.figures import Line

BEGIN, END = "<!-- figures of a run -->", "<!-- end of the figures -->"


def written(path: Path, lines: Sequence[Line], where: str) -> None:
    """Puts them in their place in a document that has one; `where` they were taken."""
    before, _, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    path.write_text(f"{before}{BEGIN}\n{shown(lines, where)}\n{END}{after}", encoding="utf-8")


def shown(lines: Sequence[Line], where: str) -> str:
    head = ["| Row | Ours | Theirs | Unit | Ratio | Floor | Holds |", "|---|--:|--:|---|--:|--:|---|"]
    return "\n".join([f"Before: {where}. After: {machine.load()}.", "", *head, *map(row, lines)])


def row(one: Line) -> str:
    cells = (f"`{one.name}`", f"{one.ours:,g}", f"{one.theirs:,g}", one.unit, f"{one.ratio:g}",
             f"{one.bound} {one.floor:g}", "yes" if one.ok else "**no**")
    return f"| {' | '.join(cells)} |"
