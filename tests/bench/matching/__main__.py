"""`python -m tests.bench.matching`: one JSON line a figure on stdout; exit code 1 when one of them misses its floor."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import asdict
from pathlib import Path
from statistics import fmean

import click

from shared.runtime import logging
from tests.bench import machine
from tests.bench.figures import Demand, Line, line
from tests.bench.matching import bare, killed
from tests.bench.matching.pages import Pages
from tests.bench.matching.routes import Asked, compared
from tests.bench.matching.town import Town, live_in_turns
from tests.bench.table import written
from tests.bench.workbench import Workbench

GROWING = ("import", "telling", "applications", "decisions", "funnel", "publishing")
SMALL_PAGES, TENTH, TIMES = 500, 10, 51


@click.command()
@click.option("--people", default=50_000, show_default=True, help="In the directory; two in five apply.")
@click.option("--table", type=click.Path(dir_okay=False, path_type=Path), help="Writes the figures to this document.")
def main(people: int, table: Path | None) -> None:
    """The same programme with all of the people, and ten times with a tenth of them."""
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


def figures(bench: Workbench, people: int, times: int = TIMES) -> Iterator[Line]:
    """Line by line, as soon as it is known. Each page is asked for so many `times`."""
    with (closing(Town(bench.folder(), min(SMALL_PAGES, people))) as small,
          closing(Town(bench.folder(), people)) as town):
        yield from grown(town, small, bench)
        few, many = Asked(small, small.run), Asked(town, town.run)
        yield from compared(many, few, "GET", times)
        yield from compared(Pages(many), Pages(few), "page", times)
    town = Town(bench.folder(), people)
    town.import_directory()
    yield judged(Demand("import-sqlite", "", "people/s", ">=", 0.25), people / town.seconds["import"],
                 people / bare.inserted(town.folder, bench.folder()))
    town.tell_of_everybody()
    town.apply()
    town.decide()
    pairs, told = killed.published(town, town.solve())
    yield judged(Demand("killed-publishing", "", "events", "<=", 1), told, pairs)


def grown(town: Town, small: Town, bench: Workbench) -> Iterator[Line]:
    """Beside ten towns of a tenth, which do as much in all: each stage of half of them comes before that of the town,
    and of the others after it."""
    with ExitStack() as stack:
        tenths = [stack.enter_context(closing(Town(bench.folder(), town.people // TENTH))) for _ in range(TENTH)]
        live_in_turns(small, *tenths[::2], town, *tenths[1::2])
        for stage in GROWING:
            yield judged(Demand(f"growth-{stage}", "", "s", "<=", 12), town.seconds[stage],
                         fmean(tenth.seconds[stage] for tenth in tenths))


def judged(demand: Demand, ours: float, theirs: float) -> Line:
    """Of one turn."""
    return line(demand, [({demand.figure: ours}, {demand.figure: theirs})])


if __name__ == "__main__":
    main()
