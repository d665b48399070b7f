"""`python -m tests.bench [ROW …]`: one JSON line a figure on stdout; exit code 1 when one of them misses its floor."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import click

from shared.runtime import logging
from tests.bench import machine
from tests.bench.contests import CONTESTS, usual
from tests.bench.figures import Contest, Line, run
from tests.bench.table import written
from tests.bench.workbench import Workbench


@click.command()
@click.argument("rows", nargs=-1, type=click.Choice(list(CONTESTS)))
@click.option("--rounds", default=11, show_default=True, help="How often the contenders take turns.")
@click.option("--scale", default=1.0, show_default=True, help="The work of a round, as a part of the usual.")
@click.option("--table", type=click.Path(dir_okay=False, path_type=Path), help="Writes the figures to this document.")
def main(rows: tuple[str, ...], rounds: int, scale: float, table: Path | None) -> None:
    """Ours against bare libraries, side by side; the usual rows, or those named."""
    logging.configure("ERROR")
    where = machine.described()
    click.echo(where, err=True)
    lines = report([CONTESTS[name] for name in rows or usual()], rounds, scale)
    if table:
        written(table, lines, where)
    raise SystemExit(not all(line.ok for line in lines))


def report(contests: Iterable[Contest], rounds: int, scale: float) -> list[Line]:
    """Prints every line as soon as it is known."""
    lines: list[Line] = []
    with Workbench() as bench:
        for contest in contests:
            for one in run(contest, bench, rounds, scale):
                click.echo(json.dumps(asdict(one)))
                click.echo(f"{one.name}: {one.ours} to {one.theirs} {one.unit}, {machine.load()}", err=True)
                lines.append(one)
    return lines


if __name__ == "__main__":
    main()
