"""`python -m tests.bench.engine [ROW …]`: one JSON line a row on stdout; exit code 1 when one of them misses its floor.

Every row is a process of its own, in which the contenders take turns.
"""

import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import click

from tests.bench.engine import warming
from tests.bench.engine.rows import ROWS, Row
from tests.bench.engine.table import Line, described, load, written


@click.command()
@click.argument("rows", nargs=-1, type=click.Choice(list(ROWS)))
@click.option("--most", default=200_000, show_default=True, help="Leaves out rows with more mentees.")
@click.option("--seeds", default=3, show_default=True, help="How many of the three seeds; the worst counts.")
@click.option("--table", type=click.Path(dir_okay=False, path_type=Path), help="Writes the figures to this document.")
@click.option("--inside", is_flag=True, hidden=True)
def main(rows: tuple[str, ...], most: int, seeds: int, table: Path | None, inside: bool) -> None:
    """Ours against what can be installed, on the same people with the same whole scores; all rows, or those named."""
    chosen = [row for name, row in ROWS.items() if (not rows or name in rows) and row.size <= most]
    if inside:
        click.echo(json.dumps(asdict(measured(chosen[0], seeds))))
        return
    click.echo(described(), err=True)
    click.echo(f"compiling: {warming.seconds():.1f} s, not in any row", err=True)
    lines = list(report(chosen, seeds))
    if table:
        written(table, lines)
    raise SystemExit(not all(line.ok for line in lines))


def report(rows: Iterable[Row], seeds: int) -> Iterable[Line]:
    """Prints every line as soon as it is known."""
    for row in rows:
        done = subprocess.run([sys.executable, "-m", "tests.bench.engine", "--inside", f"--seeds={seeds}", row.name],
                              stdout=subprocess.PIPE, text=True, check=True)
        line = Line(**json.loads(done.stdout))
        click.echo(json.dumps(asdict(line)))
        click.echo(f"{line.name}: {line.ratio} (floor {line.floor}, aim {row.aim}), {load()}", err=True)
        yield line


def measured(row: Row, seeds: int) -> Line:
    """The worst ratio of all seeds, and the figures that make it."""
    warming.seconds()
    figures = [row.measure(seed) for seed in row.seeds[:seeds]]
    worst = min if row.bound == ">=" else max
    ours, theirs = worst(figures, key=lambda pair: pair[0] / pair[1])
    return Line.of(row, ours, theirs)


if __name__ == "__main__":
    main()
