"""`ithaca`, the command: run everything, look at the log, see what is wrong. Its exit codes are in the README."""

import os
from contextlib import closing
from pathlib import Path

import click

from deploy.standalone.answers import CLOSED, STOPPED, UNWELL, answering, stop
from deploy.standalone.environment import check_settings, environment, environment_of
from deploy.standalone.folder import LIVED, LIVING, entered, year
from deploy.standalone.log_commands import events
from deploy.standalone.options import Bind, data, why_not
from shared.runtime.engines import open_store
from shared.runtime.logging import configure

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class Commands(click.Group):
    """`match` belongs to a service, which is opened only when somebody asks for it: the house starts sooner."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), "match"])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name != "match":
            return super().get_command(ctx, cmd_name)
        from services.matching.entrypoints.match_files import match

        return match


@click.group(cls=Commands)
@click.version_option(package_name="ithaca", prog_name="ithaca", message="%(prog)s %(version)s")
def main() -> None:
    """Mentoring programmes, event by event."""


@main.command()
@data()
@Bind
@click.option("--log-level", type=click.Choice(LEVELS, case_sensitive=False), default="WARNING", show_default=True)
def up(data: Path, bind: str, log_level: str) -> None:
    """Run all services in one process on the embedded engines."""
    configure(log_level.upper())
    with answering(), entered(data):
        _require_free(bind)
        _serve(data, bind)


@main.command()
@data("data/demo")
@Bind
@click.option("--serve/--no-serve", default=True, show_default=True, help="Go on serving afterwards.")
@click.option("--anew", is_flag=True, help="Live the half year again where it was lived already.")
def demo(data: Path, bind: str, serve: bool, anew: bool) -> None:
    """Live half a year of mentoring among 600 people on a fast clock, then serve it."""
    configure("ERROR")
    with answering(), entered(data):
        if serve:
            _require_free(bind)
        if anew or year(data) != LIVED:
            _live(data, bind)
        else:
            click.echo(f"The half year in {data} was lived before; --anew lives it again")
        if serve:
            _serve(data, bind)


def _live(data: Path, bind: str) -> None:
    from deploy.standalone.rehearsal import rehearse

    if year(data) == LIVING:
        click.echo("The half year was not lived to its end the last time: it begins anew")
    try:
        click.echo(f"Lived {rehearse(data, f'http://{bind}', os.environ)}")  # noqa: TID251 - the way in
    except KeyboardInterrupt:
        stop("stopped; the next `ithaca demo` begins the half year anew", STOPPED)


def _require_free(bind: str) -> None:
    if why := why_not(bind):
        stop(f"cannot be served on {bind} ({why}): end what runs there, or choose another address with --bind", CLOSED)


def _serve(data: Path, bind: str) -> None:
    from deploy.standalone.server import Server

    environ = environment(data, f"http://{bind}", os.environ)  # noqa: TID251 - the way in
    check_settings(environ)
    Server(bind, environ, f"Ithaca is on http://{bind} with its data in {data}; Ctrl-C ends it").run()


main.add_command(events)


@main.command()
@data()
def doctor(data: Path) -> None:
    """Engines, lag, what waits to be published, what is parked, and what to do about it."""
    from rich.console import Console

    from deploy.standalone.doctor import examine, shown

    with answering():
        findings = list(examine(data, environment_of(data, os.environ)))  # noqa: TID251 - the way in
    Console().print(shown(findings))
    if any(not one.well for one in findings):
        raise SystemExit(UNWELL)


@main.command()
@data()
def restored(data: Path) -> None:
    """Call once after the folder came back from a backup, before anything starts: numbers used again are newer then."""
    from deploy.standalone.house import SERVICES

    with answering(), entered(data):
        environ = environment_of(data, os.environ)  # noqa: TID251 - the way in
        for name in SERVICES:
            with closing(open_store(environ["STORE_URL"], name)) as store:
                click.echo(f"{name} is now in generation {store.raise_generation()}")


if __name__ == "__main__":
    main()
