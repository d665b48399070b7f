"""`python -m shared.catalogue write|check|release <service>…`, from the root of the checkout."""

import sys
from pathlib import Path

import click

from shared.catalogue import files
from shared.catalogue.additive import refusals
from shared.catalogue.contracts import Catalogue, load_all

_services = click.argument("services", nargs=-1, required=True)


@click.group(help="Published contracts, generated from the services' dataclasses.")
def main() -> None:
    """The command line."""


@main.command(help="Bring schemas, examples, asyncapi.yaml and docs/events.md up to date.")
@_services
def write(services: tuple[str, ...]) -> None:
    for path in files.write(load_all(services), Path.cwd()):
        click.echo(f"written {_short(path)}")


@main.command(help="Fail when a committed file differs from the code, or a change would break readers.")
@_services
def check(services: tuple[str, ...]) -> None:
    catalogue = load_all(services)
    problems = [f"{_short(one)} is out of date: run `make contracts`" for one in files.differing(catalogue, Path.cwd())]
    _fail([*problems, *_breaking(catalogue)])


@main.command(help="Keep the present schemas as those of the last release.")
@_services
def release(services: tuple[str, ...]) -> None:
    catalogue = load_all(services)
    _fail(_breaking(catalogue))
    click.echo(f"{files.release(catalogue, Path.cwd())} schemas released")


def _breaking(catalogue: Catalogue) -> list[str]:
    found = refusals(files.released_schemas(Path.cwd()), files.present_schemas(catalogue))
    return [f"{one}. A published shape only gains optional fields: add a new version beside it" for one in found]


def _fail(problems: list[str]) -> None:
    for one in problems:
        click.echo(one, err=True)
    if problems:
        sys.exit(1)


def _short(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


if __name__ == "__main__":
    main()
