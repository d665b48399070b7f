"""`ithaca events`: the event log, one JSON line an event."""

import os
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

import click

from deploy.standalone.answers import answering
from deploy.standalone.environment import environment_of
from deploy.standalone.log_lines import Choice, line, newest
from deploy.standalone.options import Moment, data
from shared.messaging.log import EventLog, Record
from shared.runtime.engines import open_log


@click.group()
def events() -> None:
    """Look at the event log."""


def _topics(_: click.Context, param: click.Parameter, given: tuple[str, ...]) -> list[str]:
    from deploy.standalone.house import topics

    known = [topic.name for topic in topics()]
    if unknown := set(given) - set(known):
        raise click.BadParameter(f"no topic {', '.join(sorted(unknown))}; there are {', '.join(known)}", param=param)
    return list(given) or known


def _types(_: click.Context, param: click.Parameter, given: tuple[str, ...]) -> frozenset[str]:
    from deploy.standalone.house import event_types

    wanted = {one if "." in one else f"mentoring.{one}.v1" for one in given}
    if unknown := wanted - event_types():
        raise click.BadParameter(f"no type {', '.join(sorted(unknown))}; docs/events.md has them all", param=param)
    return frozenset(wanted)


Topics = click.option("--topic", "topics", multiple=True, callback=_topics, help="Only this one; may be given again.")
Types = click.option("--type", "types", multiple=True, callback=_types, help="Only this one, such as pair-created.")


@events.command("tail")
@data()
@Topics
@Types
@click.option("--last", type=click.IntRange(0), default=10, show_default=True, help="Begin with so many.")
@click.option("--follow/--no-follow", default=True, show_default=True, help="Wait for more.")
def tail(data: Path, topics: list[str], types: frozenset[str], last: int, follow: bool) -> None:
    """Print the newest events and those that come, one JSON line each."""
    with answering(), suppress(KeyboardInterrupt), closing(_log(data)) as log:
        newest(log, topics, Choice(types), last, follow=follow, show=_show)


@events.command("replay")
@data()
@Topics
@Types
@click.option("--since", type=Moment(), help="Only events from this moment on (RFC 3339).")
def replay(data: Path, topics: list[str], types: frozenset[str], since: datetime | None) -> None:
    """Print everything from the beginning, for a subscriber that begins anew; nothing is published again."""
    choice = Choice(types, since)
    with answering(), closing(_log(data)) as log:
        for record in filter(choice.takes, log.read(topics)):
            _show(record)


def _show(record: Record) -> None:
    click.echo(line(record))


def _log(folder: Path) -> EventLog:
    return open_log(environment_of(folder, os.environ)["EVENTS_URL"])  # noqa: TID251 - the way in
