"""`python -m tests.bench [ROW …]`: one JSON line a figure on stdout; exit code 1 when one of them misses its floor."""

import json
from collections.abc import Iterable
from dataclasses import asdict

import click

from shared.runtime import logging
from tests.bench import machine
from tests.bench.contests import CONTESTS, usual
from tests.bench.figures import Contest, run
from tests.bench.workbench import Workbench


@click.command()
@click.argument("rows", nargs=-1, type=click.Choice(list(CONTESTS)))
@click.option("--rounds", default=5, show_default=True, help="How often the contenders take turns.")
@click.option("--scale", default=1.0, show_default=True, help="The work of a round, as a part of the usual.")
def main(rows: tuple[str, ...], rounds: int, scale: float) -> None:
    """Ours against bare libraries, side by side; the usual rows, or those named."""
    logging.configure("ERROR")
    click.echo(machine.described(), err=True)
    raise SystemExit(not report([CONTESTS[name] for name in rows or usual()], rounds, scale))


def report(contests: Iterable[Contest], rounds: int, scale: float) -> bool:
    """Prints every line as soon as it is known; answers whether all floors hold."""
    holds = True
    with Workbench() as bench:
        for contest in contests:
            for one in run(contest, bench, rounds, scale):
                click.echo(json.dumps(asdict(one)))
                click.echo(f"{one.name}: {one.ours} to {one.theirs} {one.unit}, {machine.load()}", err=True)
                holds = holds and one.ok
    return holds


if __name__ == "__main__":
    main()
