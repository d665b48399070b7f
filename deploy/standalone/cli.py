"""`ithaca`, the command: run everything, look at the log, see what is wrong."""

import json
import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from deploy.standalone.environment import environment
from shared.messaging.envelope import Received
from shared.messaging.log import EventLog, Record
from shared.runtime.engines import open_log, open_store
from shared.runtime.logging import configure

Folder = click.option("--data", type=click.Path(path_type=Path), default=Path("data"), show_default=True,
                      help="The folder that holds everything.")


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
@Folder
@click.option("--bind", default="127.0.0.1:8080", show_default=True, help="Address and port.")
@click.option("--log-level", default="WARNING", show_default=True)
def up(data: Path, bind: str, log_level: str) -> None:
    """Run all services in one process on the embedded engines."""
    from deploy.standalone.server import Server

    configure(log_level)
    click.echo(f"Ithaca is on http://{bind} with its data in {data.resolve()}; Ctrl-C ends it")
    Server(bind, environment(data.resolve(), f"http://{bind}", os.environ)).run()  # noqa: TID251 - the way in


@main.command()
@click.option("--data", type=click.Path(path_type=Path), default=Path("data/demo"), show_default=True,
              help="The folder of the sample organisation; made anew.")
@click.option("--bind", default="127.0.0.1:8080", show_default=True, help="Address and port.")
@click.option("--serve/--no-serve", default=True, show_default=True, help="Go on serving afterwards.")
def demo(data: Path, bind: str, serve: bool) -> None:
    """Live half a year of a programme of 600 people on a fast clock, then serve it."""
    from deploy.standalone.rehearsal import rehearse
    from deploy.standalone.server import Server

    configure("ERROR")
    folder = data.resolve()
    rehearse(folder, f"http://{bind}", os.environ)  # noqa: TID251 - the way in
    if serve:
        click.echo(f"Ithaca is on http://{bind} with its data in {folder}; Ctrl-C ends it")
        Server(bind, environment(folder, f"http://{bind}", os.environ)).run()  # noqa: TID251 - the way in


@main.group()
def events() -> None:
    """Look at the event log."""


Topics = click.option("--topic", "topics", multiple=True, help="Only this topic; may be given again.")
Kinds = click.option("--type", "kinds", multiple=True, help="Only this type, such as pair-created.")


@events.command("tail")
@Folder
@Topics
@Kinds
@click.option("--follow/--no-follow", default=True, show_default=True, help="Wait for more.")
def tail(data: Path, topics: tuple[str, ...], kinds: tuple[str, ...], follow: bool) -> None:
    """Print events as they come, one JSON line each."""
    log = _log(data)
    for record in _chosen(log.read(topics or _all_topics(), follow=follow), kinds):
        click.echo(_line(record))


@events.command("replay")
@Folder
@Topics
@Kinds
@click.option("--since", help="Only events from this moment on (RFC 3339).")
def replay(data: Path, topics: tuple[str, ...], kinds: tuple[str, ...], since: str | None) -> None:
    """Print everything from the beginning, for a subscriber that begins anew; nothing is published again."""
    for record in _chosen(_log(data).read(topics or _all_topics()), kinds):
        if since is None or record.time >= since:
            click.echo(_line(record))


@main.command()
@Folder
def doctor(data: Path) -> None:
    """Engines, lag, what waits to be published, what is parked, and what to do about it."""
    from rich.console import Console

    from deploy.standalone.doctor import examine, shown

    findings = examine(environment(data.resolve(), "http://127.0.0.1:8080", os.environ))  # noqa: TID251 - the way in
    Console().print(shown(findings))
    if any(not one.well for one in findings):
        raise SystemExit(1)


@main.command()
@Folder
def restored(data: Path) -> None:
    """Call once after the folder came back from a backup, before anything starts: numbers used again are newer then."""
    from deploy.standalone.house import SERVICES

    environ = environment(data.resolve(), "http://127.0.0.1:8080", os.environ)  # noqa: TID251 - the way in
    for name in SERVICES:
        with closing(open_store(environ["STORE_URL"], name)) as store:
            click.echo(f"{name} is now in generation {store.raise_generation()}")


def _log(data: Path) -> EventLog:
    return open_log(environment(data.resolve(), "http://127.0.0.1:8080", os.environ)["EVENTS_URL"])  # noqa: TID251


def _all_topics() -> list[str]:
    from deploy.standalone.house import topics

    return [topic.name for topic in topics()]


def _chosen(records: Iterator[Record], kinds: tuple[str, ...]) -> Iterator[Received]:
    wanted = {f"mentoring.{kind}.v1" if "." not in kind else kind for kind in kinds}
    return (one for one in records if isinstance(one, Received) and (not wanted or one.type in wanted))


def _line(event: Received) -> str:
    shown: dict[str, Any] = {"time": event.time, "type": event.type, "topic": event.topic, "key": event.key,
                             "id": event.id, "source": event.source, "sequence": str(event.sequence),
                             "data": event.data}
    return json.dumps(shown, ensure_ascii=False)


if __name__ == "__main__":
    main()
