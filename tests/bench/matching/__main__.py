"""`python -m tests.bench.matching`: one JSON line a figure on stdout; exit code 1 when one of them misses its floor."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import click

from shared.runtime import logging
from tests.bench import machine
from tests.bench.figures import Line
from tests.bench.matching import bare, killed, routes
from tests.bench.matching.town import Town
from tests.bench.table import written
from tests.bench.workbench import Workbench

GROWING = ("import", "applications", "decisions", "funnel", "publishing")
SMALL_PAGES, TENTH = 500, 10


@click.command()
@click.option("--people", default=50_000, show_default=True, help="In the directory; two in five apply.")
@click.option("--table", type=click.Path(dir_okay=False, path_type=Path), help="Writes the figures to this document.")
def main(people: int, table: Path | None) -> None:
    """The same programme with a tenth of the people, and with all of them."""
    logging.configure("ERROR")
    where = machine.described()
    click.echo(where, err=True)
    lines = []
    with Workbench() as bench:
        for line in figures(bench, people):
            click.echo(json.dumps(asdict(line)))
            lines.append(line)
    if table:
        written(table, lines, where)
    raise SystemExit(not all(line.ok for line in lines))


def figures(bench: Workbench, people: int) -> Iterator[Line]:
    """Line by line, as soon as it is known."""
    with closing(Town(bench.folder(), min(SMALL_PAGES, people))) as town:
        few = routes.answered(town, town.live())
    with closing(Town(bench.folder(), people // TENTH)) as town:
        town.live()
        before = town.seconds
    with closing(Town(bench.folder(), people)) as town:
        run = town.live()
        for stage in GROWING:
            yield at_most(f"growth-{stage}", town.seconds[stage], before[stage], "s", 12)
        yield at_least("import-sqlite", people / town.seconds["import"], people / bare.inserted(town, bench.folder()),
                       "people/s", 0.25)
        many = routes.answered(town, run)
        for path in sorted(few.keys() & many.keys(), key=lambda path: few[path] / many[path]):
            yield at_most(f"GET {path}", many[path] * 1000, few[path] * 1000, "ms", 1.5)
    town = Town(bench.folder(), people)
    town.bring_directory()
    town.apply()
    town.decide()
    pairs, told = killed.published(town, town.solve())
    yield at_most("killed-publishing", told, pairs, "events", 1)


def at_most(name: str, ours: float, theirs: float, unit: str, floor: float) -> Line:
    return _line(name, ours, theirs, "<=", unit, floor)


def at_least(name: str, ours: float, theirs: float, unit: str, floor: float) -> Line:
    return _line(name, ours, theirs, ">=", unit, floor)


def _line(name: str, ours: float, theirs: float, bound: str, unit: str, floor: float) -> Line:
    ratio = ours / theirs
    return Line(name, round(ours, 3), round(theirs, 3), round(ratio, 3), bound, floor, unit,
                ratio >= floor if bound == ">=" else ratio <= floor)


if __name__ == "__main__":
    main()
